// What the page's components tell the server, one component after another.
//
// Of two that tell something in one turn, be they components or fields of its own, Streamlit runs the fragment of one, and the other waits in
// vain, even where it asked for the whole page. And its server starts a new run for what it is told while the last run has just ended, and
// throws away what that run had still to send. So one component speaks at a time, none before the server is at rest, none just after a hand
// has acted on a field of Streamlit's own, and none on a page that is being left.

import { closest } from "../drawing/elements.js";
import { arrive, here, isOpen, whenLeft } from "./leaving.js";
import { atRest, hasBeenTold, hasShown, isBusy, isConnected } from "./server.js";

const LONGEST_MS = 5000; // that anything waits
const ACTING_MS = 120; // in which Streamlit has sent what a hand did
const COMPONENT = "[data-testid^=stBidiComponent]"; // ours
const pending = new Map(); // what is to be told, by name, by component in their order; the latest counts
let acted = -ACTING_MS,
  isWaiting = false;

const isActing = () => performance.now() - acted < ACTING_MS;
for (const type of ["pointerup", "click", "keydown"]) {
  document.addEventListener(
    type,
    ({ isTrusted, target }) => {
      if (isTrusted && target !== document.body && !closest(target, COMPONENT)) acted = performance.now();
    },
    true,
  );
}

whenLeft(() => pending.clear());

/** Whether something is still to be told, or to be answered. */
export const isTelling = () => pending.size > 0 || isBusy();

function speak() {
  isWaiting = true;
  atRest(
    () => !isConnected() || isBusy() || isActing(),
    LONGEST_MS,
    () => {
      if (!isConnected()) return speak(); // it would hear nothing
      isWaiting = false;
      const [first] = pending;
      if (!first) return;
      const [component, said] = first;
      pending.delete(component);
      hasBeenTold();
      if (pending.size) setTimeout(speak);
      said.forEach((say) => say());
    },
  );
}

/** A component that tells what it has to tell when the server is at rest, and nothing once its page is being left; its data name the page. */
export function polite(component) {
  const {
    parentElement,
    data: { page },
    setStateValue,
    setTriggerValue,
  } = component;
  arrive();
  hasShown();
  const tell = (set, name, value) => {
    if (!isOpen(page)) return;
    if (!pending.has(parentElement)) pending.set(parentElement, new Map());
    pending.get(parentElement).set(name, () => here() === page && set(name, value));
    if (!isWaiting) speak();
  };
  return {
    ...component,
    setStateValue: (name, value) => tell(setStateValue, name, value),
    setTriggerValue: (name, value) => tell(setTriggerValue, name, value),
  };
}
