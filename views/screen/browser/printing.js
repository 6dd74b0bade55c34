// The page on paper: the stage as wide as the sheet, and a line that says what it shows and where it is.

import { longDate, today } from "./dates.js";
import { t } from "./language.js";

const SHEET_PX = [1040, 640]; // A4 across without its margins, title and sources, at 96 pixels an inch: page.css prints it so

/** Keep the page ready for printing, `line` being the element for what it says; returns what ends it. */
export function readyToPrint(atlas, line) {
  const prepare = () => {
    const stage = document.querySelector(".st-key-stage, .st-key-overview");
    if (!stage || !atlas.payload) return;
    // A canvas is not drawn anew for the sheet: the stage keeps its size, and is shrunk to fit.
    const { width, height } = stage.getBoundingClientRect(), map = stage.querySelector("iframe"), { style } = document.documentElement;
    style.setProperty("--stage-width", `${width}px`);
    if (map) style.setProperty("--stage-map", `${map.getBoundingClientRect().height}px`);
    style.setProperty("--stage-zoom", Math.min(1, SHEET_PX[0] / width, SHEET_PX[1] / height));
    line.textContent = [t("Printed on {day}", { day: longDate(today()) }), window.location.href].join(" · ");
  };
  window.addEventListener("beforeprint", prepare);
  return () => window.removeEventListener("beforeprint", prepare);
}
