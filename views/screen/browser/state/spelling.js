// Spellings of one name that meet: Latin romanisations among each other, Arabic letters among theirs.

const UNHEARD = /['`´‘’‛′ʹʻʼʽʾʿˈˊˋ՚ء\u0640\p{M}\p{Cf}]/gu; // ayn and hamza, stretched words, marks and direction signs
const ONE_LETTER = { ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه", ı: "i" };
const ARTICLE = /(?:^|(?<= ))(?:al|el|ul|(?:a|e)(?:sh|th|dh|[tdrzsn])(?= (?:sh|th|dh|[tdrzsn])))(?= )/gu;
const ARABIC_ARTICLE = /(?<!\S)ال(?=\S{3})/gu;
const SOUNDS = [
  [/sh|ch/g, "S"],
  [/kh/g, "x"],
  [/gh/g, "g"],
  [/th/g, "t"],
  [/dh/g, "d"],
  [/dj/g, "j"],
  [/ph/g, "f"],
  [/q/g, "k"],
  [/[aeiouwyh]/g, ""],
];
const SHORTEST = 3; // a skeleton of fewer consonants would be found everywhere

/** The text in words of bare letters, without articles. */
export function plain(text) {
  const letters = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(UNHEARD, "")
    .replace(/[ٱىیکةı]/gu, (letter) => ONE_LETTER[letter]);
  const words = letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  return words.replace(ARTICLE, "").replace(ARABIC_ARTICLE, "").replace(/ +/g, " ").trim();
}

/** The consonants of a name in Latin script, one letter a sound that romanisations confuse. */
export function skeleton(bare) {
  return SOUNDS.reduce((text, [sound, letter]) => text.replace(sound, letter), bare)
    .replace(/ /g, "")
    .replace(/(.)\1+/g, "$1");
}

/** What tells whether one of some spellings, each as `plain` gives it, is like a text: it contains the text, or begins with its consonants. */
export function likeness(text) {
  const wanted = plain(text),
    bones = skeleton(wanted);
  return (spellings) =>
    Boolean(wanted) && spellings.some((bare) => bare.includes(wanted) || (bones.length >= SHORTEST && skeleton(bare).startsWith(bones)));
}
