"""Whether a sentence tells of another element, line item or period than a question names."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import elements_of
from assistant.language.abbreviations import written_out
from assistant.language.names import elements
from assistant.language.periods import periods
from assistant.language.stems import stems
from assistant.resources import prompt_table

# Times that no quarter, half or month is.
_OTHER_SPAN = re.compile(r"\b(?:(?:nine|six|three|twelve|\d{1,2}) months|full year|year to date)\b", re.IGNORECASE)


def is_beside(question: str, match: Match) -> bool:
    """Whether a sentence tells of another element, line item or period than the question names."""
    text = f"{match.unit.meaning} {match.unit.columns}"
    return names_other_element(question, text) or lacks_written_out(question, match) or is_of_another_period(question, text)


def names_other_element(question: str, text: str) -> bool:
    """Whether a question names an element, "with yttrium", and a text speaks of nuclides of others only."""
    carried = elements_of(text)
    asked = frozenset(elements(question).values()) | elements_of(question)
    return bool(carried and asked) and not asked & (carried | frozenset(elements(text).values()))


def is_of_another_period(question: str, text: str) -> bool:
    """Whether a question names a quarter, half or month, and a text other times only: "the nine months"."""
    asked, said = [period for period in periods(question) if period.parts > 1], periods(text)
    if not asked or any(each.is_meant_by(period) for period in asked for each in said):
        return False
    return bool(said) or _OTHER_SPAN.search(text) is not None


def lacks_written_out(question: str, match: Match) -> bool:
    """Whether a sentence, and what stands around it, lacks what is written by letters alone in the question: "R&D"."""
    phrases = [name for name in prompt_table("abbreviations.toml")["written_out"].values() if " and " in name]
    asked = [name for name in phrases if name in written_out(question).casefold()]
    said = frozenset(stems(written_out(f"{match.unit.text} {match.unit.meaning}").casefold()))
    return any(not frozenset(stems(name)) <= said for name in asked)
