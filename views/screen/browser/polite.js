// What the page's components tell the server, one after another, and the way from page to page.
//
// Of two components that tell something at once, Streamlit runs the fragment of one, and the other would wait for its answer in vain. And its
// server starts a new run for what it is told while the last run has just ended, and throws away what that run had still to send. So one
// component speaks at a time, and none before the server is at rest. Another page is drawn even while a run for the page that is
// left goes on, and the two share query and page; and what that page tells after the click that leads away is answered after the next page,
// which the answer clears where the browser has not painted it yet. So a click on the menu waits, for a moment, until the server is at rest,
// and from then on the page is silent.

const LONGEST_CLICK_MS = 600; // that a click waits
const LONGEST_MS = 5000; // that anything else waits
const BEGUN_MS = 400; // in which the server has surely begun with what it was told, even if no sign of it came
const ACTING_MS = 120; // in which Streamlit has sent what a hand did
const FORGIVEN_MS = 10_000; // after which the click has led nowhere, as where the server is gone
const LOOK_MS = 30;
const pending = new Map(); // what is to be told, by name, by component in their order; the latest counts
let from = null, until = 0, told = { at: -BEGUN_MS, runs: 0 }, runs = 0, acted = -ACTING_MS, clicking = null, telling = null, watched = null;

/** Whether the server is at work, or about to be. */
function isBusy() {
  const app = document.querySelector("[data-testid=stApp]");
  if (app && app !== watched) {
    watched = app;
    new MutationObserver(() => runs++).observe(app, { attributeFilter: ["data-test-script-state"] });
  }
  return app?.dataset.testScriptState === "running" || (runs === told.runs && performance.now() - told.at < BEGUN_MS);
}

/** Whether a hand has just acted, perhaps on one of Streamlit's own fields, which shall be heard first. */
const isActing = () => performance.now() - acted < ACTING_MS;
for (const type of ["pointerup", "click", "keydown"]) document.addEventListener(type, ({ isTrusted }) => isTrusted && (acted = performance.now()), true);

/** Call `then` once it is no longer `busy`, after so many milliseconds anyway; `keep` is given the timer. */
function atRest(busy, longest, then, keep) {
  const begun = performance.now();
  const look = () => (busy() && performance.now() - begun < longest ? keep(setTimeout(look, LOOK_MS)) : then());
  look();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".stPageLink a:not([disabled])");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  leave();
  pending.clear();
  if (event.isTrusted) clearTimeout(clicking);
  if (!event.isTrusted || !isBusy()) return; // ours, or no reason to wait
  event.preventDefault();
  event.stopImmediatePropagation();
  atRest(isBusy, LONGEST_CLICK_MS, () => link.click(), (timer) => (clicking = timer));
}, true);

/** The name of the page in the address, "" for the first one. */
const here = () => window.location.pathname.split("/").pop();

/** From now on the page is being left. */
export function leave() {
  from = here();
  until = performance.now() + FORGIVEN_MS;
}

function speak() {
  telling = 0; // until it is known to wait
  atRest(() => isBusy() || isActing(), LONGEST_MS, () => {
    const [first] = pending;
    telling = null;
    if (!first) return;
    const [component, said] = first;
    pending.delete(component);
    told = { at: performance.now(), runs };
    if (pending.size) setTimeout(speak);
    said.forEach((say) => say());
  }, (timer) => (telling = timer));
}

/** A component that tells what it has to tell when the server is at rest, and nothing once its page is being left; its data name the page. */
export function polite(component) {
  const { parentElement, data: { page }, setStateValue, setTriggerValue } = component;
  if (here() !== from) from = null; // arrived
  const tell = (set, name, value) => {
    if (here() !== page || (page === from && performance.now() < until)) return;
    if (!pending.has(parentElement)) pending.set(parentElement, new Map());
    pending.get(parentElement).set(name, () => here() === page && set(name, value));
    if (telling === null) speak();
  };
  return {
    ...component,
    setStateValue: (name, value) => tell(setStateValue, name, value),
    setTriggerValue: (name, value) => tell(setTriggerValue, name, value),
  };
}
