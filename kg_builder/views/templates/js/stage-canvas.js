// The picture of a small graph: vis-network draws nodes and edges where the page says they lie.

const faintShare = 0.28;

// Many lines in one picture show less each, or they would hide what they join; so do those that cross columns of names.
const crowd = Math.min(graph.timeline ? 0.5 : 1, Math.max(0.35, Math.sqrt(250 / Math.max(edges.length, 1))));

// On a large graph lines and labels alone mark the neighbours: fading all the rest would take a second.
const large = nodes.length + edges.length > 6000;

function nodeItem(node) {
  const near = large || state.selected === null || node.id === state.selected || lit.has(node.id);
  const colour = near ? colourOf(node) : faded(colourOf(node), faintShare);
  const chosen = node.id === state.selected;
  return {
    id: node.id,
    shape: node.shape,
    size: node.size,
    hidden: !visible.nodes[node.id],
    // A border would leave nothing of the small ones.
    borderWidth: chosen ? 3 : node.size < 8 ? 0 : 1.5,
    color: { background: colour, border: chosen ? ink() : background(), hover: { background: colour, border: ink() } },
  };
}

function edgeItem(edge) {
  const type = typeOf.get(edge.type);
  const chosen = edge.id === state.edge;
  const touches = state.selected !== null && (edge.from === state.selected || edge.to === state.selected);
  const faint = !large && state.selected !== null && !touches;
  const share = chosen || touches ? 1 : faint ? Math.min(faintShare, crowd) : crowd;
  const colour = faded(type[theme.name], share);
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    hidden: !visible.edges[edge.id],
    width: type.width * (chosen ? 3 : touches ? 1.6 : 1),
    dashes: type.dashes.length ? type.dashes : false,
    color: { color: colour, highlight: colour, hover: colour, inherit: false },
    arrows: { to: { enabled: type.arrow, scaleFactor: 0.45 } },
    // Parallel edges part, so that each can be seen and clicked.
    smooth: edge.lane ? { enabled: true, type: edge.lane % 2 ? "curvedCW" : "curvedCCW", roundness: 0.12 * Math.ceil(edge.lane / 2) } : false,
  };
}

// Neighbours of the selected node.
let lit = new Set();

updateVisible();
const drawnNodes = new Map();
const drawnEdges = new Map();

// Only what has changed goes to vis-network: an update of everything takes long on a large graph.
function changed(items, drawn) {
  return items.filter((item) => {
    const text = JSON.stringify(item);
    if (drawn.get(item.id) === text) return false;
    drawn.set(item.id, text);
    return true;
  });
}

const nodeSet = new vis.DataSet(changed(nodes.map(nodeItem), drawnNodes).map((item) => ({ ...item, x: nodes[item.id].x, y: nodes[item.id].y })));
const edgeSet = new vis.DataSet(changed(edges.map(edgeItem), drawnEdges));
graph.options.interaction.hideEdgesOnDrag = large;
graph.options.interaction.hideEdgesOnZoom = large;
graph.options.interaction.hover = !large;
const network = new vis.Network(byId("stage"), { nodes: nodeSet, edges: edgeSet }, graph.options);
const canvas = byId("stage").querySelector("canvas");
canvas.setAttribute("aria-hidden", "true");
canvas.tabIndex = -1;
canvas.parentElement.tabIndex = -1;

let begun = false;

function redraw() {
  updateVisible();
  lit = new Set(state.selected === null ? [] : neighbours(state.selected));
  nodeSet.update(changed(nodes.map(nodeItem), drawnNodes));
  edgeSet.update(changed(edges.map(edgeItem), drawnEdges));
  // The first time the picture is drawn when it is fitted to the stage.
  if (begun) network.redraw();
  begun = true;
}

// Room for the labels of what lies at the border.
function margins() {
  if (graph.side !== "right") return { left: 75, right: 75, top: 30, bottom: 60 };
  const shown = nodes.filter((node) => visible.nodes[node.id]);
  const last = Math.max(...shown.map((node) => node.x));
  const ends = shown.filter((node) => node.x === last).map((node) => lines(canvas.getContext("2d"), node, true).width);
  return { left: 30, right: Math.min(Math.max(60, ...ends) + 30, canvas.clientWidth / 3), top: 30, bottom: 60 };
}

function fit() {
  const margin = margins();
  const places = network.getPositions(nodes.filter((node) => visible.nodes[node.id]).map((node) => node.id));
  const [xs, ys] = ["x", "y"].map((axis) => Object.values(places).map((place) => place[axis]));
  if (!xs.length) return;
  const span = (values) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [span(xs), span(ys)];
  const across = (canvas.clientWidth - margin.left - margin.right) / Math.max(right - left, 1);
  const down = (canvas.clientHeight - margin.top - margin.bottom) / Math.max(bottom - top, 1);
  const scale = Math.min(Math.max(Math.min(across, down), 0.01), 1.25);
  const x = (left + right) / 2 + (margin.right - margin.left) / 2 / scale;
  const y = (top + bottom) / 2 + (margin.bottom - margin.top) / 2 / scale;
  network.moveTo({ position: { x, y }, scale, animation: false });
}

const placeOf = (number) => network.getPosition(number);
const screenOf = (place) => network.canvasToDOM(place);
const scaleNow = () => network.getScale();
const radiusOf = (number) => nodes[number].size * scaleNow();

const drawable = true;

// Labels of so many nodes in sight are looked at.
const MOST_SPOTS = Infinity;

function zoom(factor) {
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 6), animation: false });
}

// Calls back whenever the picture was drawn, with a context in pixels of the screen.
function onDrawn(draw) {
  network.on("afterDrawing", (context) => {
    const ratio = canvas.width / canvas.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context);
    context.restore();
  });
}

// What the pointer does, told by the numbers of nodes and edges.
function listen({ click, doubleClick, overNode, overEdge, leave, moved }) {
  network.on("click", ({ pointer }) => click(network.getNodeAt(pointer.DOM), network.getEdgeAt(pointer.DOM)));
  network.on("doubleClick", ({ pointer }) => doubleClick(network.getNodeAt(pointer.DOM)));
  network.on("hoverNode", ({ node, pointer }) => overNode(node, pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => overEdge(edge, pointer.DOM));
  network.on("blurNode", leave);
  network.on("blurEdge", hideTip);
  network.on("dragStart", moved);
  network.on("zoom", moved);
}

const setMoving = (moving) => network.setOptions({ physics: { enabled: moving } });

function centre(number) {
  const scale = Math.max(network.getScale(), 0.9);
  network.focus(number, { scale, animation: calm.matches ? false : { duration: 250, easingFunction: "easeInOutQuad" } });
}

const copyPicture = (context) => context.drawImage(canvas, 0, 0);
