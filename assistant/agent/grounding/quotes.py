"""Quotations in a statement: three words or more between quotation marks must stand verbatim in a cited passage."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.agent.grounding.reading import verbatim
from assistant.agent.grounding.vocabulary import squeezed

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^“”„]+)[“”]")
_WORDS = 3
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
        if len(quotation.split()) >= _WORDS and not any(all(_within(part, text) for part in pieces(quotation)) for text in wanted):
            return quotation
    return None


def _within(part: str, text: str) -> bool:
    """Whether ``part`` stands in ``text`` as whole words."""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None
