// The keyboard: arrows go from node to node, Enter opens a neighbourhood, Escape closes.

const stage = byId("stage");
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest visible node within a right angle of the direction.
function inDirection(number, [dx, dy]) {
  const here = placeOf(number);
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    if (node.id === number || !visible.nodes[node.id]) continue;
    const place = placeOf(node.id);
    const [x, y] = [place.x - here.x, place.y - here.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (ahead <= 0 || aside > ahead) continue;
    const distance = ahead + 2 * aside;
    if (distance < least) [best, least] = [node.id, distance];
  }
  return best;
}

stage.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (DIRECTIONS[event.key]) {
    const first = byImportance.find((number) => visible.nodes[number]) ?? null;
    const next = state.selected === null ? first : inDirection(state.selected, DIRECTIONS[event.key]);
    if (next !== null) choose(next, !inSight(next));
  } else if (event.key === "Enter" && state.selected !== null) {
    if (bubbles.has(state.selected)) openCommunity(state.selected);
    else openAround(state.selected);
  } else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    hideTip();
    if (state.selected !== null || state.edge !== null) choose(null);
    else if (state.around !== null) openAround(null);
    else if (state.open.size) openCommunity(null);
  } else if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
  }
});
