"""Quotations in a statement: three words or more between quotation marks must stand verbatim in a cited passage."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.agent.grounding.reading import verbatim
from assistant.agent.grounding.vocabulary import content, squeezed, stems, table
from assistant.agent.grounding.wording import is_negative

# Single marks are apostrophes too: one opens before a word that no letter precedes, and closes behind one that none follows.
_QUOTED = re.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^“”„]+)[“”]"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)|(?<![\w'])'(?=\w)((?:[^']|'(?=\w))+)(?<=[\w.,!?])'(?!\w)"
)
_WORDS = 3
# "“Title” (2020-01-31) says"
_DATED = re.compile(r"\(\d{4}-\d{2}-\d{2}\)")
_ELISION = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)\s*")


def quotations(said: str) -> tuple[str, ...]:
    """What ``said`` quotes, without the quotation marks."""
    return tuple(next(group for group in match.groups() if group) for match in _QUOTED.finditer(said))


def unquoted(said: str) -> str:
    """``said`` without the quotations that had to be verbatim."""
    return _QUOTED.sub(lambda match: " " if len(match.group().split()) >= _WORDS else match.group(), said)


def pieces(quotation: str) -> tuple[str, ...]:
    """A quotation as it is sought: in one style, cut at its elisions, without the punctuation that a writer puts before the mark."""
    parts = (squeezed(part).casefold().strip(" .,;:!?") for part in _ELISION.split(quotation))
    return tuple(part for part in parts if part)


def altered(said: str, texts: Iterable[str]) -> str | None:
    """The first quotation of three words or more that is verbatim in none of ``texts``; None where there is none."""
    wanted = [verbatim(text) for text in texts]
    for quotation in quotations(said):
        if len(quotation.split()) >= _WORDS and not any(_stands(quotation, text) for text in wanted):
            return quotation
    return None


def only_quotes(said: str) -> bool:
    """Whether ``said`` is nothing but quotations and words that introduce them: the source's own words."""
    if not any(len(quotation.split()) >= _WORDS for quotation in quotations(said)):
        return False
    rest = " ".join(_DATED.sub(" ", _QUOTED.sub(" ", said)).split())
    return not content(rest) - stems(table("words")["frame"]) and not any(character.isdigit() for character in rest)


def _stands(quotation: str, text: str) -> bool:
    """Whether ``quotation`` stands in ``text`` as whole words, its parts in order; an elision may leave out no negation."""
    parts = pieces(quotation)
    between = r"(?!\w)(.*?)(?<!\w)".join(map(re.escape, parts))
    found = re.search(rf"(?<!\w){between}(?!\w)", text, re.DOTALL)
    return found is not None and not any(is_negative(left_out) for left_out in found.groups())
