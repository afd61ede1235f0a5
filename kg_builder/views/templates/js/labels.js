// Labels: of one size at every zoom, the important ones first, none over another.

const FONT = getComputedStyle(document.documentElement).fontFamily;
const SIZE = 12;
const LINE = 14;
const widths = new Map();

function lines(context, node, bold) {
  const known = `${node.id}${bold ? "b" : ""}`;
  if (!widths.has(known)) {
    const texts = node.label.split("\n");
    context.font = `${bold ? 600 : 400} ${SIZE}px ${FONT}`;
    widths.set(known, { texts, width: Math.max(...texts.map((text) => context.measureText(text).width)) });
  }
  return widths.get(known);
}

// Occupied places, in a grid of cells so that a thousand labels are quickly compared.
class Occupied {
  constructor() {
    this.cells = new Map();
  }

  *keys(box) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x += 1)
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y += 1) yield `${x},${y}`;
  }

  // How many of the places taken a box would touch; a large one may count more than once.
  hits(box) {
    let count = 0;
    for (const cell of this.keys(box))
      for (const other of this.cells.get(cell) ?? [])
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) count += 1;
    return count;
  }

  take(box) {
    for (const cell of this.keys(box)) this.cells.set(cell, [...(this.cells.get(cell) ?? []), box]);
  }
}

let hovered = null;

// Those whose labels are read even from afar.
const landmarks = new Set(nodes[0]?.cluster === undefined ? byImportance.slice(0, 60) : firstOfClusters(80));

// The most important node of each of the largest communities, which are numbered by size.
function firstOfClusters(count) {
  const first = new Map();
  for (const number of byImportance) {
    const { cluster } = nodes[number];
    if (cluster < count && !first.has(cluster)) first.set(cluster, number);
  }
  return first.values();
}

// What the reader looks at first, then all the rest.
function* labelOrder() {
  const first = new Set([state.selected, hovered, ...lit].filter((number) => number !== null));
  yield* first;
  for (const number of landmarks) if (!first.has(number)) yield number;
  landmarks.forEach((number) => first.add(number));
  for (const number of papersFirst) if (!first.has(number)) yield number;
}

// Papers first, but for the hubs.
const lead = Float64Array.from(nodes, (node) => node.weight + (node.group === "Paper" ? 0.4 : 0));
const papersFirst = [...byImportance].sort((a, b) => lead[b] - lead[a]);

// Where a label may stand about its node, the best place first.
function candidates(at, radius, width, height) {
  const below = { x: at.x, top: at.y + radius + 3 };
  const right = { x: at.x + radius + 4 + width / 2, top: at.y - height / 2 };
  const left = { x: at.x - radius - 4 - width / 2, top: at.y - height / 2 };
  const above = { x: at.x, top: at.y - radius - 3 - height };
  if (graph.side === "right") return [right, left, below, above];
  const aslant = [right, left].flatMap(({ x }) => [below.top - radius, above.top + radius].map((top) => ({ x, top })));
  return [below, right, left, above, ...aslant];
}

const boxAt = ({ x, top }, width, height) => ({ left: x - width / 2 - 2, right: x + width / 2 + 2, top, bottom: top + height });

// The label of a node in the stage is not cut by the stage's border.
function inStage(box, at) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (at.x < 0 || at.x > width || at.y < 0 || at.y > height) return box;
  const across = Math.max(0, -box.left) - Math.max(0, box.right - width);
  const down = Math.max(0, -box.top) - Math.max(0, box.bottom - height);
  return { left: box.left + across, right: box.right + across, top: box.top + down, bottom: box.bottom + down };
}

// The first place that hides neither a label nor a node; for a landmark, the one that hides no label and the fewest
// nodes; for what the reader has chosen, any.
function place(spot, width, height, occupied, discs, rank) {
  const boxes = candidates(spot.at, spot.radius, width, height).map((choice) => inStage(boxAt(choice, width, height), spot.at));
  const open = boxes.filter((box) => occupied.hits(box) === 0);
  const hidden = open.map((box) => discs.hits(box));
  const least = Math.min(...hidden);
  if (least === 0 || (open.length > 0 && rank !== "any")) return open[hidden.indexOf(least)];
  return rank === "chosen" ? boxes[0] : null;
}

