// The data as the browser keeps them: numbers in typed arrays, text once. docs/payload.md describes the files.

import { fetchColumns, fetchJson } from "./columns.js";

const KEPT = 4; // files of evidence that stay in memory

/** All that the first picture needs: places, what each is on which day (`views`, for `Track`), parties, colours. */
export async function fetchPicture(url) {
  const { head, columns } = await fetchColumns(`${url}/picture.gz`), { places, scale } = head, views = {};
  for (const name of ["admin1", "province", "feature"]) {
    const words = places[name];
    places[name] = Array.from(columns[name], (code) => words[code]);
  }
  for (const name of ["longitude", "latitude"]) places[name] = Float64Array.from(columns[name], (value) => value / scale);
  places.rank = columns.rank;
  for (const view of head.views) {
    const counts = columns[`${view}.counts`], offsets = new Int32Array(counts.length + 1);
    counts.forEach((count, i) => (offsets[i + 1] = offsets[i] + count));
    views[view] = { offsets, days: columns[`${view}.days`], codes: columns[`${view}.codes`] };
  }
  return { ...head, views };
}

/** The events, in the order of time. A million of them are a few numbers each; an object is made of one when it is asked for. */
export class Events {
  constructor({ head, columns }) {
    Object.assign(this, columns); // place, party, previous, day, date_earliest, date_latest, until, type
    this.types = head.types;
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

  /** One event as an object; days are null where no source gives one, `until` is null where it is open. */
  at(k) {
    const type = this.typeOf(k), day = type.date ? this.day[k] : null;
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
    let low = 0, high = this.length;
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

/** Reasons, claims and documents behind the events: a file for each run of places, fetched when one of them is asked for. */
export class Evidence {
  constructor(url, shards) {
    this.url = url;
    this.shards = shards;
    this.files = new Map(); // in the order of their last use
  }

  /** Everything said about a place's events: `of(number)` gives an event's reason, and numbers of `claims` for and against it. */
  async about(place) {
    let shard = this.shards.length - 1;
    while (shard > 0 && this.shards[shard] > place) shard--;
    const wanted = this.files.get(shard) ?? fetchJson(`${this.url}/evidence-${shard}.gz`).then(readable);
    this.files.delete(shard);
    this.files.set(shard, wanted);
    if (this.files.size > KEPT) this.files.delete(this.files.keys().next().value);
    try {
      return await wanted;
    } catch (problem) {
      this.files.delete(shard); // the next one who asks tries again
      throw problem;
    }
  }
}

function readable({ events, reasons, supporting, opposing, claims, documents }) {
  const row = new Map(events.map((number, i) => [number, i]));
  const of = (number) => {
    const i = row.get(number);
    return { reason: reasons[i], supporting: supporting[i], opposing: opposing[i] };
  };
  return { of, claims, documents };
}
