// Room on a canvas: what is taken, and whether a name still finds a place.

/** Rectangles [left, top, right, bottom] in a grid, so that a new one is compared with its neighbours alone. */
export class Rectangles {
  constructor() {
    this.grid = new Map();
  }

  *cells([left, top, right, bottom]) {
    for (let column = Math.floor(left / 64); column <= right / 64; column++)
      for (let row = Math.floor(top / 64); row <= bottom / 64; row++) yield `${column}/${row}`;
  }

  /** Whether a rectangle overlaps none of those taken. */
  has(box) {
    for (const cell of this.cells(box))
      for (const taken of this.grid.get(cell) ?? [])
        if (box[0] < taken[2] && taken[0] < box[2] && box[1] < taken[3] && taken[1] < box[3]) return false;
    return true;
  }

  take(box) {
    for (const cell of this.cells(box)) {
      if (!this.grid.has(cell)) this.grid.set(cell, []);
      this.grid.get(cell).push(box);
    }
  }
}