// What lies in the part of the picture that is seen, in pixels of the screen, the first ones first.
function spots() {
  const found = new Map();
  for (const number of labelOrder()) {
    if (!visible.nodes[number]) continue;
    const at = screenOf(placeOf(number));
    const outside = at.x < -120 || at.y < -60 || at.x > canvas.clientWidth + 120 || at.y > canvas.clientHeight + 60;
    if (!outside) found.set(number, { at, radius: radiusOf(number) });
    if (found.size >= MOST_SPOTS) break;
  }
  return found;
}

function drawLabels(context) {
  const seen = spots();
  const occupied = new Occupied();
  const discs = new Occupied();
  for (const { at, radius } of seen.values())
    discs.take({ left: at.x - radius + 1, right: at.x + radius - 1, top: at.y - radius + 1, bottom: at.y + radius - 1 });
  context.save();
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  drawNotes(context, occupied);
  for (const [number, spot] of seen) {
    const node = nodes[number];
    const strong = number === state.selected || number === hovered;
    // Beside a dot of two pixels nothing can be told apart: its label waits until the reader comes nearer.
    if (!strong && !lit.has(number) && spot.radius < 2.2 && !landmarks.has(number)) continue;
    const bold = strong || node.group === "Paper";
    const { texts, width } = lines(context, node, bold);
    const landmark = graph.side === "below" && (landmarks.has(number) || (node.group === "Paper" && spot.radius > 6));
    const rank = strong ? "chosen" : landmark ? "landmark" : "any";
    const box = place(spot, width, texts.length * LINE, occupied, discs, rank);
    if (box === null) continue;
    occupied.take(box);
    const near = state.selected === null || strong || lit.has(number);
    context.font = `${bold ? 600 : 400} ${SIZE}px ${FONT}`;
    context.lineWidth = 3.5;
    context.strokeStyle = background();
    context.fillStyle = near ? ink() : faded(ink(), 0.3);
    texts.forEach((text, i) => {
      const across = (box.left + box.right) / 2;
      context.strokeText(text, across, box.top + i * LINE);
      context.fillText(text, across, box.top + i * LINE);
    });
  }
  drawEdgeCaptions(context, occupied);
  context.restore();
}

function drawEdgeCaptions(context, occupied) {
  for (const edge of captioned) {
    if (!visible.edges[edge.id]) continue;
    // Among many, only those of what the reader looks at.
    const asked = [state.selected, hovered].some((number) => number !== null && (number === edge.from || number === edge.to));
    if (captioned.length > MOST_CAPTIONS && !asked && edge.id !== state.edge) continue;
    const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
    const at = screenOf({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
    const half = edge.caption.length * 3.4 + 3;
    const box = { left: at.x - half, right: at.x + half, top: at.y - 7, bottom: at.y + 7 };
    if (occupied.hits(box)) continue;
    occupied.take(box);
    context.font = `11px ${FONT}`;
    context.lineWidth = 4;
    context.strokeStyle = background();
    context.fillStyle = ink();
    context.strokeText(edge.caption, at.x, at.y - 6);
    context.fillText(edge.caption, at.x, at.y - 6);
  }
}

function drawNotes(context, occupied) {
  context.font = `600 13px ${FONT}`;
  context.fillStyle = faded(ink(), 0.7);
  for (const [text, x, y] of graph.notes) {
    const at = screenOf({ x, y });
    const half = text.length * 4 + 4;
    occupied.take({ left: at.x - half, right: at.x + half, top: at.y, bottom: at.y + 18 });
    context.fillText(text, at.x, at.y);
  }
}

const MOST_CAPTIONS = 120;
const captioned = edges.filter((edge) => edge.caption);
onDrawn(drawLabels);
