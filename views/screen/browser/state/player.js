// Time that runs: it goes through the range, or the timeline, and moves the atlas's date from frame to frame.

import { SPEEDS } from "./permalink.js";

const DAYS_PER_SECOND = 30; // at speed 1: a year in twelve seconds
const LONGEST_FRAME_MS = 100; // a tab that slept must not jump

export class Player {
  constructor(atlas) {
    this.atlas = atlas;
    this.playing = false;
    this.loop = false;
    this.speed = 1;
    this.until = null; // last day of the range while playing goes through it
  }

  /** Take what a link says of playing, which has not begun. */
  take({ speed, loop }) {
    this.until = null;
    this.speed = speed;
    this.loop = loop;
  }

  /** Play to the end of the range, or of the timeline; from its beginning where the end is reached. */
  play() {
    const { atlas } = this,
      { first, last } = atlas.payload,
      begin = atlas.from ?? first;
    this.until ??= atlas.from === null ? last : atlas.day;
    if (this.playing || begin >= this.until) return;
    this.playing = true;
    atlas.stir();
    if (atlas.day >= this.until) atlas.move(begin, atlas.from);
    let before = performance.now(),
      exact = atlas.day;
    const frame = (now) => {
      if (!this.playing) return;
      if (atlas.day >= this.until)
        exact = begin; // the last day has been seen
      // The first frame may have begun before the key press.
      else exact += (Math.min(Math.max(now - before, 0), LONGEST_FRAME_MS) / 1000) * DAYS_PER_SECOND * this.speed;
      before = now;
      atlas.move(Math.min(this.until, Math.floor(exact)), atlas.from);
      if (atlas.day >= this.until && !this.loop) return this.pause();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    atlas.emit("play");
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.tell();
  }

  /** Play no more, nor through this range again. */
  end() {
    this.pause();
    this.until = null;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  setLoop(loop) {
    this.loop = loop;
    this.tell();
  }

  setSpeed(speed) {
    this.speed = speed;
    this.tell();
  }

  changeSpeed(by) {
    this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(this.speed) + by))]);
  }

  tell() {
    this.atlas.emit("play");
    this.atlas.rest();
  }
}
