// Points on a canvas and a grid of square cells over them, which does not move when the map is moved.

const MARGIN_PX = 20; // a point so far outside the canvas still shows on it

export class Grid {
  /**
   * @param {Float64Array} east part of the Mercator square, of each point
   * @param {Float64Array} south
   * @param {number} pitch side of a cell in pixels
   */
  constructor(east, south, pitch) {
    const n = east.length;
    this.east = east;
    this.south = south;
    this.pitch = pitch;
    this.x = new Float32Array(n);
    this.y = new Float32Array(n);
    this.cellOf = new Int32Array(n); // -1 outside the canvas
    this.members = new Uint32Array(n); // of cell 0, then of cell 1 ...
    this.visible = 0;
  }

  /** Take a canvas of a size whose corner is the pixel `origin` of a world that is `width` pixels wide. */
  lay(origin, size, width) {
    const { pitch, east, south, x, y, cellOf, members } = this,
      n = x.length;
    this.left = -(((origin.x % pitch) + pitch) % pitch) - pitch; // a margin of one cell on all sides
    this.top = -(((origin.y % pitch) + pitch) % pitch) - pitch;
    this.columns = Math.ceil((size.x - this.left) / pitch) + 1;
    this.rows = Math.ceil((size.y - this.top) / pitch) + 1;
    this.count = this.columns * this.rows;
    this.start = new Uint32Array(this.count + 1);
    this.visible = 0;
    for (let i = 0; i < n; i++) {
      x[i] = Math.round(east[i] * width) - origin.x;
      y[i] = Math.round(south[i] * width) - origin.y;
      const inside = x[i] >= -MARGIN_PX && y[i] >= -MARGIN_PX && x[i] <= size.x + MARGIN_PX && y[i] <= size.y + MARGIN_PX;
      cellOf[i] = inside ? this.cell(x[i], y[i]) : -1;
      if (!inside) continue;
      this.start[cellOf[i] + 1]++;
      this.visible++;
    }
    for (let cell = 0; cell < this.count; cell++) this.start[cell + 1] += this.start[cell];
    const next = this.start.slice();
    for (let i = 0; i < n; i++) if (cellOf[i] >= 0) members[next[cellOf[i]]++] = i;
  }

  /** The cell of a pixel. */
  cell(x, y) {
    return Math.floor((x - this.left) / this.pitch) + Math.floor((y - this.top) / this.pitch) * this.columns;
  }

  /** A cell and its neighbours. */
  near(cell) {
    const { columns } = this,
      cells = [];
    for (const row of [-columns, 0, columns]) for (const column of [-1, 0, 1]) cells.push(cell + row + column);
    return cells.filter((one) => one >= 0 && one < this.count);
  }

  /** The points in a cell. */
  in(cell) {
    return this.members.subarray(this.start[cell], this.start[cell + 1]);
  }

  /** The points on the canvas. */
  get inSight() {
    return this.members.subarray(0, this.visible);
  }

  /** The upper left corner of a cell. */
  corner(cell) {
    return [this.left + (cell % this.columns) * this.pitch, this.top + Math.floor(cell / this.columns) * this.pitch];
  }

  middle(cell) {
    const [left, top] = this.corner(cell);
    return [left + this.pitch / 2, top + this.pitch / 2];
  }
}
