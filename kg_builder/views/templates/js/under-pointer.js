// What lies under a spot of the stage, found without the graphics card.

// The visible line nearest to a spot, if it is near enough to be meant.
function edgeAt(spot) {
  const { x, y } = pictureOf(spot);
  const reach = 5 / view.scale;
  let best;
  let least = reach * reach;
  for (const edge of edges) {
    if (!visible.edges[edge.id]) continue;
    const [a, b] = [nodes[edge.from], nodes[edge.to]];
    const [ax, ay, bx, by] = [a.x, a.y, b.x, b.y];
    if (Math.min(ax, bx) - reach > x || Math.max(ax, bx) + reach < x) continue;
    if (Math.min(ay, by) - reach > y || Math.max(ay, by) + reach < y) continue;
    const [dx, dy] = [bx - ax, by - ay];
    const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    const away = (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2;
    if (away < least) [best, least] = [edge.id, away];
  }
  return best;
}

// The visible node under a spot: of several the one whose middle is nearest.
function nodeAt(spot) {
  const { x, y } = pictureOf(spot);
  const grow = grown(scaleNow()) / view.scale;
  const least = 4 / view.scale;
  let best;
  let nearest = Infinity;
  for (let id = 0; id < nodes.length; id += 1) {
    if (!visible.nodes[id]) continue;
    const reach = Math.max(ofNode.size[id] * grow, least);
    const [dx, dy] = [ofNode.x[id] - x, ofNode.y[id] - y];
    if (dx > reach || dx < -reach || dy > reach || dy < -reach) continue;
    const away = dx * dx + dy * dy;
    if (away < nearest && away <= reach * reach) [best, nearest] = [id, away];
  }
  return best;
}
