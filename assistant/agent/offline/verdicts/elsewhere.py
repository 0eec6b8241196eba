"""Whether a sentence tells of another case than a yes/no question: of another study, another quarter, the other sex, of what is to come."""

from __future__ import annotations

import re
from functools import cache

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.numbered import names_other_code
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.understanding.cues import content, light, synonyms
from assistant.agent.offline.understanding.mentions import mentions, occurs
from assistant.agent.offline.understanding.terms import all_forms, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.language.names import fold, nuclides
from assistant.language.stems import stem, stems, words
from assistant.resources import prompt_table

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b(?! (?:line|time|party|hand)\b)|\bQ(?P<quarter>[1-4])\b", re.IGNORECASE)
# What is asked of now or of what was, and a verb of what is to come.
_BY_NOW = re.compile(
    r"^\W*(?:(?:so|and|but)\W+)?(?:is|are|was|were|has|have|had|did|does|do)\b(?!.*\b(?:plan|expect|schedul|going to|will\b))", re.I
)
_TO_COME = re.compile(
    r"\bwill (?:then |also |soon )?(?:open|start|begin|be|enter|commence|initiate|launch|join|take|move|become)\b", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:is|are|was|were|has|have|had)\b", re.IGNORECASE)
# "Is he the chair?" of one who left as such.
_HELD = re.compile(r"^\W*(?:(?:so|and|but)\W+)?(?:is|are)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:left|resigned|retired|stepped down|departed|former(?:ly)?|until|succeeded by|replaced by)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\bsignifican|\bdiffer", re.IGNORECASE)
_COMPARED_WITH = re.compile(r"\b(?:compared (?:with|to)|up from|down from|versus)\b", re.IGNORECASE)
# A line of a list of what is due, "QX-7: decision by May 2031", has no verb.
_LISTED = re.compile(r"[^:.]{2,40}: .*\b(?:20\d\d|quarter|half)\b")
_VERB = re.compile(r"\b\w{3,}ed\b", re.IGNORECASE)
# A code with what it is behind a comma.
_APPOSED = re.compile(r"(?<![\w-])(?P<code>[a-z]{2,}\d+)(?:,| \() ?(?:an?|the|which|its|whose)\b")
_NEW_ONE = re.compile(r"\W*(?:an?|another|further|future|new|larger)\s(?:[\w-]+\s){0,4}(?:trial|study|cohort|experiment)\b", re.IGNORECASE)
# A name in capitals that is asked for stands in the sentence itself and not by another of its kind.
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{4,}(?![\w-])")


def tells_of_another_case(topic: Topic, match: Match) -> bool:
    """Whether the sentence is about another study, ordinal, property, time or exchange than the question, be it as near as it may."""
    question, text = topic.question, match.unit.meaning
    return (
        is_of_another_study(topic, text)
        or is_of_other_arms(topic, text)
        or _has_other_ordinals(question, text)
        or has_opposite(question, text)
        or _is_of_another_time(question, text)
        or names_other_code(question, text)
        or _is_compared_with(topic, match.unit.text)
        or is_of_apposed(question, match.unit.text)
        or is_of_a_new_one(question, match.unit.text)
        or any(name not in f"{text} {match.unit.context}".upper() for name in _called_alike(question))
    )


def is_of_another_study(topic: Topic, text: str) -> bool:
    """Whether the text names a study, or a nuclide, and none that the question names."""
    asked, said = ({each.name for each in nuclides(each_text)} for each_text in (topic.question, text))
    if asked and said and not asked & said:
        return True
    ours = topic.named.studies
    if not ours or len(topic.known) < 2:
        return False
    theirs = mentions(text, topic.known, topic.callings).studies
    own_named = any(name and occurs(name, text) for study in ours for name in (study.compound, study.model))
    return bool(theirs) and not own_named and not {(s.name, s.document) for s in ours} & {(s.name, s.document) for s in theirs}


