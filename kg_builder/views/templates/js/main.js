// What a click does, and the first picture.

function say(text) {
  byId("said").textContent = text;
}

// Draw all that depends on the state.
function refresh(step = false) {
  document.documentElement.dataset.theme = theme.name;
  redraw();
  updateLegend();
  updateSliders();
  updateTable();
  writeFragment(step);
}

function choose(number, show = false) {
  state.selected = number;
  state.edge = null;
  if (number !== null) {
    state.labelsOff.delete(nodes[number].group);
    if (nodes[number].within !== undefined) state.open.add(nodes[number].within);
  }
  refresh();
  updatePanel();
  if (number === null) {
    say("Nothing selected");
    return;
  }
  const count = touching[number].length;
  say(`${nodes[number].group} ${nodes[number].name.slice(0, 200)}, ${count} relationship${count === 1 ? "" : "s"}`);
  if (show && !byId("stage-frame").hidden) centre(number);
}

function chooseEdge(number) {
  state.selected = null;
  state.edge = number;
  refresh();
  updatePanel();
  const edge = edges[number];
  say(`${nodes[edge.from].name.slice(0, 100)} ${words(edge.type)} ${nodes[edge.to].name.slice(0, 100)}`);
}

function openAround(number) {
  state.around = number;
  if (number !== null) state.selected = number;
  refresh(true);
  updatePanel();
  fit();
  say(number === null ? "The whole picture" : `The neighbourhood of ${nodes[number].name.slice(0, 100)}`);
}

// Show the members of a community in its place; nothing closes all that are open.
function openCommunity(number) {
  if (number === null) state.open.clear();
  else state.open.add(number);
  state.selected = null;
  state.edge = null;
  refresh(true);
  updatePanel();
  if (number === null) fit();
  else fit(nodes.filter((node) => node.within === number));
  say(number === null ? "All communities" : `Opened: ${nodes[number].name.slice(0, 200)}`);
}

listen({
  click(node, edge) {
    hideTip();
    if (bubbles.has(node)) openCommunity(node);
    else if (node !== undefined) choose(node);
    else if (edge !== undefined) chooseEdge(edge);
    else if (state.selected !== null || state.edge !== null) choose(null);
  },
  doubleClick(node) {
    if (bubbles.has(node)) openCommunity(node);
    else if (node !== undefined) openAround(node);
    else if (state.around !== null) openAround(null);
  },
  overNode(node, pointer) {
    hovered = node;
    tipOfNode(node, pointer);
  },
  overEdge(edge, pointer) {
    if (hovered === null) tipOfEdge(edge, pointer);
  },
  leave() {
    hovered = null;
    hideTip();
  },
  moved: hideTip,
});

byId("fit").addEventListener("click", () => fit());
byId("save").addEventListener("click", savePicture);
byId("back").addEventListener("click", () => history.back());
byId("move")?.addEventListener("click", (event) => {
  state.moving = !state.moving;
  setMoving(state.moving);
  event.target.setAttribute("aria-pressed", String(state.moving));
});
byId("theme").addEventListener("click", () => {
  theme.chosen = theme.name === "dark" ? "light" : "dark";
  refresh();
  updatePanel();
});
darkSystem.addEventListener("change", () => {
  refresh();
  updatePanel();
});

// Back and forward, or an address typed by hand.
function follow() {
  readFragment();
  steps = history.state?.steps ?? 0;
  refresh();
  updatePanel();
  fit();
}

window.addEventListener("popstate", follow);
follow();
if (!drawable) showTable(true);

// For tests, and for pages that hold this one.
window.kgView = Object.freeze({ graph, nodes, edges, network, state, visible, placeOf, screenOf, choose, openAround });
document.documentElement.dataset.ready = "true";
