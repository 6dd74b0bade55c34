// The data as the browser keeps them: numbers in typed arrays, text once. docs/payload.md describes the files.

import { fetchColumns, fetchJson } from "./columns.js";
import { plain } from "./spelling.js";

const KEPT = 4; // files of evidence that stay in memory

/**
 * All that the first picture needs: places, what each is on which day (`views`, for `Track`), parties, colours.
 *
 * @returns {Promise<Payload>}
 */
export async function fetchPicture(url) {
  const { head, columns } = await fetchColumns(`${url}/picture.gz`),
    { places, scale } = head,
    views = {};
  places.province_ar = Array.from(columns.province, (code) => places.province_ar[code]);
  for (const name of ["admin1", "province", "feature"]) {
    const words = places[name];
    places[name] = Array.from(columns[name], (code) => words[code]);
  }
  for (const name of ["longitude", "latitude"]) places[name] = Float64Array.from(columns[name], (value) => value / scale);
  places.rank = columns.rank;
  for (const view of head.views) {
    const counts = columns[`${view}.counts`],
      offsets = new Int32Array(counts.length + 1);
    counts.forEach((count, i) => (offsets[i + 1] = offsets[i] + count));
    views[view] = { offsets, days: columns[`${view}.days`], codes: columns[`${view}.codes`] };
  }
  return { ...head, views };
}

/** The events, in the order of time. A million of them are a few numbers each; an object is made of one when it is asked for. */
export class Events {
  constructor({ head, columns }) {
    /** @type {EventType[]} */
    this.types = head.types;
    /** @type {{ id: string, name: string, name_ar: string }[]} */
    this.claimants = head.claimants;
    /** @type {number[][]} the claimants who claim an event, by their indices */
    this.groups = head.groups;
    this.place = columns.place;
    this.party = columns.party;
    this.previous = columns.previous;
    this.day = columns.day;
    this.date_earliest = columns.date_earliest; // days from `day` on, like the next two
    this.date_latest = columns.date_latest;
    this.until = columns.until;
    this.type = columns.type;
    this.group = columns.group;
    this.length = this.place.length;
  }

  static async fetch(url) {
    return new Events(await fetchColumns(`${url}/events.gz`));
  }

  typeOf(k) {
    return this.types[this.type[k]];
  }

  earliest(k) {
    return this.day[k] + this.date_earliest[k];
  }

  latest(k) {
    return this.day[k] + this.date_latest[k];
  }

  /**
   * One event as an object; days are null where no source gives one, `until` is null where it is open.
   *
   * @returns {AtlasEvent}
   */
  at(k) {
    const type = this.typeOf(k),
      day = type.date ? this.day[k] : null;
    return {
      ...type,
      number: k,
      place: this.place[k],
      party: this.party[k],
      previous: this.previous[k],
      day,
      earliest: type.date_earliest ? this.earliest(k) : null,
      latest: type.date_latest ? this.latest(k) : null,
      until: type.until ? day + this.until[k] : null,
    };
  }

  /** Number of the first event after a day. */
  firstAfter(day) {
    let low = 0,
      high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.day[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Numbers of the events of a place, in the order of time. */
  of(place) {
    const found = [];
    for (let k = this.place.indexOf(place); k >= 0; k = this.place.indexOf(place, k + 1)) found.push(k);
    return found;
  }
}

/** Spellings of every place, each as `plain` gives it; fetched once. */
export class Spellings {
  constructor(url, { name, name_ar }) {
    this.url = url;
    this.coming = null;
    this.all = name.map((one, i) => [plain(one), plain(name_ar[i])].filter(Boolean)); // until the others are here
  }

  fetch() {
    return (this.coming ??= fetchJson(`${this.url}/names.gz`).then(
      (all) => (this.all = all.map((names) => [...new Set(names.map(plain))])),
    ));
  }
}

/** Reasons, claims and documents behind the events: a file for each run of places, fetched when one of them is asked for. */
export class Evidence {
  constructor(url, shards) {
    this.url = url;
    this.shards = shards;
    this.files = new Map(); // in the order of their last use
    this.here = new Map(); // of these, what has come
  }

  /** Fetch everything, where it is little enough to stay in memory. */
  async all() {
    if (this.shards.length <= KEPT) await Promise.all(this.shards.map((place) => this.about(place)));
  }

  /**
   * Everything said about a place's events: `of(number)` gives an event's reason, and numbers of `claims` for and against it.
   *
   * @returns {Promise<EvidenceFile>}
   */
  async about(place) {
    let shard = this.shards.length - 1;
    while (shard > 0 && this.shards[shard] > place) shard--;
    const wanted = this.files.get(shard) ?? fetchJson(`${this.url}/evidence-${shard}.gz`).then(readable);
    this.files.delete(shard);
    this.files.set(shard, wanted);
    if (this.files.size > KEPT) {
      const [oldest] = this.files.keys();
      this.files.delete(oldest);
      this.here.delete(oldest);
    }
    try {
      const found = await wanted;
      if (this.files.has(shard)) this.here.set(shard, found);
      return found;
    } catch (problem) {
      this.files.delete(shard); // the next one who asks tries again
      throw problem;
    }
  }
}

/** @returns {EvidenceFile} */
function readable({ events, reasons, supporting, opposing, claims, documents }) {
  const said = new Map(events.map((number, i) => [number, { reason: reasons[i], supporting: supporting[i], opposing: opposing[i] }]));
  return { said, of: (number) => said.get(number), claims, documents };
}