def is_of_other_arms(topic: Topic, text: str) -> bool:
    """Whether the question names a control, and the text compares others: the p-value of two doses against one."""
    if not topic.named.control or not _DIFFERENCE.search(topic.question):
        return False
    named = mentions(text, topic.known, topic.callings)
    return not named.control and bool(named.counts or named.several)


def _has_other_ordinals(question: str, text: str) -> bool:
    """Whether both count, and no number of the question is one of the text: the second quarter and the third."""
    asked, said = _ordinals(question), _ordinals(text)
    return bool(asked and said) and not asked <= said


def _ordinals(text: str) -> frozenset[str]:
    return frozenset(
        _ORDINALS[int(each["quarter"]) - 1] if each["quarter"] else each.group().casefold() for each in _ORDINAL.finditer(text)
    )


def has_opposite(question: str, text: str) -> bool:
    """Whether the text has the opposite of a property that the question names, and not the property: of cancer cells for normal ones."""
    asked, said = (frozenset(stems(each)) for each in (question, text))
    return any(
        these & asked and not those & asked and those & said and not these & said
        for one, other in _pairs()
        for these, those in ((one, other), (other, one))
    )


@cache
def _pairs() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    meaning = prompt_table("grounding.toml")["meaning"]
    pairs = [
        *meaning["opposites"],
        *(each for each in meaning["rivals"] if len(each) == 2),
        ["man men male males", "woman women female females"],
    ]
    return tuple((frozenset(stems(one)), frozenset(stems(other))) for one, other in pairs)


def _is_of_another_time(question: str, text: str) -> bool:
    """Whether it is asked what is or was, and the text tells only what will be, or who is in office, and the text tells who left it."""
    if _HELD.search(question) and _LEFT.search(text) and not _LEFT.search(question):
        return True
    to_come = _TO_COME.search(text) or (_LISTED.match(text) and not _VERB.search(text))
    return bool(_BY_NOW.search(question) and to_come) and not _NOW.search(text)


def is_of_a_new_one(question: str, text: str) -> bool:
    """Whether a question names a trial, and the sentence begins with one that has no name yet: "a randomised trial is in preparation"."""
    return bool(codes(question)) and codes(question).isdisjoint(codes(text)) and _NEW_ONE.match(text) is not None


def is_of_apposed(question: str, text: str) -> bool:
    """Whether what is asked of one code the text says of another alone: the antibody of "QX-7 and QX-9, an antibody" is QX-9."""
    folded, asked = fold(text), codes(question)
    for apposed in _APPOSED.finditer(folded):
        before, behind = folded[: apposed.start()], folded[apposed.end() :]
        if apposed["code"] in asked or not asked & codes(before) or asked & codes(behind):
            continue
        told = [
            each for word in words(question) if word.stem in content(question) - light() if (each := all_forms(word)) & stem_set(folded)
        ]
        if told and all(each & stem_set(behind) for each in told if not any(each & frozenset(stems(code)) for code in asked)):
            return True
    return False


def _is_compared_with(topic: Topic, text: str) -> bool:
    """Whether the sentence only compares another amount with that of the question: "8 million, compared with 9 million a year ago"."""
    compared = _COMPARED_WITH.search(text)
    amounts = {(figure.value, figure.unit) for figure in topic.figures if figure.unit and figure.unit != "date"}
    if compared is None or not amounts or _COMPARED_WITH.search(topic.question):
        return False
    before, behind = (
        {(figure.value, figure.unit) for figure in figures(part)} for part in (text[: compared.start()], text[compared.end() :])
    )
    return bool(amounts & behind - before) and bool({unit for _, unit in amounts & behind} & {unit for _, unit in before})


def _called_alike(question: str) -> list[str]:
    """The names in capitals of the question for which lookup takes others of their kind, too: one exchange for another."""
    return [name for name in _CAPITALS.findall(question) if stem(name.casefold()) in synonyms()]
