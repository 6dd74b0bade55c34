// The keys that act on an atlas, and whose key press it is.

/** Act on a key press; true if it was one of the atlas's. */
export function press(atlas, event) {
  if (!atlas.payload || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return false;
  const act = acts(atlas, event)[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return false;
  act();
  event.preventDefault();
  return true;
}

function acts(atlas, event) {
  const {
      player,
      payload: { first, last },
    } = atlas,
    once = (act) => () => !event.repeat && act();
  const ofPlace = () => (atlas.place < 0 ? [] : (atlas.feed?.daysOf(atlas.place) ?? []));
  // The handle of the range's beginning keeps the keys that move along while it has the focus.
  const isBegin = targetOf(event)?.dataset?.handle === "from";
  const [day, set] = isBegin ? [atlas.from, (to) => atlas.setFrom(to)] : [atlas.day, (to) => atlas.setDay(to)];
  return {
    ArrowLeft: () => (event.shiftKey ? atlas.step(-1) : set(day - 1)),
    ArrowRight: () => (event.shiftKey ? atlas.step(1) : set(day + 1)),
    ArrowUp: () => atlas.step(-1, ofPlace()),
    ArrowDown: () => atlas.step(1, ofPlace()),
    Home: () => set(first),
    End: () => set(last),
    " ": once(() => player.toggle()),
    "+": () => player.changeSpeed(1),
    "=": () => player.changeSpeed(1),
    "-": () => player.changeSpeed(-1),
    d: () => atlas.emit("type"),
    p: once(() => atlas.setPattern(!atlas.pattern)),
    f: () => atlas.emit("filters"),
    "/": () => atlas.emit("find"),
    "?": () => atlas.emit("help"),
    r: once(() => atlas.toggleRange()),
    l: once(() => player.setLoop(!player.loop)),
    Escape: () => (atlas.visitor || atlas.place >= 0) && atlas.select(-1),
  };
}

export const targetOf = (event) => event.composedPath?.()[0] ?? event.target;

/** Whether a key press belongs to what has the focus. */
export function isTyping(event) {
  const target = targetOf(event);
  if (!target?.matches) return false;
  if (target.matches("input[type=range]")) return false;
  if (target.matches("input, textarea, select, [contenteditable], [role=combobox]")) return true;
  // Space and Enter belong to the button or link that has the focus, arrows to an open menu, and all keys to a dialog.
  return (
    (event.key === " " && target.matches("button, a[href], summary, [role=button]")) ||
    Boolean(target.closest("[role=menu], [role=listbox], dialog, [role=dialog]"))
  );
}
