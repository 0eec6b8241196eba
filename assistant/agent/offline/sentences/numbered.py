"""Things that go by a number: phases, cohorts, patients, and codes of one series, "QX 7" and "QX 9"."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.sentences.units import Unit
from assistant.language.kept import kept_for_passages
from assistant.language.names import fold

_NUMBERED = re.compile(
    r"\b(phase|cohort|group|arm|study|stage|grade|part|level|dose level|patient|subject|batch|lot|site)\s?(\d+(?:-\d+)*[a-z]?)\b"
)
# A code with the letters of its series, its number in it and what may stand behind that: "clr1602-ptx".
_OF_A_SERIES = re.compile(r"(?P<letters>.*?[a-z-])(?P<number>\d+)(?:-[a-z]+)?")


@kept_for_passages
def numbered(text: str) -> tuple[tuple[str, str], ...]:
    """The things that a text numbers: ``(("phase", "2"), ("patient", "04-015"))``."""
    return tuple(_NUMBERED.findall(fold(text)))


def is_of_other_number(question: str, unit: Unit) -> bool:
    """Whether the text, or else the label of its paragraph, numbers a thing otherwise than the question does: "Phase I" for "Phase II"."""
    asked = dict(numbered(question))
    if not asked:
        return False
    told, around = numbered(unit.text), numbered(unit.meaning)
    said = {name: told if any(name == thing for thing, _ in told) else around for name in asked}
    return any(any(name == thing for thing, _ in said[name]) and (name, number) not in said[name] for name, number in asked.items())


def goes_on_about_other(question: str, unit: Unit, passage: str) -> bool:
    """Whether the text names no code of the series that ``question`` asks about, and goes on, in its paragraph of ``passage``, with
    what is said of another of that series: "Kidney uptake was …" behind a sentence about QX 7 where QX 9 is asked about.
    """
    begun = passage.rfind("\n\n", 0, max(0, passage.find(unit.text))) + 1
    before = passage[begun : max(begun, passage.find(unit.text))]
    for series in filter(None, map(_OF_A_SERIES.fullmatch, codes(question))):
        alike = re.compile(rf"(?<![a-z0-9-]){re.escape(series['letters'])}\d+")
        said = alike.findall(fold(before))
        if said and not alike.search(fold(f"{unit.text} {unit.meaning}")) and series["letters"] + series["number"] not in said:
            return True
    return False


def names_other_code(question: str, text: str) -> bool:
    """Whether the text names another of a series than ``question``, and not the one that this names: QX 7 for QX 9 or QX 9-B."""
    asked = codes(question)
    said = codes(text) if asked else asked
    for series in filter(None, map(_OF_A_SERIES.fullmatch, asked)):
        own = re.compile(rf"{re.escape(series['letters'] + series['number'])}(?!\d)")
        others = [other for other in said if other.startswith(series["letters"]) and other[len(series["letters"]) :][:1].isdigit()]
        if others and not any(map(own.match, said)):
            return True
    return False
