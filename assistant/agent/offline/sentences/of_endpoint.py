"""Whether a sentence tells of the endpoint of a trial that a question asks about, its value or a statistic of it, and of no other one."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.endpoints import endpoints, endpoints_in
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.cues import content, light, signals
from assistant.agent.offline.understanding.kinds import wanted_kinds
from assistant.agent.offline.understanding.things import tells_length
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.language.stems import stems

_ASKS_VALUE = re.compile(r"\W*(?:what (?:is|was|were|are|did)|what.s|how (?:long|high|many|much)|compare)\b", re.IGNORECASE)
# An endpoint that is not reached or reported yet has no value, and that is its answer; these words ask for nothing but its value.
_PENDING = re.compile(r"\b(?:immature|pending|not (?:yet )?(?:been )?(?:mature|reached|available|known|reported))\b", re.IGNORECASE)
_OF_A_VALUE = frozenset(["median", "mean", "rate"])
# Concepts of what is stated of an endpoint beside its value.
_STATISTICS = frozenset(["hazard", "p_value", "confidence"])


def names_statistic(topic: Topic, match: Match) -> bool:
    """Whether the sentence has the very statistic of the very endpoint that is asked about, "hazard ratio for PFS", or compares its values
    where that is asked.
    """
    asked, wanted = endpoints(topic.question), signals(topic.question, "concepts") & _STATISTICS
    compared = match.kind > 0 and any(kind.name == "comparison" for kind in wanted_kinds(topic.question, topic.form))
    of_it = bool(asked) and (bool(wanted) or compared) and not match.lacks
    return of_it and asked == endpoints(match.unit.meaning) and wanted <= signals(match.unit.meaning, "concepts")


def lacks_value(topic: Topic, unit: Unit) -> bool:
    """Whether the value of a trial's endpoint is asked for, and the text only speaks of it."""
    named = endpoints_in(topic.question)
    rest = content(topic.question) - frozenset(stems(" ".join(named.values()))) - light() - _OF_A_VALUE
    if not named or not (_ASKS_VALUE.match(topic.question) or not rest):  # "median PFS?"
        return False
    told = tells_length(unit.text) or any(figure.unit == "percent" for figure in figures(unit.text))
    return not told and _PENDING.search(unit.text) is None


def is_of_other_endpoint(topic: Topic, match: Match) -> bool:
    """Whether the text speaks of other endpoints of trials only: of survival without progression where overall survival is asked for."""
    asked, said = endpoints(_naming_endpoint(topic)), endpoints(match.unit.meaning)
    return bool(asked and said) and not asked & said


def _naming_endpoint(topic: Topic) -> str:
    """The question, or with it the one that it follows where only that names an endpoint: "and with the drug alone?"."""
    return topic.question if endpoints(topic.question) else topic.query


def lacks_endpoint(topic: Topic, match: Match) -> bool:
    """Whether an endpoint is asked for of which the sentence has no word: "median overall survival" of a median time to worsening."""
    named = endpoints_in(_naming_endpoint(topic))
    if not named:
        return False
    said = endpoints(match.unit.meaning)
    asked = [words for name, words in named.items() if name not in said]
    lacking = frozenset(stems(" ".join(match.lacks)))
    telling = frozenset(stems(" ".join(asked))) - light()
    return bool(telling) and telling <= lacking
