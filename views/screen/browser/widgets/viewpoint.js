// Whose claims count, and when one looks: a voice and a day of reporting, chosen above the legend.

import { dayOf, isoOf, longDate } from "../dates.js";
import { t } from "../language.js";
import { element } from "../drawing/elements.js";

const OUTLET = "outlet:";

/** A button for each view, as of now: they are made anew when the view changes. */
export function viewButtons(atlas) {
  const views = element("div", "views");
  views.setAttribute("role", "group");
  views.setAttribute("aria-label", t("Which claims count"));
  for (const [view, label, title] of [
    ["claimed", t("As claimed"), t("The last claim is taken at its word; weak ones are drawn hollow")],
    ["corroborated", t("Corroborated only"), t("Only what independent sources agree on, or a side concedes against its own interest")],
  ]) {
    const button = element("button", "", label);
    button.type = "button";
    button.title = title;
    button.setAttribute("aria-pressed", String(atlas.view === view));
    button.addEventListener("click", () => atlas.setView(view));
    views.append(button);
  }
  return views;
}

/** The chooser, a `box` that opens, and what ends it. `voices`: [key, name, number of claims]. */
export function viewpoint(atlas, voices) {
  const summary = element("summary"),
    who = element("select"),
    when = element("input");
  const option = (value, text) => Object.assign(element("option", "", text), { value });
  who.append(option("", t("everybody")));
  const group = (label, rows) => {
    const made = element("optgroup", "", null, ...rows.map(([key, name, claims]) => option(key, `${name} (${claims})`)));
    made.label = label;
    who.append(made);
  };
  // Claimants come first, each list from most claims to fewest: where the numbers rise again, the outlets begin.
  const turn = voices.findIndex(([, , claims], k) => k && claims > voices[k - 1][2]),
    split = turn < 0 ? voices.length : turn;
  group(t("Who asserts it"), voices.slice(0, split));
  group(t("Who printed it"), voices.slice(split));
  when.type = "date";
  const all = element("button", "", t("all claims"));
  all.type = "button";
  who.addEventListener("change", () => atlas.setViewpoint({ voice: who.value }));
  when.addEventListener("change", () => {
    if (when.value || !when.validity.badInput) atlas.setViewpoint({ known: when.value ? dayOf(when.value) : null });
  });
  all.addEventListener("click", () => atlas.setViewpoint({ voice: "", known: null }));
  const box = element(
    "details",
    "viewpoint",
    null,
    summary,
    element("label", "", t("According to"), " ", who),
    element("label", "", t("As known on"), " ", when),
    element(
      "p",
      "help",
      t("Only the claims of one claimant or outlet, or only those reported by the end of a day: the map as it would have been drawn then."),
    ),
    all,
  );
  const show = () => {
    const voice = voices.find(([key]) => key === atlas.voice)?.[1] ?? atlas.voice,
      day = atlas.known === null ? "" : longDate(atlas.known);
    atlas.nameVoice(
      !atlas.voice
        ? ""
        : atlas.voice.startsWith(OUTLET)
          ? t("According to {voice} (outlet)", { voice })
          : t("According to {voice}", { voice }),
    );
    const parts = [atlas.voiceName, !day ? "" : atlas.voiceName ? t("as known on {day}", { day }) : t("As known on {day}", { day })].filter(
      Boolean,
    );
    summary.textContent = parts.join(t(", ")) || t("All claims count · choose a voice or a day");
    box.classList.toggle("narrowed", parts.length > 0);
    who.value = atlas.voice;
    when.value = atlas.known === null ? "" : isoOf(atlas.known);
    all.hidden = !parts.length;
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    summary.focus();
  });
  // Where it lies over a map, it gives way to whatever else is pressed.
  const close = () => box.closest(".sides") && (box.open = false);
  const away = (event) => event.composedPath().includes(box) || close();
  const intoMap = () => document.activeElement?.tagName === "IFRAME" && close(); // whose presses are not heard here
  document.addEventListener("pointerdown", away);
  window.addEventListener("blur", intoMap);
  const offs = [
    atlas.on("viewpoint", show),
    atlas.whenReady(show),
    () => document.removeEventListener("pointerdown", away),
    () => window.removeEventListener("blur", intoMap),
  ];
  return { box, end: () => offs.forEach((off) => off()) };
}
