"""Whether a question asks for an amount in a unit that a text has none in: for Gy, for mm3, for what comes per MBq."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.language.kept import kept_for_passages
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, UNIT_PATTERN, matched_unit

# "Per MBq", "for each mCi".
_PER = re.compile(r"\b(?:per|for (?:each|every)|a)\s+(?P<unit>[^\s,;?()]{2,})", re.IGNORECASE)
# An interval of confidence, where a curie is "Ci".
_INTERVALS = frozenset(["ci", "CI", "cis", "CIs"])
# Units of mass in which what is injected is weighed.
_MASSES = frozenset(["ug", "mg"])


def lacks_unit(topic: Topic, unit: Unit, findings: Findings) -> bool:
    """Whether the question asks for an amount in a unit, such as mm3 or Gy, that no figure of the text has, nor the title as a name.

    An abbreviation that the documents have is none, though it looks like one: MM is multiple myeloma.
    """
    named = _units_in(topic.question)
    if not named:
        return False
    context = unit.context.casefold().split()
    asked = {word: name for word, name in named.items() if word.casefold() not in context}
    asked = {word: name for word, name in asked.items() if not (word.isalpha() and word.isupper() and _is_named(word, findings))}
    wanted = frozenset(asked.values()) - {figure.unit for figure in topic.figures}
    captioned = f"{unit.columns} {unit.context}" if unit.columns else ""  # "Table 1. Uptake, %IA/g"
    said = {figure.unit for figure in figures(unit.text)} | {matched_unit(column) for column in UNIT_PATTERN.finditer(captioned)}
    # Who asks for Gy is served by Gy/MBq, and who asks for MBq by mCi, which can be converted.
    parts = {part for each in said if each for part in (each, *each.split("/"))}
    return bool(wanted) and not wanted & parts and not (wanted <= ACTIVITY_UNITS and parts & ACTIVITY_UNITS)


def asks_mass(topic: Topic) -> bool:
    """Whether an amount in micrograms or the like is asked for, which no activity tells."""
    return bool(_MASSES & set(_units_in(topic.question).values()) - {figure.unit.partition("/")[0] for figure in topic.figures})


def _states_rate(topic: Topic, text: str) -> bool:
    """Whether a text states a rate for the unit of activity or mass that the question names, 0.7 Gy/MBq for "per MBq"."""
    asked = _rated_units(topic.question)
    return bool(asked) and any(figure.unit.partition("/")[2] in asked for figure in figures(text))


def lacks_rate(topic: Topic, unit: Unit, findings: Findings) -> bool:
    """Whether a rate is asked for that another passage states, and the text states none."""
    if not _rated_units(topic.question) or _states_rate(topic, unit.text):
        return False
    return is_rate_stated(topic, findings)


def is_rate_stated(topic: Topic, findings: Findings) -> bool:
    """Whether a passage states such a rate, so that none has to be worked out."""
    return any(_states_rate(topic, source.passage.text) for source in findings.evidence.sources)


@kept_for_passages
def _rated_units(question: str) -> frozenset[str]:
    matches = (UNIT_PATTERN.fullmatch(match["unit"]) for match in _PER.finditer(question))
    return frozenset(name for match in matches if match and (name := matched_unit(match)) and name not in TIME_UNITS)


@kept_for_passages
def _units_in(question: str) -> Mapping[str, str]:
    """The words of a question that are units, but those of time and shares, each with the unit's name."""
    matches = (UNIT_PATTERN.fullmatch(word) for word in re.findall(r"[^\s,;?()]{2,}", question) if word not in _INTERVALS)
    named = {match.group(): name for match in matches if match and (name := matched_unit(match))}
    return {word: name for word, name in named.items() if name not in TIME_UNITS | {"percent", "ratio"}}


def _is_named(word: str, findings: Findings) -> bool:
    """Whether the passages have the word as it is spelled, and not behind a figure."""
    named = re.compile(rf"(?<![\w])(?<!\d\s){re.escape(word)}(?!\w)")
    return any(named.search(source.passage.text) for source in findings.evidence.sources)
