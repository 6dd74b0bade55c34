// The theme that an address asks for, in place of the system's. The map stays light in both.

const SYSTEM = window.matchMedia.bind(window),
  SCHEME = /prefers-color-scheme:\s*(dark|light)/;
let wanted = "";

/** Whether the page is dark now. */
export const isDark = () => (wanted ? wanted === "dark" : systemIsDark());

export const systemIsDark = () => SYSTEM("(prefers-color-scheme: dark)").matches;

/** Show "dark" or "light", "" for what the system says. */
export function showTheme(theme) {
  if (theme === wanted) return;
  wanted = theme;
  // Streamlit draws its theme by what it is told of the system's, and asks again after printing: so the page changes without a reload.
  window.matchMedia = wanted
    ? (query) => SYSTEM(SCHEME.test(query) ? (SCHEME.exec(query)[1] === wanted ? "all" : "not all") : query)
    : SYSTEM;
  window.dispatchEvent(new Event("afterprint"));
}
