// The map's own document, which folium makes: its styles, its language, and whether things may move in it.

import { name, speak } from "../language.js";

/** Whether nothing is to fly or slide. */
export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Let the map speak the language of its page. */
export async function speakAs(language) {
  await speak(language);
  document.documentElement.lang = name(); // the map itself runs from left to right in every language
}

/** Resolves when every stylesheet has loaded or failed. */
export function styled() {
  /** @type {HTMLLinkElement[]} */
  const links = Array.from(document.querySelectorAll("link[rel=stylesheet]"));
  const awaited = links.filter((link) => !link.sheet);
  return Promise.all(
    awaited.map(
      (link) =>
        new Promise((resolve) => {
          link.addEventListener("load", resolve, { once: true });
          link.addEventListener("error", resolve, { once: true });
        }),
    ),
  );
}
