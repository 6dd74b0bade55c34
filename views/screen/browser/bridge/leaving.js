// The way from page to page, on which nothing may be said.
//
// Streamlit draws the next page even while a run for the page that is left goes on, and the two share query and page; and what that page
// tells after the click that leads away is answered after the next page, which the answer clears where the browser has not painted it yet.
// So a click on the menu waits, for a moment, until the server is at rest, and from then on the page is silent.
//
// Back and forward do not wait. What is still on its way from the page that was left would make Streamlit push that page into the history
// again, and the entries ahead would be lost: such a push is dropped.

import { closest } from "../drawing/elements.js";
import { atRest, isBusy } from "./server.js";

const LONGEST_MS = 600; // that a click waits
const FORGIVEN_MS = 10_000; // after which the click has led nowhere, as where the server is gone
const listeners = new Set();
let from = null,
  until = 0,
  clicking = null;
let returned = null; // the page that back or forward led to
let drawn = null,
  visits = 0;

document.addEventListener(
  "click",
  (event) => {
    const link = closest(event.target, ".stPageLink a:not([disabled])");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    leave();
    listeners.forEach((listener) => listener());
    if (event.isTrusted) clearTimeout(clicking);
    if (!event.isTrusted || !isBusy()) return; // ours, or no reason to wait
    event.preventDefault();
    event.stopImmediatePropagation();
    const keep = (timer) => (clicking = timer);
    atRest(
      isBusy,
      LONGEST_MS,
      () =>
        atRest(
          () => !present(link),
          FORGIVEN_MS,
          () => (present(link) ?? link).click(),
          keep,
        ),
      keep,
    );
  },
  true,
);

/** A link, or what stands in its place since the page was drawn anew: where the old one is clicked, the browser opens a new session. */
function present(link) {
  /** @type {HTMLAnchorElement[]} */
  const links = Array.from(document.querySelectorAll(".stPageLink a"));
  return link.isConnected ? link : links.find(({ href }) => href === link.href);
}

window.addEventListener(
  "popstate",
  () => {
    clearTimeout(clicking);
    from = null;
    returned = here();
    until = performance.now() + FORGIVEN_MS;
  },
  true,
);

const { pushState } = window.history;
window.history.pushState = function (state, title, address) {
  const isStale = returned !== null && performance.now() < until && pageOf(new URL(address ?? "", window.location.href)) !== returned;
  if (!isStale) pushState.call(this, state, title, address);
};

/** Call `listener` at every click that leads to another page. */
export const whenLeft = (listener) => listeners.add(listener);

const pageOf = ({ pathname }) => pathname.split("/").pop();

/** The name of the page in the address, "" for the first one. */
export const here = () => pageOf(window.location);

/** From now on the page is being left. */
export function leave() {
  from = here();
  returned = null;
  until = performance.now() + FORGIVEN_MS;
}

/** A component is drawn: on another page than the one that was left, the way has come to its end. */
export function arrive() {
  if (here() !== from) from = null;
  if (here() !== drawn) visits++;
  drawn = here();
}

/** Number of the visit of the page that is drawn; the same one, drawn anew, is no other visit. */
export const visit = () => visits;

/** Whether a page is on the screen, by its name, and not being left. */
export const isOpen = (page) => here() === page && !(page === from && performance.now() < until);
