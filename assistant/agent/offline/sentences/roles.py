"""Whether a sentence names somebody in the role that a question asks about: the chief executive, the new contractor."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import light
from assistant.agent.offline.understanding.offices import WHO_THE, chiefs_in
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.stems import stem, words

_DOER = re.compile(r"(?:er|or)s?$")
# Who is in an office that has a name of its own is found by that name.
_WHO_THE = re.compile(WHO_THE + r"(?P<who>(?:[\w-]+\s+)*?[\w-]+)(?:\s+(?i:of|at|for|in|on)\b.*)?\W*$")


def names_office(topic: Topic, match: Match) -> bool:
    """Whether the sentence names a person in the very office that is asked about."""
    return match.kind > 0 and bool(chiefs_in(topic.question) & chiefs_in(match.unit.meaning))


def names_holder(topic: Topic, match: Match) -> bool:
    """Whether it is asked who is something, and the sentence names a person and has every word of that: "the auditor, Ada Holm"."""
    return match.kind > 0 and not match.lacks and _WHO_THE.match(topic.question) is not None


def lacks_role(topic: Topic, match: Match) -> bool:
    """Whether it is asked who is something, "the new contractor", and neither the text nor what stands around it has a word of that.

    What somebody does is what he is: who founded it is the founder.
    """
    role = _WHO_THE.match(topic.question)
    if role is None:
        return False
    lacking = {stem(word) for word in match.lacks}
    asked = [word for word in words(role["who"]) if word.stem not in light()]
    said = stem_set(match.unit.meaning)
    return bool(asked) and all(word.stem in lacking and stem(_DOER.sub("", word.text)) not in said for word in asked)


def other_role(question: str, text: str) -> bool:
    """Whether a chief officer is asked about and the text names none or another: the executive one where the financial one is meant."""
    asked = chiefs_in(question)
    return bool(asked) and not asked & chiefs_in(text)
