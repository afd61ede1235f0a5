// The same graph as tables: what is visible in the picture, a page at a time.

const tableView = byId("table-view");
const ROWS = 100;

function growing(caption, columns, list, row) {
  const body = element("tbody");
  const more = element("button", { type: "button", class: "more" });
  const grow = () => {
    const from = body.children.length;
    body.append(...list.slice(from, from + ROWS).map(row));
    const rest = list.length - body.children.length;
    more.textContent = `Show ${Math.min(ROWS, rest)} of ${rest} more`;
    more.hidden = rest === 0;
  };
  more.addEventListener("click", grow);
  grow();
  return element(
    "section",
    {},
    element(
      "table",
      { class: caption.toLowerCase() },
      element("caption", {}, `${caption} (${list.length.toLocaleString("en")})`),
      element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)))),
      body,
    ),
    more,
  );
}

function relationshipRow(edge) {
  return element(
    "tr",
    {},
    element("td", {}, nodeButton(edge.from)),
    element("td", {}, words(edge.type)),
    element("td", {}, nodeButton(edge.to)),
    element("td", {}, ...[edge.caption ?? null, sentence(edge), citation(edge)].filter(Boolean)),
    element("td", { class: "number" }, edge.confidence === undefined ? "" : edge.confidence.toFixed(2)),
  );
}

function nodeRow(node) {
  const what = node.link ? webLink(node.link, node.link) : "";
  return element(
    "tr",
    {},
    element("td", {}, nodeButton(node.id)),
    element("td", {}, node.group),
    element("td", {}, node.date ?? ""),
    element("td", {}, what),
    element("td", { class: "number" }, String(touching[node.id].length)),
  );
}

function updateTable() {
  if (tableView.hidden) return;
  const rows = edges.filter((edge) => visible.edges[edge.id]);
  const things = nodes.filter((node) => visible.nodes[node.id]);
  tableView.replaceChildren(
    ...(graph.table ? [element("section", {}, element("h2", {}, graph.table.caption), leaderboard(graph.table))] : []),
    growing("Relationships", ["From", "Relationship", "To", "Evidence", "Confidence"], rows, relationshipRow),
    growing("Nodes", ["Name", "Label", "Date", "Link", "Relationships"], things, nodeRow),
  );
}

function showTable(wanted) {
  tableView.hidden = !wanted;
  byId("stage-frame").hidden = wanted;
  byId("show-table").setAttribute("aria-pressed", String(wanted));
  byId("show-graph").setAttribute("aria-pressed", String(!wanted));
  updateTable();
}

byId("show-table").addEventListener("click", () => showTable(true));
byId("show-graph").addEventListener("click", () => showTable(false));
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  showTable(true);
  tableView.focus();
});
