// Fills of parties: plain, or with a pattern for readers who cannot tell the colours apart; some parties have theirs always.

const TILE_PX = 8;
const PALE = 0.55; // of a pattern on its ground
const DARK = 0.2; // relative luminance below which a pattern is white

/** Relative luminance of a colour #RRGGBB, as in WCAG 2.2. */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((k) => {
    const part = parseInt(colour.slice(k, k + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A colour between two others, `share` of the way to the second; all as #RRGGBB. */
export function mix(one, other, share) {
  const part = (colour, k) => parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);
  return `#${[0, 1, 2]
    .map((k) =>
      Math.round(part(one, k) * (1 - share) + part(other, k) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** Lines and dots by the name of a pattern, that of matplotlib: drawn on a tile of a size so that neighbouring tiles join. */
const DRAWN = {
  "//": (context, size) => lines(context, size, 1, [0]),
  "///": (context, size) => lines(context, size, 1, [0, 0.5]),
  "\\\\": (context, size) => lines(context, size, -1, [0]),
  xx: (context, size) => {
    lines(context, size, 1, [0]);
    lines(context, size, -1, [0]);
  },
  "..": (context, size) => {
    for (const [x, y] of [
      [0.25, 0.25],
      [0.75, 0.75],
    ]) {
      context.beginPath();
      context.arc(x * size, y * size, size * 0.14, 0, 2 * Math.PI);
      context.fill();
    }
  },
};

function lines(context, size, slope, starts) {
  for (const start of starts)
    for (const turn of [-1, 0, 1]) {
      const x = (start + turn) * size;
      context.beginPath();
      context.moveTo(slope > 0 ? x : x + size, size);
      context.lineTo(slope > 0 ? x + size : x, 0);
      context.lineWidth = size * 0.16;
      context.lineCap = "square";
      context.stroke();
    }
}

/** A tile with the pattern of a party, null where it has none now. `colour` is its ground, `asked` whether patterns are asked for. */
export function tile(party, asked, { colour = party.colour, scale = 1 } = {}) {
  const draw = (asked || party.hatched) && DRAWN[party.hatch];
  if (!draw) return null;
  const canvas = document.createElement("canvas"),
    size = Math.round(TILE_PX * scale),
    context = canvas.getContext("2d");
  canvas.width = canvas.height = size;
  context.fillStyle = colour;
  context.fillRect(0, 0, size, size);
  context.globalAlpha = PALE;
  context.fillStyle = context.strokeStyle = party.edge !== "#FFFFFF" ? party.edge : luminance(colour) < DARK ? "#FFFFFF" : "#22252A";
  draw(context, size);
  return canvas;
}

/** What a canvas fills a party's land or share with. */
export function fillOf(context, party, asked, options = {}) {
  const drawn = tile(party, asked, options);
  return drawn ? context.createPattern(drawn, "repeat") : (options.colour ?? party.colour);
}

/** The same as the background of an element. */
export function paintElement(element, party, asked, colour = party.colour) {
  const drawn = tile(party, asked, { colour });
  element.style.backgroundColor = colour;
  element.style.backgroundImage = drawn ? `url(${drawn.toDataURL()})` : "";
}
