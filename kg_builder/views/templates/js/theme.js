// Light and dark: the reader's system decides until the reader does.

const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");
const theme = {
  chosen: null,
  get name() {
    return this.chosen ?? (darkSystem.matches ? "dark" : "light");
  },
};

const colourOf = (node) => {
  if (node.colour !== undefined) return graph.groups[node.colour % graph.groups.length][theme.name === "dark" ? 1 : 0];
  return labelOf.get(node.group)[theme.name];
};

const background = () => graph.backgrounds[theme.name];
const ink = () => (theme.name === "dark" ? "#e8ecf2" : "#18202b");

// A colour "#rrggbb" mixed into the background: fading without transparency, which would show what lies below.
function faded(colour, share) {
  const parts = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const [from, to] = [parts(colour), parts(background())];
  return "#" + from.map((part, i) => Math.round(part * share + to[i] * (1 - share)).toString(16).padStart(2, "0")).join("");
}

const SVG = "http://www.w3.org/2000/svg";

function drawing(name, size, shapes) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", name);
  svg.setAttribute("viewBox", size);
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}

const OUTLINES = {
  square: "M2 2H14V14H2Z",
  diamond: "M8 .5L15.5 8 8 15.5 .5 8Z",
  triangle: "M8 1.5L15 14H1Z",
  triangleDown: "M8 14.5L15 2H1Z",
  hexagon: "M4 1.5H12L15.5 8 12 14.5H4L.5 8Z",
  star: "M8 .5L10 6H15.5L11 9.5 12.7 15 8 11.7 3.3 15 5 9.5 .5 6H6Z",
};

// The sign of a label, as in the picture.
function swatch(label, colour) {
  const look = labelOf.get(label);
  const fill = colour ?? look[theme.name];
  const shape = OUTLINES[look.shape]
    ? ["path", { d: OUTLINES[look.shape], fill }]
    : ["circle", { cx: 8, cy: 8, r: 6.5, fill }];
  return drawing("swatch", "0 0 16 16", [shape]);
}

function stroke(type) {
  const line = { x1: 1, y1: 5, x2: 25, y2: 5, stroke: type[theme.name], "stroke-width": Math.max(type.width, 1.2) };
  if (type.dashes.length) line["stroke-dasharray"] = type.dashes.join(" ");
  const shapes = [["line", line]];
  if (type.arrow) shapes.push(["path", { d: "M19 1.5L25.5 5 19 8.5Z", fill: type[theme.name] }]);
  return drawing("line", "0 0 26 10", shapes);
}
