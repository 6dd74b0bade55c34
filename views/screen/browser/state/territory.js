// The shapes of territory and what they are on the present day: who holds each site, and how much land that is.
//
// The format is that of views/payload/territory.py.

const STEPS = 2 ** 26;

export class Territory {
  constructor(raw, atlas) {
    this.atlas = atlas;
    this.method = raw.method;
    this.limit = raw.limit_km;
    this.origin = raw.origin;
    this.regions = raw.regions;
    this.count = raw.sites.count;
    this.sites = Array.from({ length: this.count }, (_, k) => k);
    this.votes = {
      first: Int32Array.from(raw.sites.first),
      places: Int32Array.from(raw.sites.places),
      weights: Float32Array.from(raw.sites.weights),
    };
    this.pieces = pieces(raw.pieces, this.count);
    this.borders = { ...corners(raw.borders), one: Array.from(raw.borders.one), other: Array.from(raw.borders.other) };
    this.placesCount = new Set(this.votes.places).size;
    this.areas = raw.areas;
    this.range = raw.range;
    this.sitesOf = listsOf(this.votes.places.length, this.votes.places, (k) => siteAt(this.votes.first, k));
    this.bordersAt = listsOf(this.borders.one.length * 2, [...this.borders.one, ...this.borders.other], (k) => k % this.borders.one.length);
    this.codes = new Uint16Array(this.count);
    this.update();
  }

  /** Take the present day for every site. */
  update() {
    for (let site = 0; site < this.count; site++) this.codes[site] = this.vote(site);
  }

  /** The sites that some places speak for and whose state has changed with them. */
  changedBy(places) {
    const changed = [];
    for (const place of places)
      for (const site of this.sitesOf.get(place) ?? []) {
        const code = this.vote(site);
        if (code === this.codes[site]) continue;
        this.codes[site] = code;
        changed.push(site);
      }
    return changed;
  }

  /** State of a site on the present day: an index into the states of the payload. */
  code(site) {
    return this.codes[site];
  }

  /** The state of the nearest of the places whose holder has most weight. */
  vote(site) {
    const { first, places, weights } = this.votes,
      { codes, payload } = this.atlas,
      from = first[site],
      to = first[site + 1];
    if (to - from === 1) return codes[places[from]];
    const by = new Map();
    for (let k = from; k < to; k++) {
      const holder = payload.states[codes[places[k]]][0];
      by.set(holder, (by.get(holder) ?? 0) + weights[k]);
    }
    let best = from,
      most = -1;
    for (const [holder, weight] of by) if (weight > most) [most, best] = [weight, holder];
    for (let k = from; k < to; k++) if (payload.states[codes[places[k]]][0] === best) return codes[places[k]];
    return 0;
  }

  bordersOf(site) {
    return this.bordersAt.get(site) ?? [];
  }

  /** km² by party, then of places without a known holder, then near no place; of the page's province or of all, or of other regions. */
  km2(counts = (region) => this.counts(region)) {
    const { areas, atlas } = this,
      { parties, states } = atlas.payload,
      sums = new Float64Array(parties.length + 2);
    for (let k = 0; k < areas.km2.length; k++) {
      if (!counts(areas.region[k])) continue;
      const site = areas.site[k],
        holder = site < 0 ? -2 : states[this.codes[site]][0];
      sums[holder >= 0 ? holder : parties.length - 1 - holder] += areas.km2[k];
    }
    return sums;
  }

  /**
   * Least and most km² of every party: places in a window of dates with either holder, distances from the shortest to the longest limit.
   * `low` and `high` have one number a party; `counts` says which regions count.
   */
  bounds(counts = (region) => this.counts(region)) {
    const { range, atlas, votes } = this,
      { parties } = atlas.payload;
    const low = new Float64Array(parties.length),
      high = new Float64Array(parties.length);
    for (let k = 0; k < range.site.length; k++) {
      if (!counts(range.region[k])) continue;
      const holders = atlas.holdersAround(votes.places[votes.first[range.site[k]]]);
      for (const holder of holders) if (holder >= 0) high[holder] += range.high[k];
      if (holders.length === 1 && holders[0] >= 0) low[holders[0]] += range.low[k];
    }
    return { low, high };
  }

  counts(region) {
    return !this.atlas.province || this.regions[region] === this.atlas.province;
  }
}

/** Corners in parts of the Mercator square, and where each ring or line begins. */
function corners({ corners: counts, points }) {
  const x = new Float64Array(points.length / 2),
    y = new Float64Array(points.length / 2),
    firstPoint = new Int32Array(counts.length + 1);
  let at = 0;
  counts.forEach((count, k) => {
    firstPoint[k + 1] = firstPoint[k] + count;
    let east = 0,
      south = 0;
    for (const end = at + count; at < end; at++) {
      east += points[2 * at];
      south += points[2 * at + 1];
      x[at] = east / STEPS;
      y[at] = south / STEPS;
    }
  });
  return { x, y, firstPoint };
}

function pieces(raw, count) {
  const { x, y, firstPoint } = corners(raw),
    firstRing = new Int32Array(raw.rings.length + 1),
    bounds = new Float64Array(4 * raw.rings.length);
  raw.rings.forEach((rings, k) => {
    firstRing[k + 1] = firstRing[k] + rings;
    let [west, north, east, south] = [1, 1, 0, 0];
    for (let at = firstPoint[firstRing[k]]; at < firstPoint[firstRing[k] + 1]; at++) {
      west = Math.min(west, x[at]);
      east = Math.max(east, x[at]);
      north = Math.min(north, y[at]);
      south = Math.max(south, y[at]);
    }
    bounds.set([west, north, east, south], 4 * k);
  });
  return { site: raw.site, region: raw.region, firstRing, firstPoint, x, y, bounds, firstOfSite: new Array(count).fill(0) };
}

/** Lists by key, of the values of `value(k)` for k up to n. */
function listsOf(n, keys, value) {
  const lists = new Map();
  for (let k = 0; k < n; k++) {
    if (!lists.has(keys[k])) lists.set(keys[k], []);
    lists.get(keys[k]).push(value(k));
  }
  return lists;
}

function siteAt(first, k) {
  let low = 0,
    high = first.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (first[middle] <= k) low = middle;
    else high = middle - 1;
  }
  return low;
}
