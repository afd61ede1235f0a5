// The graph as columns: typed arrays and texts in one compressed block. A node or an edge is only its number until
// something of it is asked for.

const graph = JSON.parse(document.getElementById("graph").textContent);

async function inflated(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

const packed = graph.packed;
const block = await inflated(packed.block);
packed.block = null;
document.getElementById("graph").textContent = "";

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array, f4: Float32Array };
const EMPTY = { u1: 0xff, u2: 0xffff, u4: 0xffffffff };
const decoder = new TextDecoder();

function numbers(name) {
  const [kind, start, count] = packed.directory[name];
  return new ARRAYS[kind](block, start, count);
}

// Like `numbers`, as a function that gives undefined where there is none.
function sparse(name) {
  const column = numbers(name);
  const empty = EMPTY[packed.directory[name][0]];
  return (i) => (column[i] === empty ? undefined : column[i]);
}

function texts(name) {
  const [, start, count, length] = packed.directory[name];
  const offsets = new Uint32Array(block, start, count + 1);
  const bytes = new Uint8Array(block, start + 4 * (count + 1), length - 4 * (count + 1));
  return (i) => (offsets[i] === offsets[i + 1] ? "" : decoder.decode(bytes.subarray(offsets[i], offsets[i + 1])));
}

const ofNode = {
  key: texts("node.key"), name: texts("node.name"), label: texts("node.label"), link: texts("node.link"),
  properties: texts("node.properties"), group: numbers("node.group"), date: sparse("node.date"),
  colour: sparse("node.colour"), cluster: sparse("node.cluster"), within: sparse("node.within"),
  x: numbers("node.x"), y: numbers("node.y"), size: numbers("node.size"), weight: numbers("node.weight"),
};
const ofEdge = {
  from: numbers("edge.from"), to: numbers("edge.to"), type: numbers("edge.type"), confidence: sparse("edge.confidence"),
  paper: sparse("edge.paper"), text: sparse("edge.text"), first: sparse("edge.first"), last: sparse("edge.last"),
  caption: texts("edge.caption"), properties: texts("edge.properties"),
};

class Node {
  constructor(id) {
    this.id = id;
  }

  get key() { return ofNode.key(this.id); }
  get name() { return ofNode.name(this.id); }
  get label() { return ofNode.label(this.id) || this.name; }
  get link() { return ofNode.link(this.id) || undefined; }
  get properties() { return JSON.parse(ofNode.properties(this.id) || "{}"); }
  get group() { return packed.groups[ofNode.group[this.id]]; }
  get shape() { return labelOf.get(this.group).shape; }
  get date() { return packed.dates[ofNode.date(this.id)]; }
  get colour() { return ofNode.colour(this.id); }
  get cluster() { return ofNode.cluster(this.id); }
  get within() { return ofNode.within(this.id); }
  get x() { return ofNode.x[this.id]; }
  get y() { return ofNode.y[this.id]; }
  get size() { return ofNode.size[this.id]; }
  get weight() { return ofNode.weight[this.id]; }
}

class Edge {
  constructor(id) {
    this.id = id;
  }

  get from() { return ofEdge.from[this.id]; }
  get to() { return ofEdge.to[this.id]; }
  get type() { return packed.types[ofEdge.type[this.id]]; }
  get paper() { return packed.sources[ofEdge.paper(this.id)]; }
  get text() { return ofEdge.text(this.id); }
  get caption() { return ofEdge.caption(this.id) || undefined; }
  get properties() { return JSON.parse(ofEdge.properties(this.id) || "null") ?? undefined; }
  get confidence() {
    const value = ofEdge.confidence(this.id);
    return value === undefined ? undefined : value / 1000;
  }
  get mention() {
    const first = ofEdge.first(this.id);
    return first === undefined ? undefined : [first, ofEdge.last(this.id)];
  }
}

const nodes = Array.from({ length: ofNode.x.length }, (_, id) => new Node(id));
const edges = Array.from({ length: ofEdge.from.length }, (_, id) => new Edge(id));

// Sentences and papers are made when they are read.
const lookup = (get) => new Proxy({}, { get: (_, name) => get(name) });
const sentences = texts("texts");
const titles = texts("paper.title");
const links = texts("paper.link");
const sourceOf = new Map(packed.sources.map((source, i) => [source, i]));
graph.texts = lookup((i) => sentences(Number(i)));
graph.papers = lookup((source) => {
  const i = sourceOf.get(source);
  return i === undefined || !titles(i) ? undefined : [titles(i), links(i) || null];
});
