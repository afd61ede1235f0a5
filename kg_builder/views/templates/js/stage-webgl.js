// The picture of a large graph: sigma.js draws it by WebGL. What the reader has chosen is drawn above it on a canvas of
// its own, so that a click costs the same on any graph.

const container = byId("stage");
const PADDING = 34;
// On a large graph not every label can be measured for every frame.
const MOST_SPOTS = 1200;

updateVisible();
let lit = new Set();

// Pixels a unit of the picture at the camera's ratio 1; a good guess until sigma.js has measured the stage.
let usualScale = 1;
const scaleNow = () => usualScale / renderer.getCamera().ratio;

// Nodes shrink more slowly than the picture, or nothing would be left of them at first sight.
const grown = (scale) => Math.min(scale ** 0.7, 1.6);
const radiusOf = (number) => nodes[number].size * grown(scaleNow());

function drawnNode(id, place) {
  const node = nodes[id];
  return { ...place, size: node.size, color: colourOf(node), shape: node.shape, hidden: !visible.nodes[id], label: null };
}

// How a line of each type looks in each theme: within a community, and fainter where it joins what lies far apart.
const looks = new Map(
  ["light", "dark"].map((name) => [name, packed.types.map((type) => [0.8, 0.1].map((share) => lineLook(typeOf.get(type)[name], share)))]),
);
const HIDDEN = { color: "#000", hidden: true };

function lineLook(colour, share) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return { color: `rgba(${r},${g},${b},${share})`, hidden: false };
}

// Of hundreds of thousands of lines only dozens look different: sigma.js holds one object for all that look alike.
function drawnEdge(id) {
  if (!visible.edges[id]) return HIDDEN;
  const far = state.around === null && ofNode.cluster(ofEdge.from[id]) !== ofNode.cluster(ofEdge.to[id]);
  return looks.get(theme.name)[ofEdge.type[id]][far ? 1 : 0];
}

// Where the browser has no WebGL, nothing is drawn: the table holds all.
const drawable = ["webgl2", "webgl"].some((kind) => document.createElement("canvas").getContext(kind));
const blind = {
  camera: { ratio: 1, getState: () => ({ x: 0.5, y: 0.5, ratio: 1 }), on() {}, setState() {}, animate() {} },
  getCamera() {
    return this.camera;
  },
  graphToViewport: (place) => place,
  viewportToFramedGraph: (spot) => spot,
  refresh() {},
  scheduleRefresh() {},
  on() {},
};

const settings = {
  nodeProgramClasses: { shape: ShapeProgram },
  edgeProgramClasses: { hairline: HairlineProgram },
  defaultNodeType: "shape",
  defaultEdgeType: "hairline",
  nodeReducer: drawnNode,
  edgeReducer: drawnEdge,
  renderLabels: false,
  defaultDrawNodeHover: () => {},
  hideEdgesOnMove: edges.length > 30000,
  enableCameraRotation: false,
  stagePadding: PADDING,
  minCameraRatio: 0.0005,
  maxCameraRatio: 3,
  zoomToSizeRatioFunction: (ratio) => 1 / grown(usualScale / ratio),
  allowInvalidContainer: true,
};
const renderer = drawable ? new Sigma(new DrawnGraph(), container, settings) : blind;
if (!drawable) graph.leftOut.push("This browser cannot draw by WebGL: the graph is shown as tables.");
for (const drawn of container.querySelectorAll("canvas")) {
  drawn.setAttribute("aria-hidden", "true");
  drawn.tabIndex = -1;
}
const canvas = element("canvas", { class: "above", "aria-hidden": "true" });
container.append(canvas);

// From the picture to the screen: sigma.js's camera does not turn, so that two points tell all.
const view = { left: 0, top: 0, scale: 1 };

// By the camera as it is, whether or not the picture has been drawn since it moved.
const now = () => ({ cameraState: renderer.getCamera().getState() });

function measure() {
  const origin = renderer.graphToViewport({ x: 0, y: 0 }, now());
  const aside = renderer.graphToViewport({ x: 1000, y: 0 }, now());
  view.left = origin.x;
  view.top = origin.y;
  view.scale = (aside.x - origin.x) / 1000;
  usualScale = view.scale * renderer.getCamera().ratio;
}

const placeOf = (number) => nodes[number];
const screenOf = (place) => ({ x: view.left + place.x * view.scale, y: view.top + place.y * view.scale });
const pictureOf = (spot) => ({ x: (spot.x - view.left) / view.scale, y: (spot.y - view.top) / view.scale });

// What must be drawn anew by sigma.js: all but what is chosen.
let drawnState = shownState();

function redraw() {
  updateVisible();
  lit = new Set(state.selected === null ? [] : neighbours(state.selected));
  const wanted = shownState();
  if (wanted !== drawnState) renderer.refresh();
  else drawAbove();
  drawnState = wanted;
}

let lastFrame = () => {};

// Calls back whenever the picture was drawn, with a context in pixels of the screen.
function onDrawn(draw) {
  lastFrame = draw;
}

function drawAbove() {
  measure();
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [container.clientWidth, container.clientHeight];
  if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
    canvas.width = width * ratio;
    canvas.height = height * ratio;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const chosen = state.selected !== null || state.edge !== null;
  for (const drawn of container.querySelectorAll("canvas:not(.above)")) drawn.style.opacity = chosen ? 0.3 : 1;
  if (chosen) drawChosen(context);
  lastFrame(context);
}

