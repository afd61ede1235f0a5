// The panel beside the picture: what is selected, or where to begin.

const panel = byId("panel");
const FEW = 30;

function nodeButton(number, text) {
  const name = text ?? nodes[number].name;
  const shown = name.length > 300 ? name.slice(0, 300) + "…" : name;
  return element("button", { type: "button", class: "node-link", dir: "auto", lang: languageOf(name), onclick: () => choose(number, true) }, shown);
}

const HEADINGS = { url: "address", arxiv_id: "arXiv", doi: "DOI", higher_is_better: "higher is better", authors_complete: "all authors listed" };
const SKIPPED = new Set(["title", "name"]);

function valueText(value) {
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

function properties(given) {
  const rows = Object.entries(given ?? {}).filter(([name]) => !SKIPPED.has(name));
  if (!rows.length) return null;
  const list = element("dl");
  for (const [name, value] of rows) {
    const text = valueText(value);
    list.append(element("dt", {}, HEADINGS[name] ?? name.replaceAll("_", " ")), element("dd", { dir: "auto", ...scrolling(text) }, ...breakable(text)));
  }
  return list;
}

function relation(edge, number) {
  const other = otherEnd(edge, number);
  // What is said of a result is said where the paper reports it.
  const told = edge.text === undefined && nodes[other].group === "Result" ? bestEvidence(other) : edge;
  return element(
    "li",
    { class: told && told.text !== undefined ? "relation" : "relation bare" },
    element("div", { class: "head" }, swatch(nodes[other].group, colourOf(nodes[other])), nodeButton(other), told && confidence(told)),
    edge.caption ? element("p", { class: "hint" }, edge.caption) : null,
    told && sentence(told),
    told && citation(told, nodes[number].key),
  );
}

// Relations of one kind and direction; a long list opens on demand.
function relations(heading, list, number) {
  const items = element("ul");
  const grow = (count) => items.append(...list.slice(items.children.length, items.children.length + count).map((e) => relation(e, number)));
  grow(FEW);
  const section = element("section", {}, element("h3", {}, `${heading} · ${list.length}`), items);
  if (list.length > FEW) {
    const more = element("button", { type: "button", class: "more" }, `${list.length - FEW} more`);
    more.addEventListener("click", () => {
      grow(list.length);
      more.remove();
    });
    section.append(more);
  }
  return section;
}

function closeButton() {
  return element("button", { type: "button", class: "close", "aria-label": "Close details", title: "Close (Esc)", onclick: () => choose(null) }, "×");
}

// Authors have a place in the list of a paper.
const positionOf = (edge) => edge.properties?.position ?? 0;

function showNode(number, closes = true) {
  const node = nodes[number];
  const groups = new Map();
  for (const edge of touching[number]) {
    const heading = wordsFrom(edge, number);
    groups.set(heading, [...(groups.get(heading) ?? []), edge]);
  }
  const order = graph.types.flatMap((type) => type.words);
  // Authors come last: there may be hundreds.
  const rank = (heading) => (heading === "written by" ? Infinity : order.indexOf(heading));
  const sections = [...groups].sort(([a], [b]) => rank(a) - rank(b));
  for (const [, list] of sections) list.sort((a, b) => positionOf(a) - positionOf(b) || (b.confidence ?? 0) - (a.confidence ?? 0) || a.id - b.id);
  panel.replaceChildren(
    ...(closes ? [closeButton()] : []),
    element("p", { class: "chip" }, swatch(node.group, colourOf(node)), node.group),
    element("h2", { class: "name", dir: "auto", lang: languageOf(node.name), ...scrolling(node.name, "name") }, ...breakable(node.name)),
    ...(node.link ? [element("p", { class: "link" }, webLink(node.link, node.link))] : []),
    ...[properties(node.properties)].filter(Boolean),
    ...sections.map(([heading, list]) => relations(heading, list, number)),
  );
}

function showEdge(number) {
  const edge = edges[number];
  const type = typeOf.get(edge.type);
  panel.replaceChildren(
    closeButton(),
    element("p", { class: "chip" }, stroke(type), words(edge.type)),
    element("h2", { class: "name" }, nodeButton(edge.from), ` ${words(edge.type)} `, nodeButton(edge.to)),
    element("p", { class: "hint" }, edge.caption ? `${type.meaning} ${edge.caption}` : type.meaning),
    ...[confidence(edge), sentence(edge), citation(edge), properties(edge.properties)].filter(Boolean),
  );
}

function showStart() {
  const top = byImportance
    .filter((number) => nodes[number].group !== "Result" && nodes[number].group !== "Paper")
    .sort((a, b) => touching[b].length - touching[a].length)
    .slice(0, 8);
  const papers = byImportance.filter((number) => nodes[number].group === "Paper").slice(0, 6);
  const list = (numbers, count) =>
    element("ul", { class: "list" }, ...numbers.map((n) => element("li", {}, swatch(nodes[n].group, colourOf(nodes[n])), nodeButton(n), element("span", { class: "count" }, count(n)))));
  const votes = (n) => (nodes[n].properties.votes === undefined ? "" : `${nodes[n].properties.votes} votes`);
  const content = [element("h2", {}, graph.table ? graph.table.caption : "Where to begin")];
  if (graph.table) content.push(leaderboard(graph.table));
  else content.push(element("p", { class: "hint" }, "Select a node or a line to read the sentence that says so."));
  if (top.length) content.push(element("h3", {}, "Most connected"), list(top, (n) => String(touching[n].length)));
  if (papers.length > 1) content.push(element("h3", {}, "Papers"), list(papers, votes));
  panel.replaceChildren(...content);
}

// A table beside the picture; columns in which nothing stands are left out.
function leaderboard(given) {
  const used = given.columns.map((_, i) => given.rows.some((row) => row[i][0] !== ""));
  const only = (list) => list.filter((_, i) => used[i]);
  const table = { caption: given.caption, columns: only(given.columns), rows: given.rows.map(only) };
  const cell = ([text, number]) => {
    const words = /^[+−]?\d/.test(text) ? text.replace(/(\d) (?=[^→])/g, "$1\u00a0") : text;
    const kind = words !== text || /^[+−]?[\d.]+$/.test(text) ? "number" : text.length > 80 ? "long" : null;
    return element("td", { class: kind }, number === null ? words : nodeButton(number, words));
  };
  const board = element(
    "table",
    { class: "board", "aria-label": table.caption },
    element("thead", {}, element("tr", {}, ...table.columns.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...table.rows.map((row) => element("tr", {}, ...row.map(cell)))),
  );
  if (table.columns.length <= 4) return board;
  // A wide table scrolls by itself, by keyboard too.
  board.classList.add("wide");
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": table.caption }, board);
}

function updatePanel() {
  if (state.edge !== null) showEdge(state.edge);
  else if (state.selected !== null) showNode(state.selected);
  else if (graph.focus !== null && !graph.table) showNode(numberOf(graph.focus), false);
  else showStart();
  panel.classList.toggle("open", state.edge !== null || state.selected !== null);
  panel.scrollTop = 0;
}
