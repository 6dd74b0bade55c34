// Whether Streamlit's server is at work for this page, and whether it still knows it.

const BEGUN_MS = 3000; // in which it has surely begun with what it was told, even if no sign of it came
const SETTLED_MS = 100; // after which it surely does not go on with what else it was told
const ASKED_MS = 500; // in which Streamlit has asked for the page, if it does
const LOOK_MS = 30;
const forgotten = new Set();
let told = -BEGUN_MS,
  sign = -SETTLED_MS,
  watched = null,
  isLost = false;

/** @returns {HTMLElement | null} */
const appElement = () => document.querySelector("[data-testid=stApp]");

/** Whether it says that it is at work. */
export const isRunning = () => appElement()?.dataset.testScriptState === "running";

/** Whether there is a connection to it. */
export const isConnected = () => appElement()?.dataset.testConnectionState === "CONNECTED";

/** Whether it is at work, or about to be. */
export function isBusy() {
  watch();
  const now = performance.now();
  return isRunning() || now - sign < SETTLED_MS || (sign < told && now - told < BEGUN_MS);
}

/** It is being told something now. */
export function hasBeenTold() {
  told = performance.now();
}

/** It has begun, ended or sent something. */
export function hasShown() {
  sign = performance.now();
}

/** Call `then` once it is no longer `busy`, after so many milliseconds anyway; `keep` is given the timer. */
export function atRest(busy, longest, then, keep = (_timer) => {}) {
  const begun = performance.now();
  const look = () => (busy() && performance.now() - begun < longest ? keep(setTimeout(look, LOOK_MS)) : then());
  look();
}

/**
 * Call `listener` where the connection has come back, perhaps to a server that was started anew, and nobody has asked for the page. Streamlit
 * asks by itself only where its last run was one of a part, or was cut off. Returns what ends it.
 */
export function whenForgotten(listener) {
  watch();
  forgotten.add(listener);
  return () => forgotten.delete(listener);
}

function watch() {
  const app = appElement();
  if (!app || app === watched) return;
  watched = app;
  new MutationObserver((changes) => {
    if (changes.some(({ attributeName }) => attributeName === "data-test-script-state")) hasShown();
    if (!isConnected()) isLost = true;
    else if (isLost) back();
  }).observe(app, { attributeFilter: ["data-test-script-state", "data-test-connection-state"] });
}

function back() {
  isLost = false;
  const before = sign;
  setTimeout(() => sign === before && !isRunning() && forgotten.forEach((listener) => listener()), ASKED_MS);
}
