// Symbols of parties, one outline for canvas and SVG.

export const SINGLES = 400; // up to so many places in sight, each has a symbol of its own; beyond, crowds share theirs

const POLYGONS = {
  triangle: [
    [0, -1.1],
    [1.05, 0.8],
    [-1.05, 0.8],
  ],
  "triangle-down": [
    [0, 1.1],
    [1.05, -0.8],
    [-1.05, -0.8],
  ],
  square: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  diamond: [
    [0, -1.2],
    [1.05, 0],
    [0, 1.2],
    [-1.05, 0],
  ],
  pentagon: [
    [0, -1.1],
    [1.05, -0.34],
    [0.65, 0.9],
    [-0.65, 0.9],
    [-1.05, -0.34],
  ],
  cross: [
    [-0.9, -0.45],
    [-0.45, -0.9],
    [0, -0.45],
    [0.45, -0.9],
    [0.9, -0.45],
    [0.45, 0],
    [0.9, 0.45],
    [0.45, 0.9],
    [0, 0.45],
    [-0.45, 0.9],
    [-0.9, 0.45],
    [-0.45, 0],
  ],
};

/** Trace a symbol of a radius around (x, y) on a canvas. */
export function trace(context, symbol, x, y, radius) {
  context.beginPath();
  const corners = POLYGONS[symbol];
  if (corners) {
    corners.forEach(([dx, dy], k) => context[k ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
    context.closePath();
  } else {
    context.arc(x, y, symbol === "dot" ? radius * 0.55 : radius, 0, 2 * Math.PI);
  }
}

/**
 * The same symbol as a small SVG element.
 *
 * @param {Style} style
 */
export function symbolElement(style, { hollow = false, size = 14, title = "" } = {}) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.45 -1.45 2.9 2.9");
  svg.setAttribute("width", String(size));
  svg.setAttribute("height", String(size));
  svg.setAttribute("class", "symbol");
  svg.setAttribute("aria-hidden", title ? "false" : "true");
  if (title) {
    const text = document.createElementNS(svg.namespaceURI, "title");
    text.textContent = title;
    svg.append(text);
  }
  const corners = POLYGONS[style.symbol];
  const shape = document.createElementNS(svg.namespaceURI, corners ? "polygon" : "circle");
  if (corners) shape.setAttribute("points", corners.map((c) => c.join(",")).join(" "));
  else shape.setAttribute("r", style.symbol === "dot" ? "0.6" : "1");
  shape.setAttribute("fill", hollow ? "#FFFFFF" : style.colour);
  shape.setAttribute("stroke", hollow ? style.colour : style.edge);
  shape.setAttribute("stroke-width", hollow ? "0.36" : "0.22");
  svg.append(shape);
  return svg;
}
