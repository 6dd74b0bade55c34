// Elements of a page; text is only ever set as text.

import { isEnglish } from "../language.js";

/** An element with text of the data, which is English whatever the page is. */
export const verbatim = (tag, className, text) => Object.assign(element(tag, className, text), { lang: "en", dir: "ltr" });

/** A heading with the name of a place in the present language, then in the other one. */
export function placeHeading(name, arabic) {
  const [own, other] = isEnglish() || !arabic ? [name, arabic] : [arabic, name],
    also = element("bdi", "", other);
  also.lang = isEnglish() ? "ar" : "en";
  return element("h2", "", null, element("bdi", "", own), " ", also);
}

/** An element with a class and text; text is only ever set as text. */
export function element(tag, className = "", text = null, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

/**
 * The nearest element around what an event happened to that fits a selector, itself included; null where it happened to no element.
 *
 * @returns {HTMLElement | null}
 */
export const closest = (target, selector) => target.closest?.(selector) ?? null;
