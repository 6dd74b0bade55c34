// How two maps lie in one frame: over each other with a divider, or beside each other.

import { t } from "../language.js";

/** A second map in the frame of another, as that is. */
export function partner(map, stage) {
  const made = document.createElement("div");
  made.className = "atlas-other";
  stage.append(made);
  return L.map(made, { ...map.options, zoomControl: false, center: map.getCenter(), zoom: map.getZoom() });
}

/** Lay two maps over each other, with a divider that pointer and keys move, or beside each other. */
export function layOut(stage, pair, maps) {
  document.documentElement.classList.add("atlas");
  stage.setAttribute("role", "main"); // the frame is a document of its own
  L.DomUtil.create("h1", "atlas-unseen", stage).textContent = t("Maps of sides A and B");
  const divider = L.DomUtil.create("div", "atlas-divider", stage);
  divider.tabIndex = 0;
  for (const [name, value] of [
    ["role", "slider"],
    ["aria-label", t("Divider between A and B")],
    ["aria-valuemin", 0],
    ["aria-valuemax", 100],
  ])
    divider.setAttribute(name, value);
  divider.title = t("Drag, or use the arrow keys");
  const split = () => {
    stage.style.setProperty("--split", `${pair.split}%`);
    divider.setAttribute("aria-valuenow", pair.split);
    divider.setAttribute("aria-valuetext", `A ${pair.split}%, B ${100 - pair.split}%`);
  };
  const mode = () => {
    stage.className = `atlas-stage ${pair.mode}`;
    divider.hidden = pair.mode !== "swipe";
    split();
    maps[0].invalidateSize({ animate: false });
  };
  divider.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 2;
    const to = {
      ArrowLeft: pair.split - step,
      ArrowRight: pair.split + step,
      ArrowDown: pair.split - step,
      ArrowUp: pair.split + step,
      Home: 0,
      End: 100,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    pair.setSplit(to);
  });
  divider.addEventListener("pointerdown", (event) => {
    divider.setPointerCapture(event.pointerId);
    const { left, width } = stage.getBoundingClientRect();
    divider.onpointermove = (move) => pair.setSplit((100 * (move.clientX - left)) / width);
    divider.onpointerup = divider.onpointercancel = () => (divider.onpointermove = null);
  });
  mode();
  const offs = [pair.on("mode", mode), pair.on("split", split), pair.on("ready", mode)];
  window.addEventListener("pagehide", () => offs.forEach((off) => off()));
}

/** Put what moves both maps above both, where no divider cuts it off. */
export function aboveBoth(map, stage, furniture) {
  // At the bottom each comes on top of those before.
  for (const control of [map.zoomControl, ...furniture].reverse()) {
    L.setOptions(control, { position: "bottomleft" });
    control.remove().addTo(map);
  }
  stage.append(map._controlCorners.bottomleft);
}
