// What the reader has chosen, what is visible because of it, and both in the URL's fragment.

const state = {
  selected: null, // number of a node
  edge: null, // number of an edge
  open: new Set(), // numbers of communities whose members are shown
  around: null, // number of the node whose neighbourhood alone is shown
  labelsOff: new Set(),
  typesOff: new Set(),
  confidence: 0,
  until: null, // a date
  moving: false,
};

const dates = [...new Set(nodes.map((node) => node.date).filter(Boolean))].sort();
const faintTypes = graph.types.filter((type) => type.faint).map((type) => type.name);
faintTypes.forEach((name) => state.typesOff.add(name));

// Nodes that stand for others until the reader opens them, and what those others are within.
const bubbles = new Set(nodes.map((node) => node.within).filter((number) => number !== undefined));
const opened = (node) => (node.within === undefined ? !state.open.has(node.id) : state.open.has(node.within));

const visible = { nodes: new Array(nodes.length).fill(true), edges: new Array(edges.length).fill(true) };

function updateVisible() {
  const near = state.around === null ? null : new Set([state.around, ...touching[state.around].map((e) => otherEnd(e, state.around))]);
  const allowed = nodes.map(
    (node) =>
      !state.labelsOff.has(node.group) &&
      (bubbles.size === 0 || opened(node)) &&
      (near === null || near.has(node.id)) &&
      (state.until === null || !node.date || node.date <= state.until),
  );
  const linked = new Array(nodes.length).fill(false);
  edges.forEach((edge, i) => {
    // Below the threshold is what is known to be uncertain; what has no confidence is no guess.
    const sure = edge.confidence === undefined || edge.confidence >= state.confidence;
    const wanted = !state.typesOff.has(edge.type) || edge.from === state.selected || edge.to === state.selected;
    visible.edges[i] = sure && wanted && allowed[edge.from] && allowed[edge.to];
    if (visible.edges[i]) linked[edge.from] = linked[edge.to] = true;
  });
  nodes.forEach((node, i) => {
    // Whatever only hidden edges tied to the rest goes with them, but for what has a place of its own in time.
    const kept = linked[i] || touching[i].length === 0 || node.group === "Paper" || graph.timeline || bubbles.size > 0;
    visible.nodes[i] = (allowed[i] && kept) || i === state.selected;
  });
}

const neighbours = (number) =>
  touching[number].filter((edge) => visible.edges[edge.id]).map((edge) => otherEnd(edge, number));

function fragment() {
  const parts = new URLSearchParams();
  if (state.around !== null) parts.set("around", nodes[state.around].key);
  for (const number of [...state.open].sort((a, b) => a - b)) parts.append("open", nodes[number].key);
  if (state.selected !== null) parts.set("node", nodes[state.selected].key);
  if (state.labelsOff.size) parts.set("without", [...state.labelsOff].sort().join(","));
  const types = [...state.typesOff].sort().join(",");
  if (types !== [...faintTypes].sort().join(",")) parts.set("hide", types);
  if (state.confidence > 0) parts.set("confidence", state.confidence.toFixed(2));
  if (state.until !== null) parts.set("until", state.until);
  if (theme.chosen) parts.set("theme", theme.chosen);
  return parts.toString();
}

// The state without what is selected.
function shownState() {
  const parts = new URLSearchParams(fragment());
  parts.delete("node");
  parts.set("theme", theme.name);
  return parts.toString();
}

// What stands in a fragment is only ever looked up: names that the graph does not have are passed over.
function readFragment() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const known = (name, names) => new Set((parts.get(name) ?? "").split(",").filter((value) => names.has(value)));
  state.selected = numberOf(parts.get("node")) ?? null;
  state.around = numberOf(parts.get("around")) ?? null;
  state.open = new Set(parts.getAll("open").map((key) => numberOf(key)).filter((number) => bubbles.has(number)));
  state.edge = null;
  state.labelsOff = known("without", labelOf);
  state.typesOff = parts.has("hide") ? known("hide", typeOf) : new Set(faintTypes);
  const confidence = Number(parts.get("confidence"));
  state.confidence = confidence > 0 && confidence <= 1 ? confidence : 0;
  state.until = dates.includes(parts.get("until")) ? parts.get("until") : null;
  theme.chosen = ["light", "dark"].includes(parts.get("theme")) ? parts.get("theme") : null;
}

readFragment();
let steps = 0;

// Neighbourhoods and open communities are steps that "back" undoes; all else only changes the address.
function writeFragment(step) {
  const url = "#" + fragment();
  try {
    if (step) {
      history.pushState({ steps: steps + 1 }, "", url);
      steps += 1;
    } else if (url !== (location.hash || "#")) {
      history.replaceState({ steps }, "", url);
    }
  } catch (error) {
    // A page held within another one may be denied an address: it then shows the same, and has no way back.
    if (!(error instanceof DOMException)) throw error;
  }
  byId("back").disabled = steps === 0;
}
