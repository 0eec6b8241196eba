"""By which words a question may call an arm: those of its label, of its table row, and of the clauses that tell what it got."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.agent.evidence import Evidence, Source
from assistant.agent.offline.understanding.designations import designation
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.vocabulary import common_words
from assistant.agent.presentation import marker_of
from assistant.language.figures import figures
from assistant.language.names import fold
from assistant.language.sentences import sentences
from assistant.language.stems import stems
from assistant.resources import prompt_table
from assistant.studies.facts import Arm, Study
from assistant.studies.vocabulary import read
from assistant.values import Span

_CLAUSE = re.compile(r"[;:,()]|\b(?:and|or|while|whereas|versus|vs\.?|against|compared|than)\b", re.IGNORECASE)
# What any agent may be given, and the codes that stand for one: PD1 of "anti-PD-1".
_OF_ANY = frozenset(["alon", "onli"])
_CODE = re.compile(r"[a-z]{2,}\d{1,3}")
_WORD = re.compile(r"[a-z0-9]+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Calling:
    """The stems that tell ``arm`` from the other arms of its study: ``label`` those of its label, ``told`` those around its figures."""

    study: Study
    arm: Arm
    label: frozenset[str]
    told: frozenset[str]

    def __hash__(self) -> int:
        """Of what mostly tells callings apart; equality asks for all of it."""
        return hash((self.study, self.arm.label))

    @property
    def key(self) -> tuple[str, str, str]:
        """Document, study and label, by which the arm is known."""
        return self.study.document, self.study.name, self.arm.label


def callings(studies: Sequence[Study], evidence: Evidence) -> tuple[Calling, ...]:
    """The callings of every arm of ``studies``, whose texts are in ``evidence``."""
    return _callings(tuple(studies), evidence.sources)


@lru_cache(maxsize=16)  # a question is read again when calls have come back, which seldom bring further passages
def _callings(studies: tuple[Study, ...], sources: tuple[Source, ...]) -> tuple[Calling, ...]:
    evidence = Evidence(sources=sources)
    return tuple(calling for study in studies for calling in _of_study(study, evidence))


def called(question: str, known: Iterable[Calling]) -> tuple[Calling, ...]:
    """The arms that ``question`` calls by words: by those that only their labels have, or by an amount; where it calls none so, by
    those that only their row or clauses have, if these are of one arm.
    """
    asked, written = stem_set(question), _label_words(question)
    amounts = {(figure.value, figure.unit) for figure in figures(question)}
    found: list[Calling] = []
    by_study: dict[tuple[str, str], list[Calling]] = {}
    for calling in known:
        by_study.setdefault((calling.study.document, calling.study.name), []).append(calling)
    for arms in by_study.values():
        labelled = [c for c in arms if _is_labelled(c, asked, written) or _is_measured(c.study, c.arm, amounts)]
        told = [calling for calling in arms if calling.told & asked]
        found += labelled or (told if len(told) == 1 else [])
    return tuple(found)


def _is_measured(study: Study, arm: Arm, amounts: Collection[tuple[float, str]]) -> bool:
    """Whether one of the amounts is the arm's survival, or an activity by which it differs from other arms."""
    if arm.survival and (arm.survival.value, arm.survival.unit) in amounts:
        return True
    amounts_given = {_amount(other) for other in study.arms if other.activity}
    return len(amounts_given) > 1 and _amount(arm) in amounts


def _amount(arm: Arm) -> tuple[float, str] | None:
    return (arm.activity.value, arm.activity.measure) if arm.activity else None


def _is_labelled(calling: Calling, asked: frozenset[str], written: frozenset[str]) -> bool:
    """Whether the question has a telling word of the label, or all that sets it apart, if that is more than a number of doses."""
    own = calling.label
    if any(_tells(word) for word in own & asked):
        return True
    return own <= written | asked and any(word.isalpha() and not _counts_doses(word) for word in own)


def _counts_doses(word: str) -> bool:
    return any(term.values("count") or term.values("administration") for term in read(word))


def _tells(word: str) -> bool:
    """Whether a word of a label says by itself which arm is meant: not a number, nor a word of any question."""
    if _CODE.fullmatch(word):
        return True
    return word.isalpha() and len(word) > 2 and word not in _OF_ANY and (word in _controls() or word not in common_words())


@cache
def _controls() -> frozenset[str]:
    """What controls are called by what they got: saline, vehicle; not the word control itself, which any may be called."""
    names = prompt_table("names.toml")["control"]["control"]
    return frozenset(word for name in names if " " not in name for word in stems(name)) - frozenset(stems("control ctrl"))


def _of_study(study: Study, evidence: Evidence) -> Iterable[Calling]:
    names = stem_set(" ".join(filter(None, (study.compound, study.model, study.disease, study.species))))
    labels = [stem_set(arm.label) | _label_words(arm.label) for arm in study.arms]
    told = [_told(study, arm, evidence) - names for arm in study.arms]
    for place, arm in enumerate(study.arms):
        others = frozenset[str]().union(*labels[:place], *labels[place + 1 :])
        elsewhere = others.union(*told[:place], *told[place + 1 :])
        sign = designation(arm) or ""
        own = frozenset(word for word in labels[place] - others - {sign} if len(word) > 1 or word.isdigit())
        yield Calling(study, arm, own, frozenset(word for word in told[place] - elsewhere if _tells(word)))


def _told(study: Study, arm: Arm, evidence: Evidence) -> frozenset[str]:
    spans = [*arm.spans.values(), *([arm.survival.span] if arm.survival else [])]
    others = [
        span
        for other in study.arms
        if other is not arm
        for span in (*other.spans.values(), *([other.survival.span] if other.survival else []))
    ]
    return frozenset[str]().union(*(stem_set(_around(span, others, evidence)) for span in spans))


def _around(span: Span, others: Sequence[Span], evidence: Evidence) -> str:
    """The sentence or row that holds ``span``; of one that tells of other arms too the clause alone."""
    number = marker_of(span, evidence)
    if number is None:
        return ""
    passage = evidence.sources[number - 1].passage
    start, end = span.start - passage.start, span.end - passage.start
    sentence = next((s for s in sentences(passage.text) if s.start <= start < s.end), None)
    if sentence is None:
        return ""
    shared = any(sentence.start <= other.start - passage.start < sentence.end for other in others if other.document == span.document)
    return _clause(sentence.text, start - sentence.start, end - sentence.start) if shared and sentence.kind != "row" else sentence.text


@lru_cache(maxsize=2048)  # the sentences of the studies' figures are found for most questions
def _clause(text: str, start: int, end: int) -> str:
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    first = max(cut for cut in cuts if cut <= start)
    return text[first : min((cut for cut in cuts if cut >= end), default=len(text))]


def _label_words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))
