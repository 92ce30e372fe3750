"""How words are compared when something is searched for. Rules, without I/O."""

import re
import unicodedata
from collections.abc import Sequence

from hutong.messaging import model
from hutong.messaging.errors import NothingToSearch

# Soft hyphen, zero width, direction marks: unseen, and so no part of a word.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def fold(text: str) -> str:
    """The text as it is compared: case and width are one, white space is one space."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", model.clean_text(text)).casefold())
    return " ".join(_UNSEEN.sub("", folded).split())


def words_of(query: str) -> list[str]:
    """What must occur, each once. Raises NothingToSearch when nothing of it is a letter, a digit or a character."""
    words = list(dict.fromkeys(fold(query).split()))
    if not any(character.isalnum() for word in words for character in word):
        raise NothingToSearch
    return words


def grams_of(words: Sequence[str]) -> list[str]:
    """What `message_grams` must hold of a text with these words: their pairs of characters, or the only one."""
    pairs = {word[at : at + 2] for word in words for at in range(max(1, len(word) - 1))}
    return sorted(pairs)


def pattern_of(word: str) -> str:
    """For `like`: the word anywhere, as it is."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"
