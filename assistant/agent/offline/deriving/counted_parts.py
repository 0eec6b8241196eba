"""Parts and wholes that a sentence counts, "9 of 23", "of 28 patients, 2 had a complete and 9 a partial response", each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import light, scaffold
from assistant.language.figures import figures
from assistant.language.stems import stems

NUMBER = r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
WHOM = r"(?:patients?|people|participants?|subjects?|animals?|mice|mouse|rats?|dogs?|cats?|women|men|children|cases|volunteers|persons)"
PART_OF = re.compile(
    rf"(?<![\w.,/-])(?P<part>{NUMBER})(?:\s+{WHOM})?\s*(?:/|(?:out )?of)\s*(?:(?:the|all|these|our|its|a planned|an? total of)\s+)*"
    rf"(?P<whole>{NUMBER})(?![\w/%-]|[.,]\d)(?!\s*(?:%|percent)|\s+(?:\w+\s+)?(?:arms|groups|cohorts|schedules|levels|sites|regimens|doses)\b)",
    re.IGNORECASE,
)
_WHOLE_FIRST = re.compile(
    rf"(?:^|[.;:]\s|\n)\W*(?:out of|of|among|in)\s+(?:(?:the|all|these)\s+)?(?P<whole>{NUMBER})\s+"
    rf"(?P<who>[^\d,.;:]*(?:\d[\d.]*\s[^,.;:\d]*)?),\s+"
    rf"(?:only\s+|just\s+)?(?P<part>{NUMBER})(?![\w/%-]|[.,]\d)",
    re.IGNORECASE,
)
# A further part in a list: "and 9 a partial response, 10 had stable disease".
_LISTED_PART = re.compile(
    rf"(?:,\s+(?:and\s+)?|\band\s+)(?P<part>{NUMBER})(?=\s+[a-z])(?!\s+(?:of|weeks?|months?|days?|years?|cycles?|doses?)\b)",
    re.IGNORECASE,
)
_WHO_FOR = 30  # characters behind a whole that tell of whom it is
# "4 of the 8 given both were alive, versus 1 given the one": what stands behind is told of others.
_OF_OTHERS = re.compile(r"\b(?:versus|vs\.?|compared (?:with|to)|against|while|whereas|but|than)\b", re.IGNORECASE)


class Share(NamedTuple):
    """A ``part`` and its ``whole``, each as a number; ``own`` is what is told of just these, ``who`` what stands behind the whole."""

    part: float
    whole: float
    own: str
    who: str
    match: Match


def shares_in(text: str, match: Match) -> list[Share]:
    """The parts and wholes of a sentence, each with the words that tell of just these, up to its neighbours.

    Whose a count is stands behind it, unless nothing stands behind the last one: "in the first group 3 of 8, in the second 4 of 8".
    """
    found = sorted([*PART_OF.finditer(text), *_WHOLE_FIRST.finditer(text)], key=lambda each: each.start())
    if not found:
        return []
    ends = [0, *(each.end() for each in found)]
    starts = [*(each.start() for each in found[1:]), len(text)]
    leads_up = not frozenset(stems(text[found[-1].end() :])) - scaffold() - light()
    lead = text[: found[0].start()]
    shares: list[Share] = []
    for each, end, start in zip(found, ends, starts, strict=False):
        if "who" in each.re.groupindex:
            shares += _listed(each, text[:start], match)
            continue
        own = text[end : each.end()] if leads_up else f"{lead} {_OF_OTHERS.split(text[each.start() : start])[0]}"
        shares.append(Share(number_in(each["part"]), number_in(each["whole"]), own, text[each.end() : each.end() + _WHO_FOR], match))
    return [each for each in shares if 0 < each.part < each.whole]


def _listed(each: re.Match[str], text: str, match: Match) -> Iterator[Share]:
    """Of the parts of a list each has what stands behind it, as far as the next."""
    parts = [each.span("part"), *(part.span("part") for part in _LISTED_PART.finditer(text, each.end()))]
    ends = [*(start for start, _ in parts[1:]), len(text)]
    for (start, end), behind in zip(parts, ends, strict=True):
        yield Share(number_in(text[start:end]), number_in(each["whole"]), f"{each['who']} {text[end:behind]}", each["who"], match)


def number_in(text: str) -> float:
    """The number that a text begins with, 0 where it has none."""
    known = figures(text)
    return known[0].value if known else 0.0
