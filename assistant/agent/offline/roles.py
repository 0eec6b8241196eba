"""Whether a sentence names somebody in the role that a question asks about: the chief executive, the new contractor."""

from __future__ import annotations

import re

from assistant.agent.offline.lookup import Match
from assistant.agent.offline.offices import chiefs_in
from assistant.agent.offline.topic import Topic
from assistant.language.stems import stem

# Who is in an office that has a name of its own is found by that name.
_WHO_THE = re.compile(
    r"\W*who(?:\s?['’]?s|\s+(?:is|was|are|were))\s+(?:the|your|their|our|its)\s+(?:[\w-]+\s+)*?(?P<role>\w+)"
    r"(?:\s+(?:of|at|for|in|on)\b.*)?\W*$",
    re.IGNORECASE,
)


def names_office(topic: Topic, match: Match) -> bool:
    """Whether the sentence names a person in the very office that is asked about."""
    return match.kind > 0 and bool(chiefs_in(topic.question) & chiefs_in(match.unit.meaning))


def names_holder(topic: Topic, match: Match) -> bool:
    """Whether it is asked who is something, and the sentence names a person and has every word of that: "the auditor, Ada Holm"."""
    return match.kind > 0 and not match.lacks and _WHO_THE.match(topic.question) is not None


def lacks_role(topic: Topic, match: Match) -> bool:
    """Whether it is asked who is something, "the new contractor", and neither the text nor what stands around it has the word."""
    role = _WHO_THE.match(topic.question)
    return role is not None and stem(role["role"].casefold()) in {stem(word) for word in match.lacks}


def other_role(question: str, text: str) -> bool:
    """Whether a chief officer is asked about and the text names none or another: the executive one where the financial one is meant."""
    asked = chiefs_in(question)
    return bool(asked) and not asked & chiefs_in(text)
