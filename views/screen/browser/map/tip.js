// The words beside the pointer: of a place, or of a crowd of them.

import { isEnglish, nameOf, placeName, t, tn } from "../language.js";

export function hover(event, map, places, atlas, tip) {
  const found = places.hit(event.layerPoint),
    container = map.getContainer();
  container.style.cursor = found ? "pointer" : "";
  tip.hidden = !found;
  if (!found) return;
  tip.textContent = found.crowd ? crowdWords(atlas, found) : placeWords(atlas, found.place);
  const ground = tip.parentElement,
    corner = container.getBoundingClientRect(),
    from = ground.getBoundingClientRect();
  const left = Math.min(corner.left - from.left + event.containerPoint.x + 14, ground.clientWidth - tip.offsetWidth - 6);
  tip.style.transform = `translate(${Math.max(4, left)}px, ${corner.top - from.top + event.containerPoint.y + 14}px)`;
}

function placeWords(atlas, i) {
  const { payload } = atlas,
    [holder, contested, besieged, fading] = atlas.state(i);
  const words = [holder < 0 ? t("no claim on this date") : nameOf(payload.parties[holder])];
  if (contested) words.push(t("contested"));
  if (besieged) words.push(t("besieged"));
  if (fading) words.push(t("changing hands"));
  const { name, name_ar: arabic } = payload.places,
    names = isEnglish() ? [name[i], arabic[i]] : [arabic[i], name[i]];
  return `${names.filter(Boolean).join(" ")} — ${words.join(t(", "))}`;
}

function crowdWords({ payload }, { crowd, landmark, parties }) {
  const held = parties.map(({ holder, count }) => `${holder < 0 ? t("no claim") : nameOf(payload.parties[holder])} ${count}`);
  return tn("{n} place about {place}: {held} — click to zoom in", "{n} places about {place}: {held} — click to zoom in", crowd.length, {
    place: placeName(payload.places, landmark),
    held: held.join(t(", ")),
  });
}
