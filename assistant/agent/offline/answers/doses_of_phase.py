"""How often a phase of a trial doses its patients, as the clause of the sentence that speaks of that phase tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.agent.offline.phrasing import quoted
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.phases import phases_in
from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.cues import light, scaffold, signals
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.language.stems import stems, words
from assistant.studies.vocabulary import read

# Where what is said of one trial ends and that of another begins.
_APART = re.compile(r"[;:]|,?\s\b(?:as well as|while|whereas|and (?=in a |a phase|the phase|its phase))\b", re.IGNORECASE)
_MAY = re.compile(r"\b(?:may|might|can|could|some|possible|allow(?:s|ed)?|permit(?:s|ted)?)\b", re.IGNORECASE)
# So many of the likeliest sentences are read.
_READ = 5


def _asks_that_alone(topic: Topic, match: Match) -> bool:
    """Whether the sentence has every word of the question but those of giving: "was a single dose safe in it?" asks for more."""
    own = stem_set(match.unit.meaning)
    rest = [word for word in words(topic.question) if word.stem not in scaffold() | light() and not read(word.text)[0].meanings]
    return all(forms_of(word.stem) & own or word.stem in _giving() for word in rest) and not signals(topic.question, "concepts")


@cache
def _giving() -> frozenset[str]:
    return frozenset(stems("get gets give gives giving given receive receives dose dosed dosing patients allow allows permit possible"))


def dosed_in_phase(topic: Topic, matches: Sequence[Match]) -> str:
    """Yes or no to whether the one phase that is asked about gives so many doses, with the sentence; empty where none tells.

    One that gives either one dose or two says yes only to who asks whether two may be given.
    """
    phases = phases_in(topic.question)
    if topic.form != "yesno" or len(phases) != 1 or len(topic.named.counts) != 1:
        return ""
    (asked,) = topic.named.counts
    for match in matches[:_READ]:
        if not _asks_that_alone(topic, match):
            continue
        for clause in _APART.split(match.unit.text):
            given = administrations_in(clause)
            if given and phases_in(clause) == phases:
                told = asked not in given or len(given) == 1 or _MAY.search(topic.question)
                return quoted(verdict(topic, held=asked in given) if told else "", match.unit.quote, f"[{match.unit.source}]")
    return ""