// What is selected, with its neighbours and the lines to them, in full colour above the faded rest.
function drawChosen(context) {
  const touched = state.selected === null ? [] : touching[state.selected].filter((edge) => visible.edges[edge.id]);
  const shown = state.edge === null ? touched : [edges[state.edge]];
  shown.forEach((edge) => drawLine(context, edge));
  const ends = state.edge === null ? [...lit, state.selected] : [edges[state.edge].from, edges[state.edge].to];
  ends.forEach((number) => drawShape(context, number, number === state.selected));
}

function drawLine(context, edge) {
  const type = typeOf.get(edge.type);
  const [from, to] = [screenOf(placeOf(edge.from)), screenOf(placeOf(edge.to))];
  context.strokeStyle = context.fillStyle = type[theme.name];
  context.lineWidth = Math.max(type.width, 1);
  context.setLineDash(type.dashes);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.setLineDash([]);
  if (!type.arrow) return;
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  const tip = radiusOf(edge.to) + 2;
  context.save();
  context.translate(to.x - tip * Math.cos(turn), to.y - tip * Math.sin(turn));
  context.rotate(turn);
  context.fill(new Path2D("M0 0L-9 -4 -9 4Z"));
  context.restore();
}

function drawShape(context, number, strong) {
  const node = nodes[number];
  const { x, y } = screenOf(placeOf(number));
  const radius = Math.max(radiusOf(number), 3);
  const path = OUTLINES[node.shape] ?? "M1.5 8A6.5 6.5 0 0 1 14.5 8 6.5 6.5 0 0 1 1.5 8Z";
  context.save();
  context.translate(x, y);
  context.scale(radius / 6.5, radius / 6.5);
  context.translate(-8, -8);
  context.fillStyle = colourOf(node);
  context.strokeStyle = strong ? ink() : background();
  context.lineWidth = (strong ? 2.5 : 1.2) * (6.5 / radius);
  context.fill(new Path2D(path));
  context.stroke(new Path2D(path));
  context.restore();
}

renderer.on("beforeRender", () => {
  // Many lines in sight lie thickly: each shows less, the more the reader sees of them at once.
  const crowd = Math.min(1, 9000 / Math.max(edges.length, 1));
  lineOpacity = Math.min(1, Math.max(0.12, Math.sqrt(crowd)) * Math.max(1, Math.sqrt(scaleNow() / Math.max(usualScale, 1e-9))));
});
renderer.on("afterRender", drawAbove);
renderer.on("resize", () => renderer.scheduleRefresh());

// Show all that is visible, or some nodes.
function fit(shown = nodes) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of shown) {
    if (!visible.nodes[node.id]) continue;
    box.left = Math.min(box.left, node.x);
    box.right = Math.max(box.right, node.x);
    box.top = Math.min(box.top, node.y);
    box.bottom = Math.max(box.bottom, node.y);
  }
  if (box.left > box.right) return;
  measure();
  const across = (container.clientWidth - 2 * PADDING) / Math.max(box.right - box.left, 1);
  const down = (container.clientHeight - 2 * PADDING) / Math.max(box.bottom - box.top, 1);
  lookAt({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, Math.min(across, down, 1.25));
}

// As a share of what is seen.
const HAIR = 0.002;

// Put a place of the picture into the middle, at a scale in pixels a unit.
function lookAt(place, scale, duration = 0) {
  const { x, y } = renderer.viewportToFramedGraph(screenOf(place), now());
  const wanted = { x, y, ratio: usualScale / scale };
  // A picture of hundreds of thousands of lines is not drawn again for a hair's breadth.
  const here = renderer.getCamera().getState();
  if (["x", "y", "ratio"].every((name) => Math.abs(here[name] - wanted[name]) < HAIR * here.ratio)) return;
  if (duration && !calm.matches) renderer.getCamera().animate(wanted, { duration });
  else renderer.getCamera().setState(wanted);
}

function centre(number) {
  measure();
  lookAt(placeOf(number), Math.max(view.scale, 0.55), 250);
}

function zoom(factor) {
  const camera = renderer.getCamera();
  camera.setState({ ratio: camera.ratio / factor });
}

// Pixels within which two clicks are in one place.
const SAME_SPOT = 8;

// What the pointer does, told by the numbers of nodes and edges.
function listen({ click, doubleClick, overNode, leave, moved }) {
  let last = null;
  const clicked = (event) => {
    last = { x: event.x, y: event.y };
    const node = nodeAt(event);
    click(node, node === undefined ? edgeAt(event) : undefined);
  };
  renderer.on("clickStage", ({ event }) => clicked(event));
  renderer.on("doubleClickStage", ({ event, preventSigmaDefault }) => {
    preventSigmaDefault();
    // To sigma.js two quick clicks are a double click wherever they are.
    if (last !== null && Math.hypot(event.x - last.x, event.y - last.y) > SAME_SPOT) clicked(event);
    else doubleClick(nodeAt(event));
  });
  let over;
  renderer.on("moveBody", ({ event }) => {
    const node = event.original.target?.closest?.("#stage") ? nodeAt(event) : undefined;
    if (node === over) return;
    over = node;
    if (node === undefined) leave();
    else overNode(node, event);
    drawAbove();
  });
  renderer.getCamera().on("updated", moved);
}

function copyPicture(context) {
  // A WebGL canvas holds its picture only until the browser has shown it.
  renderer.refresh({ schedule: false });
  for (const drawn of container.querySelectorAll("canvas")) {
    context.globalAlpha = Number(drawn.style.opacity || 1);
    context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  }
}

const network = null;
