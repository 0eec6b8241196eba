"""A name that the studies do not go by: a question that holds one is about what speaks of it, and about nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.agent.evidence import Evidence
from assistant.agent.offline.findings import sentence_at
from assistant.agent.offline.sentences.scope import scope
from assistant.agent.offline.understanding.aspects import TEXT
from assistant.agent.offline.understanding.cues import cue_words, light, scaffold
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.presentation import marker_of
from assistant.language.names import fold
from assistant.language.stems import stem, stems
from assistant.language.units import ACTIVITY_UNITS, canonical_unit
from assistant.studies.facts import Study

_STUDY = "study|trial|protocol|report|abstract|poster"
_NAME = re.compile(r"(?<![\w-])[a-z]{5,}(?![\w-])")
# Aspects that need no study.
OF_THE_QUESTION = frozenset([TEXT, "scaled", "runway", "conversion", "arithmetic", "decay", "half_life", "half_lives"])


def narrowed(topic: Topic, evidence: Evidence, common_words: frozenset[str]) -> Topic:
    """``topic`` about only those studies that speak of its rare words; a question for the text where no study does.

    A rare word is one that neither English nor the vocabulary of questions has, but some document: a drug without a number, a
    company. Without this, "survival on velutinib" would be answered with the survival on another compound.
    """
    if topic.aspect in OF_THE_QUESTION or topic.named.studies or topic.follows:
        return topic
    named = scope(topic, evidence.sources)
    if meant := tuple(study for study in topic.studies if study.document in named):
        topic = replace(topic, studies=meant)
    if meant := _of_amount(topic):
        topic = replace(topic, studies=meant)
    texts = {source.passage.id: frozenset(stems(source.passage.text)) for source in evidence.sources}
    spoken = frozenset[str]().union(*texts.values()) if texts else frozenset[str]()
    rare = [w for w in _rare(topic.question, common_words) if w in spoken]
    if not rare:
        return topic
    meant = tuple(study for study in topic.studies if all(word in _words_about(study, evidence) for word in rare))
    meant = meant or tuple(s for s in topic.studies if all(w in _words_about(s, evidence) | _words_of_title(s, evidence) for w in rare))
    return replace(topic, studies=meant) if meant else replace(topic, aspect=TEXT)


def _of_amount(topic: Topic) -> tuple[Study, ...]:
    """The studies with an arm that was given an activity which the question states: "the 20 MBq group"."""
    stated = {(figure.value, figure.unit) for figure in topic.figures if figure.unit in ACTIVITY_UNITS}
    return tuple(s for s in topic.studies if any(a.activity and (a.activity.value, a.activity.unit) in stated for a in s.arms))


def names_study(code: str, texts: Iterable[str]) -> bool:
    """Whether the texts call a study or report by ``code``, as questions spell it."""
    said = re.compile(
        rf"\b(?:{_STUDY})\s(?:(?!(?:of|with|for|in|on)\b)\w+\s)?{re.escape(code)}(?!\w)|(?<!\w){re.escape(code)}\s(?:{_STUDY})\b"
    )
    return any(said.search(fold(text)) for text in texts)


def _words_of_title(study: Study, evidence: Evidence) -> frozenset[str]:
    titles = {source.document.title for source in evidence.sources if source.document.id == study.document}
    return frozenset[str]().union(*(stems(title) for title in titles))


def with_comparators(topic: Topic, evidence: Evidence, common_words: frozenset[str]) -> Topic:
    """``topic`` with the control named where it is called by what it got: "the dogs on carboplatin", if no other arm got that."""
    rare = frozenset(_rare(topic.question, common_words)) if not topic.named.control else frozenset[str]()
    meant = [study for study in topic.studies or topic.known if rare and rare & _words_of_controls_alone(study, evidence)]
    if not meant:
        return topic
    named = replace(topic.named, control=True, studies=topic.named.studies or tuple(meant))
    return replace(topic, named=named, seen=named, studies=topic.studies or tuple(meant), signals=topic.signals | {"control", "named_arm"})


def _words_of_controls_alone(study: Study, evidence: Evidence) -> frozenset[str]:
    """The stems of the sentences in which the control's survival stands, without those of the other arms' sentences."""
    controls = [arm.survival.span for arm in study.arms if arm.control and arm.survival]
    others = [arm.survival.span for arm in study.arms if not arm.control and arm.survival]
    words_of = [frozenset(stem for span in spans for stem in stems(sentence_at(span, evidence))) for spans in (controls, others)]
    return words_of[0] - words_of[1]


def _rare(question: str, common_words: frozenset[str]) -> list[str]:
    known = cue_words() | scaffold() | light()
    found = (word for word in _NAME.findall(fold(question)) if word not in common_words and word.rstrip("s") not in common_words)
    return [stem(word) for word in found if stem(word) not in known and not canonical_unit(word)]


def _words_about(study: Study, evidence: Evidence) -> frozenset[str]:
    """The stems of the passages that the study was read from."""
    spans = [arm.survival.span for arm in study.arms if arm.survival] + list(study.spans.values())
    numbers = {number for span in spans if (number := marker_of(span, evidence))}
    return frozenset[str]().union(*(stems(evidence.sources[number - 1].passage.text) for number in numbers))
