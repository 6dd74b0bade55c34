"""A toponym as a value: made once where a name comes in, it carries the keys under which its spellings meet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from gazetteer.place import Tier
from gazetteer.spelling.features import Feature, split_feature
from gazetteer.spelling.keys import article_key, bare_words, exact_key, folded_key, plain_key, skeleton_key, spoken_form
from gazetteer.spelling.qualifiers import split_qualifiers, without_remark

# One consonant is shared by too many names to mean anything.
SHORTEST_SKELETON = 2


class Key(NamedTuple):
    """What a name is found under, at which tier, and how it is spelled where sharing the key is not enough ('' where it is)."""

    tier: Tier
    text: str
    spelling: str


@dataclass(frozen=True)
class Toponym:
    """A name of a place, in any script; each key is worked out when it is first asked for, and kept.

    Attributes
    ----------
    text
        The name as it is written.
    """

    text: str

    @cached_property
    def exact(self) -> str:
        """The text without case, in one canonical composition, with single spaces."""
        return exact_key(self.text)

    @cached_property
    def plain(self) -> str:
        """Words of bare letters: no diacritics, ayn, hamza or punctuation; empty when the text has no letters or digits."""
        return plain_key(self.text)

    @cached_property
    def article(self) -> str:
        """The plain key without definite articles."""
        return article_key(self.plain)

    @cached_property
    def folded(self) -> str:
        """One word in which articles, doubled letters, kinds of vowels and generic words do not count."""
        return folded_key(self._words)

    @cached_property
    def spoken(self) -> str:
        """The folded key in Latin letters, whatever the script, for measuring how much two spellings differ."""
        return spoken_form(self.folded)

    @cached_property
    def skeleton(self) -> str:
        """The consonants, in one alphabet for Latin and Arabic script."""
        return skeleton_key(self._words)

    @cached_property
    def feature(self) -> Feature | None:
        """The kind of place that a word in it asks for, or None."""
        return self._by_feature[1]

    @cached_property
    def specific(self) -> Toponym:
        """What is left without the word for the kind of place, as an exact key."""
        return self._same_if(self._by_feature[0])

    @cached_property
    def bare(self) -> Toponym:
        """The name without a remark in brackets or behind a dash; itself where it has none."""
        return self._same_if(without_remark(self.text))

    @cached_property
    def qualifiers(self) -> dict[str, str]:
        """Value by axis of the words that tell villages of one name apart: great and little, eastern and western."""
        return self._by_qualifiers[1]

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The keys under which an index finds it, the most trusted tier first; none when it has no letters or digits."""
        if not self.plain:
            return ()
        bare = self.bare
        found = [Key("exact", self.exact, ""), Key("diacritic", bare.plain, "")]
        if bare.folded:
            found.append(Key("folded", bare.folded, bare.plain))
        if len(bare.skeleton) >= SHORTEST_SKELETON:
            found.append(Key("skeleton", bare.skeleton, bare.spoken))
        if bare.qualifiers:
            short = Toponym(bare._by_qualifiers[0]).skeleton
            if short != bare.skeleton and len(short) >= SHORTEST_SKELETON:
                found.append(Key("qualifier", short, bare.spoken))
        return tuple(found)

    @cached_property
    def _words(self) -> list[str]:
        return bare_words(self.article)

    @cached_property
    def _by_feature(self) -> tuple[str, Feature | None]:
        return split_feature(self.exact)

    @cached_property
    def _by_qualifiers(self) -> tuple[str, dict[str, str]]:
        return split_qualifiers(self.exact)

    def _same_if(self, text: str) -> Toponym:
        return self if text == self.text else Toponym(text)
