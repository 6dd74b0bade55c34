// The page on paper: maps and timeline as wide as the sheet, and a line that says where the picture is.

import { shownAtlases } from "../state/atlas.js";
import { longDate, today } from "../dates.js";
import { t } from "../language.js";
import { element } from "../drawing/elements.js";

const SHEET_PX = [1040, 640]; // A4 across without its margins, title and sources, at 96 pixels an inch: page.css prints it so

/** Keep the page ready for printing; returns what ends it. */
export function readyToPrint() {
  const line = element("p", "printed");
  const prepare = () => {
    const stage = document.querySelector(".st-key-stage, .st-key-overview, .st-key-pair"),
      { style } = document.documentElement;
    shownAtlases().forEach((atlas) => atlas.settle()); // so that the address says all of what is shown
    document.querySelector(".st-key-sources")?.append(line);
    line.textContent = [t("Printed on {day}", { day: longDate(today()) }), window.location.href].join(" · ");
    if (!stage) return;
    // A canvas is not drawn anew for the sheet: the stage keeps its size, and is shrunk to fit.
    const { width, height } = stage.getBoundingClientRect(),
      map = stage.querySelector("iframe");
    style.setProperty("--stage-width", `${width}px`);
    if (map) style.setProperty("--stage-map", `${map.getBoundingClientRect().height}px`);
    style.setProperty("--stage-zoom", String(Math.min(1, SHEET_PX[0] / width, SHEET_PX[1] / height)));
  };
  const away = () => line.remove();
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", away);
  return () => {
    away();
    window.removeEventListener("beforeprint", prepare);
    window.removeEventListener("afterprint", away);
  };
}
