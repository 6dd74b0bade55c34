// Reads the files of columns that docs/payload.md describes.

import { inflated } from "../gzip.js";
import { t } from "../language.js";

const ARRAYS = { u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, i4: Int32Array };

const failure = (status) => t("The data could not be loaded ({status}).", { status });

export async function fetchJson(url) {
  return (await inflated(url, failure)).json();
}

/** { head, columns }: plain JSON, and typed arrays by name. */
export async function fetchColumns(url) {
  return unpacked(await (await inflated(url, failure)).arrayBuffer());
}

export function unpacked(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const { head, columns: described } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const columns = {};
  let at = 4 + length;
  for (const [name, count, kind, kept, differences] of described) {
    const bytes = ARRAYS[kept].BYTES_PER_ELEMENT;
    columns[name] = column(new Uint8Array(buffer, at, count * bytes), count, new ARRAYS[kind](count), bytes, kept[0] === "i", differences);
    at += count * bytes;
  }
  return { head, columns };
}

/** All lowest bytes of the numbers come first, then the next ones; `differences`: each number is added to the one before. */
function column(planes, count, values, bytes, signed, differences) {
  const unused = 32 - 8 * bytes;
  let before = 0;
  for (let k = 0; k < count; k++) {
    let number = 0;
    for (let plane = 0; plane < bytes; plane++) number |= planes[plane * count + k] << (8 * plane);
    if (signed) number = (number << unused) >> unused;
    if (differences) number = before += number;
    values[k] = number;
  }
  return values;
}
