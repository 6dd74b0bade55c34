// At the end of the title line, on every page: patterns beside colours, dark or light, and which keys there are.

import { theAtlas } from "../state/atlas.js";
import { isTyping } from "../keys.js";
import { promptDownloads } from "../bridge/downloads.js";
import { t } from "../language.js";
import { readyToPrint } from "../bridge/printing.js";
import { whenForgotten } from "../bridge/server.js";
import { element } from "../drawing/elements.js";
import { isDark, showTheme, systemIsDark } from "../bridge/theme.js";

const mounted = new WeakMap();
// Drawn, since not every machine has a font with such symbols.
const ICONS = {
  pattern: "M1 1h14v14H1zM2.4 2.4v4.2l4.2-4.2zM8.6 2.4 2.4 8.6v3l9.2-9.2zM13.6 2.9 2.9 13.6h3.2l7.5-7.5zM13.6 8.2l-5.4 5.4h5.4z",
  theme: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6v10.8A5.4 5.4 0 0 1 8 2.6z",
};
const keys = () => [
  ["/", t("find a place: ↑ ↓ to an answer, Enter to go there")],
  ["← →", t("a day back or on")],
  ["⇧ ←  ⇧ →", t("previous or next change")],
  ["↑ ↓", t("previous or next change of the chosen place")],
  ["Home  End", t("first or last day")],
  [t("Space"), t("play or pause")],
  ["+  −", t("faster or slower")],
  ["D", t("type a date, or a range")],
  ["R", t("a range of days")],
  ["L", t("play again and again")],
  ["P", t("patterns beside colours")],
  ["F", t("filters of the events")],
  ["Esc", t("close the place")],
  ["?", t("this list")],
];

export function mount({ parentElement, data, setTriggerValue }) {
  let tools = mounted.get(parentElement);
  if (!tools) mounted.set(parentElement, (tools = new Tools(parentElement, data)));
  tools.tell = (look) => setTriggerValue("look", look);
  tools.renew = () => setTriggerValue("renewed", Date.now());
  return () => {
    tools.end();
    mounted.delete(parentElement);
  };
}

class Tools {
  constructor(root, { theme, pattern }) {
    this.atlas = theAtlas();
    this.tell = this.renew = null; // tell the server the look, or that the page must be drawn anew
    const { atlas } = this;
    atlas.openLook({ theme, pattern: Boolean(pattern) });
    this.told = JSON.stringify({ theme, pattern }); // what the server knows
    const button = (title, content, act) => {
      const made = element("button", "", null, content);
      made.type = "button";
      made.title = title;
      made.setAttribute("aria-label", title);
      made.addEventListener("click", act);
      return made;
    };
    this.pattern = button(t("Patterns beside colours (P)"), icon("pattern"), () => atlas.setPattern(!atlas.pattern));
    this.theme = button(t("Dark or light"), icon("theme"), () => {
      const theme = isDark() ? "light" : "dark";
      atlas.setTheme((theme === "dark") === systemIsDark() ? "" : theme); // what the system shows anyway need not be said
    });
    const help = button(t("Keys (?)"), "?", () => this.help());
    this.dialog = element("dialog", "keys");
    root.append(element("div", "tools", null, this.pattern, this.theme, help, this.dialog));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    // Where there is a timeline, it takes all keys.
    const press = (event) => {
      if (event.key !== "?" || atlas.mounted || event.defaultPrevented || isTyping(event)) return;
      event.preventDefault();
      this.help();
    };
    document.addEventListener("keydown", press);
    const offs = [
      atlas.on("look", () => this.show()),
      atlas.on("help", () => this.help()),
      atlas.whenReady(() => this.show()),
      () => document.removeEventListener("keydown", press),
      readyToPrint(),
      promptDownloads(),
      whenForgotten(() => this.renew()), // this component belongs to no fragment: the whole page runs
    ];
    this.end = () => offs.forEach((off) => off());
    this.show();
  }

  show() {
    const { atlas } = this;
    showTheme(atlas.theme);
    this.pattern.ariaPressed = String(atlas.pattern);
    this.theme.ariaPressed = String(isDark());
    if (!atlas.mounted) this.report();
  }

  /** Where no timeline speaks for the page, its address and the server hear of it from here. */
  report() {
    const { theme, pattern } = this.atlas,
      said = new URLSearchParams(window.location.search);
    const look = { theme, pattern: pattern ? "1" : "" };
    for (const [name, value] of Object.entries(look)) value ? said.set(name, value) : said.delete(name);
    const query = said.size ? `?${said}` : "";
    if (query !== window.location.search) window.history.replaceState(window.history.state, "", window.location.pathname + query);
    const saying = JSON.stringify(look);
    if (saying !== this.told) this.tell?.(look);
    this.told = saying;
  }

  help() {
    const rows = keys().flatMap(([key, what]) => [element("dt", "", null, element("kbd", "", key)), element("dd", "", what)]);
    const close = element("button", "close", "✕");
    close.type = "button";
    close.title = t("Close (Esc)");
    close.setAttribute("aria-label", close.title);
    close.addEventListener("click", () => this.dialog.close());
    const heading = element("h2", "", t("Keys"));
    heading.id = "keys";
    this.dialog.setAttribute("aria-labelledby", heading.id);
    this.dialog.replaceChildren(heading, close, element("dl", "", null, ...rows));
    if (!this.dialog.open) this.dialog.showModal();
  }
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"),
    path = document.createElementNS(svg.namespaceURI, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
