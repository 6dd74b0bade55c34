// Web Mercator: positions in parts of its square, from its north-western corner.

export const eastOf = (longitude) => longitude / 360 + 0.5;

export function southOf(latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
