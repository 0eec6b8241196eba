"""Whether a sentence tells what carries a nuclide, or which nuclide something carries, as a question asks: "LDN-3 (212Pb, melanoma)"."""

from __future__ import annotations

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import nuclides


def names_carrier(topic: Topic, match: Match) -> bool:
    """Whether it is asked what carries a nuclide, and the sentence has it beside a code; or which one a code carries, and it has both."""
    if match.unit.title or not _asks(topic):
        return False
    said, named = _carried(match.unit.text), codes(match.unit.text)
    if topic.nuclides:
        return bool(named) and said >= frozenset(topic.nuclides)
    asked = codes(topic.question)
    return bool(said) and bool(asked) and asked <= named


def lacks_carrier(topic: Topic, match: Match, matches_text: str) -> bool:
    """Whether it is asked what carries a nuclide that ``matches_text``, the passages, tell of, and the sentence does not."""
    asked = frozenset(topic.nuclides) if _asks(topic) else frozenset[str]()
    return bool(asked) and not asked & _carried(f"{match.unit.text} {match.unit.columns}") and asked <= _carried(matches_text)


def _asks(topic: Topic) -> bool:
    return "carry" in topic.signals and topic.form == "what" and bool(topic.signals & {"which_study", "which_things", "nuclide"})


def _carried(text: str) -> frozenset[str]:
    return frozenset(mention.name for mention in nuclides(text))
