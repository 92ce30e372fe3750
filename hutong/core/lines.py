"""Text as names are kept: one line of what can be seen."""

# Letters and signs that are drawn as nothing: the fillers of Hangul, Braille without a dot.
BLANKS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")


def one_line(text: str) -> str:
    """What can be seen of it, runs of any space made one: no line breaks, zero-width or text-direction characters."""
    shown = text.translate(BLANKS)
    return " ".join("".join(c if c.isprintable() else " " for c in shown).split())
