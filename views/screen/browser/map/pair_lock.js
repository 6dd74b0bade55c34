// Two maps that move as one.

/** Let two maps show the same ground at all times: whichever moves first leads, and the other follows every step. */
export function lock(...maps) {
  let leader = null;
  maps.forEach((map, k) => {
    const other = maps[1 - k];
    const follow = () => {
      leader ??= map;
      if (leader !== map || map._animatingZoom) return;
      other._sizeChanged = true; // it was resized with this one, and must not make up for that by itself
      if (other.getZoom() !== map.getZoom()) other._move(map.getCenter(), map.getZoom());
      else {
        other._rawPanBy(map._getTopLeftPoint().subtract(other._getTopLeftPoint()));
        other.fire("move");
      }
    };
    map.on({
      movestart: () => (leader ??= map),
      move: follow,
      zoomanim: ({ center, zoom }) => leader === map && other._moveStart(true, false)._animateZoom(center, zoom, true),
      moveend: () => {
        if (leader !== map) return;
        follow();
        if (!other._animatingZoom) other._moveEnd(true);
        leader = null;
      },
      viewreset: () => {
        if (leader) return;
        leader = map;
        other._resetView(map.getCenter(), map.getZoom(), true);
        leader = null;
      },
    });
  });
}
