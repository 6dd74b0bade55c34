// Whether Streamlit's server is at work for this page.

const BEGUN_MS = 400; // in which it has surely begun with what it was told, even if no sign of it came
const LOOK_MS = 30;
let told = { at: -BEGUN_MS, runs: 0 }, runs = 0, watched = null;

const appElement = () => document.querySelector("[data-testid=stApp]");

/** Whether it says that it is at work. */
export const isRunning = () => appElement()?.dataset.testScriptState === "running";

/** Whether it is at work, or about to be. */
export function isBusy() {
  const app = appElement();
  if (app && app !== watched) {
    watched = app;
    new MutationObserver(() => runs++).observe(app, { attributeFilter: ["data-test-script-state"] });
  }
  return isRunning() || (runs === told.runs && performance.now() - told.at < BEGUN_MS);
}

/** It is being told something now. */
export function hasBeenTold() {
  told = { at: performance.now(), runs };
}

/** Call `then` once it is no longer `busy`, after so many milliseconds anyway; `keep` is given the timer. */
export function atRest(busy, longest, then, keep = () => {}) {
  const begun = performance.now();
  const look = () => (busy() && performance.now() - begun < longest ? keep(setTimeout(look, LOOK_MS)) : then());
  look();
}
