// A page that is being left must not speak. What it tells the server after the click that leads away is answered after the next page, and
// where the browser has not painted that one yet, Streamlit takes the answer for a new page of its own and clears the one just drawn.

const FORGIVEN_MS = 10_000; // after which the click has led nowhere, as where the server is gone
const mounted = new WeakMap(); // path of the page that an element was made for
let from = null, until = 0;

document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey, button }) => {
  const link = target.closest?.(".stPageLink a:not([disabled])");
  if (link && !(ctrlKey || metaKey || shiftKey || button)) leave();
}, true);

/** From now on the page is being left. */
export function leave() {
  from = window.location.pathname;
  until = performance.now() + FORGIVEN_MS;
}

/** The component, silent once its page is being left. */
export function polite(component) {
  const { parentElement, setStateValue, setTriggerValue } = component;
  if (window.location.pathname !== from) from = null; // arrived
  if (!mounted.has(parentElement)) mounted.set(parentElement, window.location.pathname);
  const path = mounted.get(parentElement);
  const mayTell = () => {
    const here = window.location.pathname;
    return here === path && (here !== from || performance.now() > until);
  };
  return {
    ...component,
    setStateValue: (name, value) => mayTell() && setStateValue(name, value),
    setTriggerValue: (name, value) => mayTell() && setTriggerValue(name, value),
  };
}
