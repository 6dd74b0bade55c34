// The way from page to page. Streamlit's server draws the next page while it may still be at work for the one that is left, and the two runs
// share query and page; and what a page tells after the click that leads away is answered after the next page, which that answer can clear,
// where the browser has not painted it yet. So a click waits, for a moment, until the server is at rest, and from then on the page is silent.

const LONGEST_MS = 600; // that a click waits
const TOLD_MS = 250; // in which the server has surely begun with what it was told
const FORGIVEN_MS = 10_000; // after which the click has led nowhere, as where the server is gone
const LOOK_MS = 30;
let from = null, until = 0, told = -TOLD_MS, waiting = null;

const isBusy = () => performance.now() - told < TOLD_MS || document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "running";

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".stPageLink a:not([disabled])");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  leave();
  if (event.isTrusted) clearTimeout(waiting);
  if (!event.isTrusted || !isBusy()) return; // ours, or no reason to wait
  event.preventDefault();
  event.stopImmediatePropagation();
  const begun = performance.now();
  const look = () => {
    if (isBusy() && performance.now() - begun < LONGEST_MS) waiting = setTimeout(look, LOOK_MS);
    else link.click();
  };
  look();
}, true);

/** The name of the page in the address, "" for the first one. */
const here = () => window.location.pathname.split("/").pop();

/** From now on the page is being left. */
export function leave() {
  from = here();
  until = performance.now() + FORGIVEN_MS;
}

/** A component, silent once its page is being left; its data name the page. */
export function polite(component) {
  const { data: { page }, setStateValue, setTriggerValue } = component;
  if (here() !== from) from = null; // arrived
  const tell = (set, name, value) => {
    if (here() !== page || (page === from && performance.now() < until)) return;
    told = performance.now();
    set(name, value);
  };
  return {
    ...component,
    setStateValue: (name, value) => tell(setStateValue, name, value),
    setTriggerValue: (name, value) => tell(setTriggerValue, name, value),
  };
}
