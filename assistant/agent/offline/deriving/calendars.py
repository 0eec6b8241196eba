"""The time between two days that entries of calendars or single sentences tell, or that a document is of: "the report and the AGM"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.agent.offline.deriving.asked_words import said
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.lapse import asks_lapse, events, in_unit
from assistant.language.abbreviations import spelled_out
from assistant.language.dates import Dated, dates
from assistant.language.stems import stems, words

# A document that speaks of itself.
_OWN = re.compile(
    r"(?:(?:the|this|its)\s+)?(?:(?:date|day|publication|issue)?\s*of\s+)?(?:the|this|our)\s+(?:(?:press|news)\s+)?"
    r"(?:release|announcement|report|letter|abstract|document|statement|update|article|newsletter)(?:\s+(?:itself|date|was|is|came|out|dated|published|issued))*",
    re.IGNORECASE,
)
# "AARHUS, Denmark, " before the day, a dash or nothing behind.
_PLACE = re.compile(r"[\s*_#(]*(?:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*(?:,\s*(?:the )?[A-Z][\w.' -]+)*,?)\s*(?:\([^()]*\)\s*)?[-–—,]?\s*")
_THEN = re.compile(r"[\s*_.)]*(?:$|[-–—:/]|\()")
_SHORT = {"agm": "annual general meeting", "egm": "extraordinary general meeting", "ipo": "initial public offering"}
# Words that tell that something happened and not what.
_HAPPENED = frozenset(
    stems(
        "publication publish published publishing release released date day days held holding hold took take taken place happen happened"
        " event study trial company announcement announced pass passed elapsed"
    )
)
_SMALL = frozenset(
    "the of a an in on at to for and or by with was were is are be being been did do does has had have its their our this that "
    "it when then us".split()
)
# So much of what is told of an event has to be said with its day; nothing but a little may stand around it.
_SAID, _MARGIN = 0.75, 0.15

_Day = tuple[date, Match]


def between(question: str, matches: Sequence[Match]) -> Composed | None:
    """The days between two events of a document, in the unit that is asked for; None where a day is not plain.

    ``matches`` are the sentences of one document, titles among them.
    """
    named = events(question) if asks_lapse(question) else ()
    if len(named) != 2 or any(dates(event) for event in named):
        return None
    days = [_own_day(matches) if _OWN.fullmatch(event.strip()) else _day_of(event, matches) for event in named]
    if not days[0] or not days[1] or days[0][0] == days[1][0]:
        return None
    later, earlier = sorted((day for day, _ in filter(None, days)), reverse=True)
    told = tuple(dict.fromkeys(match for _, match in filter(None, days)))
    return Composed("elapsed", f"{later.isoformat()} - {earlier.isoformat()}{in_unit(question)}", told)


def _own_day(matches: Sequence[Match]) -> _Day | None:
    """The one day that stands behind a place, and before a dash or nothing: "AARHUS, Denmark, 18 September 2025 –"."""
    found = [
        (day, match)
        for match in matches
        if not match.unit.columns
        for line in match.unit.text.split("\n")
        for each in _known(line)[:1]
        if _PLACE.fullmatch(line[: each.start]) and _THEN.match(line, each.end) and (day := each.within(0))
    ]
    return found[0] if len({day for day, _ in found}) == 1 else None


def _day_of(event: str, matches: Sequence[Match]) -> _Day | None:
    """The one day of which an entry of a calendar, or else a sentence with no other day, says what is told of an event."""
    event = " ".join(_SHORT.get(word.casefold().strip(".,"), word) for word in spelled_out(event).split())
    asked = tuple(word for word in words(event) if word.stem not in _HAPPENED and word.text not in _SMALL)
    which = {word for word in stems(event) if word in _ORDINALS}
    rated: list[tuple[float, date, Match]] = []
    for match in matches if asked else ():
        for text in _entries(match.unit.text):
            days = {day for each in _known(text) if (day := each.within(0))}
            if len(days) == 1 and which <= set(stems(text)) and (rate := said(asked, _without_days(text))) >= _SAID:
                rated.append((rate - len(stems(text)) / 1000, days.pop(), match))
    most = max((rate for rate, *_ in rated), default=0.0)
    near = [(day, match) for rate, day, match in rated if rate >= most - _MARGIN]
    return near[0] if len({day for day, _ in near}) == 1 else None


_ORDINALS = frozenset(stems("first second third fourth last final"))


def _entries(text: str) -> list[str]:
    """The lines of a calendar that a text is, or the text."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 1 and sum(bool(_known(line)) for line in lines) > 1 else [text]


def _without_days(text: str) -> str:
    """A text without its days, whose year says nothing of an event."""
    for each in reversed(_known(text)):
        text = f"{text[: each.start]} {text[each.end :]}"
    return text


def _known(text: str) -> list[Dated]:
    return [each for each in dates(text) if each.year]


def between_of(question: str, own: Mapping[str, Sequence[Match]]) -> Composed | None:
    """The time between two events of the one document that tells of both."""
    made = [found for matches in own.values() if (found := between(question, matches))]
    return made[0] if len({found.expression for found in made}) == 1 else None
