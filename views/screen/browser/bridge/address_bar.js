// The state in the address bar. A deliberate act makes an entry of the browser's history; scrubbing and playing only rewrite the last one.

import { name, t } from "../language.js";
import { queryOf, saidIn } from "../state/permalink.js";
import { visit } from "./leaving.js";
import { isRunning } from "./server.js";

const SAID_MS = 2000;

/** Copy the address of the page; the button says for a moment whether that worked. */
export async function copyAddress(button) {
  try {
    await navigator.clipboard.writeText(window.location.href);
    button.dataset.said = t("Link copied");
  } catch {
    button.dataset.said = t("Copy it from the address bar");
  }
  setTimeout(() => delete button.dataset.said, SAID_MS);
}

const AGAIN_MS = 1500;
const MOST_TRIES = 5;
let awaited = null; // the province that the way back led to, "" for all of them, until the server has drawn it
let followed = 0; // the visit of a page whose address was followed last
let popped = null; // the address that the way back led to while there was no timeline to go there

window.addEventListener("popstate", () => (popped = window.location.href), true);

export class AddressBar {
  /** `elsewhere(state)` is called for an address of this page that the server must draw, since it is about another province. */
  constructor(atlas, elsewhere) {
    this.atlas = atlas;
    this.path = window.location.pathname;
    this.elsewhere = elsewhere;
    this.off = atlas.on("act", () => this.act());
    this.back = (event) => this.goBack(event);
    // Streamlit listens, too, and would run the whole page again; in the capturing phase we come first.
    window.addEventListener("popstate", this.back, true);
  }

  end() {
    this.off();
    clearTimeout(this.asking);
    window.removeEventListener("popstate", this.back, true);
  }

  /** Whether the address says all there is: we wrote it. */
  get isWhole() {
    return new URLSearchParams(window.location.search).has("view");
  }

  /** Whether the address is still one of this page. */
  get isHere() {
    return window.location.pathname === this.path;
  }

  /** Before a deliberate act: the entry that is left says where one was. */
  act() {
    if (this.atlas.payload && !this.pushes) this.write(false);
    this.pushes = true;
  }

  /** The server has drawn a province: an entry of its own, unless the way back led there; if it has led on meanwhile, the server is asked anew. */
  turn(province) {
    const said = this.said().province;
    this.returned = popped === window.location.href;
    if (awaited === null && this.returned && this.isWhole && said !== province) awaited = said;
    popped = null;
    if (awaited === null) this.pushes = Boolean(this.atlas.payload) && province !== this.atlas.province;
    else if (province === awaited) {
      awaited = null;
      this.returned = true;
    } else this.ask();
  }

  /** Ask the server for the province of the address. What is told while it draws a page can be lost, so it is told again. */
  ask(tries = 0) {
    clearTimeout(this.asking);
    if (awaited === null || !this.isHere) return;
    // Not while the server is at work: it would begin again.
    if (!tries || !isRunning()) this.elsewhere({ ...this.said(), asked: tries });
    this.asking = setTimeout(() => (tries < MOST_TRIES ? this.ask(tries + 1) : this.giveUp()), AGAIN_MS * 2 ** tries);
  }

  /** The address follows what is on the screen, after all. */
  giveUp() {
    awaited = null;
    this.say();
  }

  /** Whether another province is to come: what is on the screen is of no account until then. */
  get isAwaiting() {
    return awaited !== null;
  }

  /**
   * What of the state is to follow the address, where a link or the way back has led here; nothing where it only repeats what we wrote, or
   * names the page, or where the server has written it, as in another language. What a link says may be nonsense: the server, which opened
   * the page with it, has read it for `data`.
   */
  led(data) {
    const said = this.said(),
      isArrival = followed !== visit();
    followed = visit();
    if (this.isWhole && this.returned) return said;
    if (!isArrival) return {};
    const names = Object.keys(said).filter((name) => said[name]);
    if (said.date) names.push("from");
    if (said.place) names.push("map");
    return Object.fromEntries(names.map((name) => [name, data[name] ?? ""]));
  }

  said() {
    return saidIn(window.location.search);
  }

  /** Say the present state, in an entry of its own after a deliberate act. */
  say() {
    this.write(this.pushes && this.isWhole);
    this.pushes = false;
  }

  write(push) {
    const query = queryOf(this.atlas.permalink());
    if (query === window.location.search || !this.isHere) return;
    if (awaited !== null && awaited !== this.atlas.province) return;
    window.history[push ? "pushState" : "replaceState"](push ? {} : window.history.state, "", this.path + query);
  }

  goBack(event) {
    const { atlas } = this;
    if (!this.isHere || !this.isWhole || !atlas.payload || (this.said().lang || "en") !== name()) {
      awaited = null;
      return; // another page or language, which Streamlit opens
    }
    event.stopImmediatePropagation();
    popped = null;
    this.pushes = false;
    const state = this.said();
    if (state.province !== atlas.province || awaited !== null) {
      awaited = state.province;
      this.ask();
    }
    if (state.province === atlas.province) atlas.restore(state);
  }
}
