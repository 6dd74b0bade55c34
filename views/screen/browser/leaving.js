// The way from page to page, on which nothing may be said.
//
// Streamlit draws the next page even while a run for the page that is left goes on, and the two share query and page; and what that page
// tells after the click that leads away is answered after the next page, which the answer clears where the browser has not painted it yet.
// So a click on the menu waits, for a moment, until the server is at rest, and from then on the page is silent.

import { atRest, isBusy } from "./server.js";

const LONGEST_MS = 600; // that a click waits
const FORGIVEN_MS = 10_000; // after which the click has led nowhere, as where the server is gone
const listeners = new Set();
let from = null, until = 0, clicking = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".stPageLink a:not([disabled])");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  leave();
  listeners.forEach((listener) => listener());
  if (event.isTrusted) clearTimeout(clicking);
  if (!event.isTrusted || !isBusy()) return; // ours, or no reason to wait
  event.preventDefault();
  event.stopImmediatePropagation();
  atRest(isBusy, LONGEST_MS, () => link.click(), (timer) => (clicking = timer));
}, true);

/** Call `listener` at every click that leads to another page. */
export const whenLeft = (listener) => listeners.add(listener);

/** The name of the page in the address, "" for the first one. */
export const here = () => window.location.pathname.split("/").pop();

/** From now on the page is being left. */
export function leave() {
  from = here();
  until = performance.now() + FORGIVEN_MS;
}

/** Where a component is drawn on another page than the one that was left, the way has come to its end. */
export function arrive() {
  if (here() !== from) from = null;
}

/** Whether a page is on the screen, by its name, and not being left. */
export const isOpen = (page) => here() === page && !(page === from && performance.now() < until);
