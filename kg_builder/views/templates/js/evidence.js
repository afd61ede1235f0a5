// Evidence: the sentence with the words marked, its paper, and how sure it is.

// Text that goes on for pages scrolls in its own box, by keyboard too.
const scrolling = (text, name = "") => (text.length > 1000 ? { class: `${name} long`, tabindex: 0 } : { class: name });

// Text as nodes. A word of thousands of letters is given places to break: to find them itself takes a browser seconds.
function breakable(text) {
  if (!/\S{300}/.test(text)) return [text];
  const points = Array.from(text);
  const nodes = [];
  for (let i = 0; i < points.length; i += 20) nodes.push(points.slice(i, i + 20).join(""), element("wbr"));
  return nodes;
}

// Offsets count code points, as Python does.
function sentence(edge) {
  if (edge.text === undefined) return null;
  const text = graph.texts[edge.text];
  const quote = element("blockquote", { lang: languageOf(text), dir: "auto", ...scrolling(text, "said") });
  if (!edge.mention) {
    quote.append(...breakable(text));
    return quote;
  }
  const points = Array.from(text);
  const [start, end] = edge.mention;
  const piece = (from, to) => points.slice(from, to).join("");
  const marked = element("mark", {}, ...breakable(piece(start, end)));
  quote.append(...breakable(piece(0, start)), marked, ...breakable(piece(end)));
  return quote;
}

function webLink(address, text) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

// The paper that says so; nothing in the panel of that paper, which has its link already.
function citation(edge, within) {
  const paper = graph.papers[edge.paper];
  if (!paper || within === `Paper/${edge.paper}`) return null;
  const [title, address] = paper;
  const short = title.length > 160 ? title.slice(0, 160) + "…" : title;
  return element("p", { class: "cite", dir: "auto" }, address ? webLink(address, short) : short);
}

function confidence(edge) {
  if (edge.confidence === undefined) return null;
  const value = edge.confidence.toFixed(2);
  return element(
    "span",
    { class: "confidence", title: "Confidence" },
    element("meter", { min: 0, max: 1, value, "aria-label": `confidence ${value}` }),
    value,
  );
}

// The edge that proves best what a node has to do with the rest.
function bestEvidence(number) {
  const told = touching[number].filter((edge) => edge.text !== undefined);
  const order = (edge) => (edge.type === "MENTIONS" ? 0 : 1) + (edge.confidence ?? 0);
  return told.sort((a, b) => order(b) - order(a) || a.id - b.id)[0] ?? null;
}

const tip = byId("tip");

function showTip(pointer, ...content) {
  tip.replaceChildren(...content.filter(Boolean));
  tip.hidden = false;
  const frame = byId("stage-frame");
  const x = pointer.x + 16 + tip.offsetWidth > frame.clientWidth ? pointer.x - 16 - tip.offsetWidth : pointer.x + 16;
  const y = pointer.y + 12 + tip.offsetHeight > frame.clientHeight ? pointer.y - 12 - tip.offsetHeight : pointer.y + 12;
  tip.style.left = `${Math.max(4, x)}px`;
  tip.style.top = `${Math.max(4, y)}px`;
}

function hideTip() {
  tip.hidden = true;
}

function tipOfNode(number, pointer) {
  const node = nodes[number];
  const best = bestEvidence(number);
  showTip(
    pointer,
    element("div", { class: "what" }, node.group),
    element("div", { class: "name", dir: "auto", lang: languageOf(node.name) }, node.name.slice(0, 400)),
    best && sentence(best),
  );
}

function tipOfEdge(number, pointer) {
  const edge = edges[number];
  const share = edge.confidence === undefined ? "" : ` · confidence ${edge.confidence.toFixed(2)}`;
  showTip(
    pointer,
    element("div", { class: "what" }, words(edge.type) + share),
    element("div", { class: "name" }, `${nodes[edge.from].label} → ${nodes[edge.to].label}`.replaceAll("\n", " ")),
    sentence(edge),
  );
}
