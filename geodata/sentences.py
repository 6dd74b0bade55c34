"""Sentences that also tell how they are made, so that whoever shows them can say them in another language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Named(Protocol):
    """A place, a party or a claimant."""

    @property
    def name(self) -> str:
        """Name in English."""

    @property
    def name_ar(self) -> str:
        """Name in Arabic, '' where not known."""


@dataclass(frozen=True)
class Names:
    """Names in a sentence, of things or as they are; of more than `most`, the last ones are counted instead (None: all are named)."""

    things: tuple[Named | str, ...]
    most: int | None = None

    @property
    def named(self) -> tuple[Named | str, ...]:
        """Those that are named."""
        return self.things if self.others == 0 else self.things[: (self.most or 0) - 1]

    @property
    def others(self) -> int:
        """How many are counted instead."""
        return len(self.things) - self.most + 1 if self.most and len(self.things) > self.most else 0

    def __str__(self) -> str:
        names = [thing if isinstance(thing, str) else thing.name for thing in self.named]
        return join([*names, *([f"{self.others} others"] if self.others else [])])

    def __len__(self) -> int:
        return len(self.things)


@dataclass(frozen=True)
class Series:
    """Sentences side by side."""

    sentences: tuple[str, ...]
    between: str = "; "

    def __str__(self) -> str:
        return self.between.join(self.sentences)


class Sentence(str):
    """An English text, made of a message with {names} and of what stands for them.

    Whoever speaks another language finds `message` in a catalogue. Where it has a `many`, `message` is its form for one, and `n` the number
    that decides. Of the `parts`, sentences and names are said in that language, too; everything else is told as it is.
    """

    message: str
    many: str
    n: int
    parts: dict[str, Any]

    def __new__(cls, message: str, /, **parts: object) -> Sentence:
        """Return the sentence that a message makes of its parts."""
        return cls._made(message.format(**parts), message, "", 0, parts)

    @classmethod
    def plural(cls, message: str, many: str, n: int, /, **parts: object) -> Sentence:
        """Return the form for one, or for many, of a number."""
        return cls._made((message if n == 1 else many).format(n=n, **parts), message, many, n, parts)

    @classmethod
    def _made(cls, text: str, message: str, many: str, n: int, parts: dict[str, Any]) -> Sentence:
        made = str.__new__(cls, text)
        made.message, made.many, made.n, made.parts = message, many, n, parts
        return made

    def capital(self) -> Sentence:
        """Return the same with a capital letter."""
        return self._made(self[:1].upper() + self[1:], self.message, self.many, self.n, self.parts)

    def __reduce__(self) -> tuple[object, ...]:
        return Sentence._made, (str(self), self.message, self.many, self.n, self.parts)


def sentence_in(cell: object) -> Sentence:
    """Return a cell of a column of sentences.

    Raises
    ------
    TypeError
        It is a mere text: somebody made the column one, by `astype(str)` or by a file, and what it is made of is lost.
    """
    if not isinstance(cell, Sentence):
        raise TypeError(f"{cell!r} is no Sentence, and cannot be said in another language.")
    return cell


def message(text: str) -> str:
    """Return the message as it is, noted for the catalogue; whoever uses it makes a sentence of it."""
    return text


def join(words: Sequence[str]) -> str:
    """Return 'a, b and c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
