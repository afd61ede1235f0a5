// What is looked up in the graph again and again.

// The number of the node that a key is of; on a large graph the keys are read when one is first asked for.
let numbersByKey = null;
function numberOf(key) {
  if (key === null || key === undefined) return undefined;
  numbersByKey ??= new Map(nodes.map((node) => [node.key, node.id]));
  return numbersByKey.get(key);
}
const labelOf = new Map(graph.labels.map((label) => [label.name, label]));
const typeOf = new Map(graph.types.map((type) => [type.name, type]));

const touching = nodes.map(() => []);
for (const edge of edges) {
  touching[edge.from].push(edge);
  if (edge.to !== edge.from) touching[edge.to].push(edge);
}

const otherEnd = (edge, number) => (edge.from === number ? edge.to : edge.from);

// Numbers of nodes by how much they matter: heavy ones first, then those with many edges.
const ranks = Float64Array.from(nodes, (node) => node.weight * 1e6 + Math.min(touching[node.id].length, 1e6 - 1));
const byImportance = nodes.map((node) => node.id).sort((a, b) => ranks[b] - ranks[a] || a - b);

// What an edge says, read from its start or from its end.
const words = (type) => typeOf.get(type).words[0];
const wordsFrom = (edge, number) => typeOf.get(edge.type).words[edge.from === number ? 0 : 1];

// A new element: whatever text it is given stays text.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// The language of a piece of text, for screen readers and for the choice of font.
const languageOf = (text) => (/\p{Script=Hangul}/u.test(text) ? "ko" : "en");

const byId = (id) => document.getElementById(id);

// Hand a canvas to the reader as a file.
function download(canvas) {
  canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    element("a", { href: address, download: `${graph.view}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
}
