"""The plainest way in which two spellings of a name meet; the gazetteer's own keys forgive far more."""

import unicodedata

_WORDS = ("governorate", "province")


def folded(name: str) -> str:
    """Return the name as it is compared: composed characters, no case, single spaces, no word for a governorate."""
    words = unicodedata.normalize("NFC", name).casefold().split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in _WORDS else words)
