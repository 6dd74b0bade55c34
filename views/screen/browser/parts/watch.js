// Between the page and the parts that the server draws below the map: it hears when the map has been drawn, in which view and, if it wants
// to, on which day; and it can send the map to a day.

import { theAtlas } from "../state/atlas.js";
import { dayOf, isoOf } from "../dates.js";

const NARROW_PX = 640; // as in the styles
const AGAIN_MS = [1500, 6000];
const mounted = new WeakMap();
let obeyed = 0; // of what a page asked for, so that nothing is done twice

const mapIsDrawn = () => Array.from(window.frames).some((frame) => frame.atlasDrawn);

export function mount({ parentElement, data, setStateValue }) {
  const atlas = theAtlas();
  let watch = mounted.get(parentElement);
  if (!watch) {
    mounted.set(parentElement, (watch = {}));
    const tell = () => watch.tell?.();
    // The events come after the first picture.
    watch.offs = [atlas.on("feed", tell), atlas.on("drawn", tell), atlas.on("view", tell), atlas.on("rest", () => watch.days && tell())];
  }
  watch.days = data.days;
  watch.tell = data.goto
    ? null
    : () => {
        if (!atlas.feed || !mapIsDrawn()) return; // what the server then makes would keep the map waiting
        const seen = { view: atlas.view, data: atlas.url, narrow: window.innerWidth <= NARROW_PX, date: data.days ? isoOf(atlas.day) : "" };
        const said = JSON.stringify(seen);
        if (said === watch.said) return;
        watch.said = said;
        // What is told while the page is being drawn anew can be lost, so it is told again.
        clearTimeout(watch.again);
        const again = (tries) => {
          setStateValue("seen", { ...seen, tries });
          if (tries < AGAIN_MS.length) watch.again = setTimeout(() => again(tries + 1), AGAIN_MS[tries]);
        };
        again(0);
      };
  watch.tell?.();
  if (data.goto && data.nonce > obeyed) {
    obeyed = data.nonce;
    atlas.jump(atlas.from, dayOf(data.goto));
  }
  return () => {
    clearTimeout(watch.again);
    watch.offs.forEach((off) => off());
    mounted.delete(parentElement);
  };
}
