// What is exported is what is on the screen: a click in the export menu, or on any download, waits until the server has heard of that.

import { closest } from "../drawing/elements.js";
import { shownAtlases } from "../state/atlas.js";
import { isTelling } from "./polite.js";
import { atRest } from "./server.js";

const EXPORTS = "[data-testid=stDownloadButton] button, [data-testid=stPopoverBody] button";
const LONGEST_MS = 10_000;

/** Let exports wait from now on; returns what ends it. */
export function promptDownloads() {
  const hold = (event) => {
    const button = closest(event.target, EXPORTS);
    if (!button || !event.isTrusted) return;
    shownAtlases().forEach((atlas) => atlas.settle());
    if (!isTelling()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    atRest(isTelling, LONGEST_MS, () => button.click());
  };
  document.addEventListener("click", hold, true);
  return () => document.removeEventListener("click", hold, true);
}
