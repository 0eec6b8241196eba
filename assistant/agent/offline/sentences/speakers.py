"""Whether it is asked what somebody said, and a sentence is of somebody else."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.sought import share_found
from assistant.agent.offline.understanding.terms import stem_set
from assistant.language.names import fold
from assistant.language.stems import words

# Somebody who is named as the one that said something.
_SPEAKER = re.compile(
    r"\b[Ww]hat (?:did|does|has) (?:the |Dr\.? |Mr\.? |Ms\.? )?(?:[A-Z]\w+ )?"
    r"(?P<speaker>[A-Z][A-Za-z]+) (?:say|said|think|comment|state|tell)\b"
)


def is_of_other_speaker(question: str, around: str, match: Match) -> bool:
    """Whether it is asked what somebody said, whom neither the text nor what stands around it names, in full or by an office's letters."""
    asked = _SPEAKER.search(question)
    if asked is None or fold(asked["speaker"]) in around:
        return False
    own = stem_set(match.unit.meaning)
    return not any(share_found(word, own, own, match.unit.text) for word in words(asked["speaker"]))
