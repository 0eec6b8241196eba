"""What a sentence's figures give when they are put together as the question wants: quoted, then calculated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.answers.selection import pairs
from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.deriving.formulas import Formula, amounts, formula, is_wanted
from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.misfits import means_everybody, misfit
from assistant.agent.offline.deriving.operands import operands
from assistant.agent.offline.deriving.survivals import are_asked
from assistant.agent.offline.deriving.warrant import is_warranted
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, phrase, significant
from assistant.agent.offline.sentences.animals import tells_other_animals
from assistant.agent.offline.sentences.endpoints import endpoints
from assistant.agent.offline.sentences.fitness import is_about
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.phases import speaks_of_phases
from assistant.agent.offline.sentences.scope import codes, names_in
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.aspects import TEXT
from assistant.agent.offline.understanding.cues import words_of
from assistant.agent.offline.understanding.operation import Operation, operation, pools_groups
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import elements, nuclides
from assistant.language.periods import begins_earlier, tells_earlier
from assistant.language.stems import stem
from assistant.language.units import CURRENCIES, TIME_UNITS, canonical_unit
from assistant.language.written import money
from assistant.values import Result

# So many sentences are tried, and so many are looked through for the figures of two sides.
_TRIED, _CONSIDERED = 4, 60
# Of the question's words the sentence has at least this share: its figures are those of the thing that is asked about.
_COVERED = 0.6
# With so much of them it may be that thing, so that its rate is not passed over in silence; of more than so many none is meant.
_RELATED, _RATES = 0.35, 3
# By so much less the share of another sentence may be for it to be as good.
_AS_GOOD = 0.15
# So much is enough where no other sentence has figures to put together so, and the documents have all words of the question.
_ALONE, _NAMED = 0.3, 0.5
# So large a share of the question's words may be strange to the sources where units tell that the figures belong together.
_STRANGE = 0.25
_DIGITS = 4
# Aspects beside the text's own words for which a stated rate may have to be multiplied; extraction serves all others.
_ASPECTS = frozenset([TEXT, "dose"])
# Aspects that arms have too: of these the words have to tell that other figures are meant.
_OF_ARMS = frozenset(["sample_size", "survival", "total", "schedule", "dose_count", "burden", "control"])
_SURE = 0.85
_WORD = re.compile(r"[^\W\d_]+|%")
# Signals of which one is there where a total of what was given is asked for.
_OF_AMOUNTS = frozenset(["dose", "given", "how_much", "named_unit", "named_activity"])
# Signals whose words say how to calculate and not of what.
_HOW = ("percent", "ratio", "change", "share", "gain", "total", "compare")


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The calculations, once the passages are found."""
    return [_call(wanted) for _, wanted in _found(topic, findings, encode)]


def say(topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
    """Each sentence, quoted, and what its figures give."""
    said: list[str] = []
    for matches, wanted in _found(topic, findings, encode):
        if working := findings.working(_call(wanted)):
            value = result_amount(working.results[0])
            said += quotes(matches, "", findings)
            said.append(phrase(f"worked_{wanted.kind}", amount=value, reference=wanted.given, mark=findings.mark(_call(wanted))))
    return said


def result_amount(result: Result) -> str:
    """A result as it is told: a sum of money as releases write it."""
    if result.unit in CURRENCIES:
        return money(result.value, result.unit)
    return amount(significant(result.value, _DIGITS), result.unit)


def _found(topic: Topic, findings: Findings, encode: Encode) -> list[tuple[Sequence[Match], Formula]]:
    """The sentences about what is asked whose figures can be put together as asked: by the operation that it names, else by a rate."""
    if "significance" in topic.signals:
        return []  # hazard ratios and p-values are stated; no two figures of a sentence give them
    asked = _operation(topic, findings)
    rated = (topic.aspect in _ASPECTS or _names_another(topic)) and is_wanted(topic.figures, topic.signals)
    if asked is None and not rated:
        return []
    thing = _thing(topic)
    matches = [m for m in matches_of(thing, findings, encode) if speaks_of_phases(topic.question, f"{m.unit.meaning} {m.unit.context}")]
    matches = [m for m in matches if not tells_other_animals(topic.question, m.unit, findings)]
    if asked and (found := _operands(asked, topic, matches, findings)):
        return [found]
    about = [m for m in matches if m.names >= _NAMED and is_about(thing, m, findings)]
    return [((match,), wanted) for match, wanted in _of_one_sentence(topic, about)] if rated else []


def _operation(topic: Topic, findings: Findings) -> Operation | None:
    """What is to be worked out of the text; None where the arms of studies serve, which have two survivals to compare.

    What a question may ask of arms too has to be told by more of its words.
    """
    asked = operation(topic.question, names_in(topic, findings.evidence.sources)) if not pools_groups(topic.question) else None
    if asked and endpoints(topic.question):  # of several arms, which nobody adds up: "with one drug plus another"
        kinds = tuple(kind for kind in asked.kinds if kind != "sum")
        asked = replace(asked, kinds=kinds) if kinds else None
    if asked is None or topic.aspect in _ASPECTS:
        return asked
    if topic.aspect in ("benefit", "benefit_per_activity"):
        return None if any(pairs(study, topic) for study in topic.studies) else asked
    return replace(asked, enough=_SURE) if topic.aspect in _OF_ARMS else None


def _operands(asked: Operation, topic: Topic, matches: Sequence[Match], findings: Findings) -> tuple[Sequence[Match], Formula] | None:
    """The sentences of the figures that the operation is on, with what they give."""
    meant = [match for match in matches[:_CONSIDERED] if endpoints(topic.question) <= endpoints(match.unit.meaning)]
    before = tells_earlier(topic.question)
    if not before or asked.kinds == ("share",):  # what is compared with the year before is told in two sentences
        meant = [match for match in meant if match.unit.columns or begins_earlier(match.unit.text) is before]
    spoken: dict[str, frozenset[str]] = {}
    for match in matches:
        document = findings.document_of(match.unit.source).id
        spoken[document] = spoken.get(document, frozenset()) | stem_set(match.unit.text)
    found = operands(asked, topic, labelled(meant, findings), spoken)
    if found and (misfit(topic.question, found[0], found[1].kind) or not are_asked(topic, found[0])):
        return None
    if found and not _is_warranted(found[0], found[1], asked, topic, findings):
        return None
    return (tuple(dict.fromkeys(each.match for each in found[0])), found[1]) if found else None


def _is_warranted(inputs: Sequence[Labelled], wanted: Formula, asked: Operation, topic: Topic, findings: Findings) -> bool:
    """Whether all that the question tells of what it means is said of the figures."""
    heavy = [word for word, weight in asked.words.items() if weight >= 1]
    stated = labelled(tuple(dict.fromkeys(each.match for each in inputs)), findings, loosely=True)
    return is_warranted(topic.question, wanted.kind, heavy, inputs, stated)


def _of_one_sentence(topic: Topic, about: Sequence[Match]) -> list[tuple[Match, Formula]]:
    """Several only where each states a rate, one for each thing that may be meant; of other figures those of two sentences that
    are as good may not be guessed between.
    """
    matches = [match for match in about if match.names >= 1]
    enough = max([_COVERED, *(match.coverage - _AS_GOOD for match in matches[:_TRIED])])
    found: dict[str, tuple[Match, Formula]] = {}
    for position, match in enumerate(matches):
        wanted = _formula(topic, match)
        if wanted and match.coverage >= (_RELATED if wanted.kind == "rate" else enough if position < _TRIED else 1.0):
            found.setdefault(wanted.expression, (match, wanted))
    if not found and (alone := _alone(topic, about)):
        return [alone]
    rates = {wanted.kind for _, wanted in found.values()} == {"rate"}
    return list(found.values()) if len(found) == 1 or (rates and len(found) <= _RATES) else []


def _alone(topic: Topic, about: Sequence[Match]) -> tuple[Match, Formula] | None:
    """The one sentence, by far the best of those whose figures can be put together as asked, in which no word is strange to the sources."""
    fitting = [(match, wanted) for match in about if (wanted := _formula(topic, match)) is not None]
    ranked = sorted(fitting, key=lambda pair: -pair[0].coverage)
    if not ranked:
        return None
    best, wanted = ranked[0]
    strange = best.nowhere > (_STRANGE if wanted.kind in ("rate", "total", "total_at_most") and best.coverage >= _NAMED else 0)
    if strange or best.coverage < _ALONE:
        return None
    others = [match for match, other in ranked[1:] if other.expression != wanted.expression]
    return ranked[0] if all(match.coverage <= best.coverage - _AS_GOOD for match in others) else None


def _names_another(topic: Topic) -> bool:
    """Whether the question names something by a code that is no study's, or more doses than any arm got: no arm tells its total."""
    most = max((given(study, arm) or 0 for study in topic.studies for arm in study.arms), default=0)
    if topic.named.counts and min(topic.named.counts) > most:
        return True
    known = codes(" ".join(f"{study.name} {study.nuclide.name if study.nuclide else ''}" for study in topic.known))
    return bool(codes(topic.question) - known)


def _formula(topic: Topic, match: Match) -> Formula | None:
    wanted = formula(topic.figures, topic.signals, topic.unit, match.unit.text, topic.question)
    summed = wanted is not None and wanted.kind in ("total", "total_at_most")
    if summed and means_everybody(topic.question):
        return None
    asked, told = _elements(topic.question), _elements(match.unit.text)
    if asked and told and not asked & told:
        return None  # a rate of another radionuclide
    counted = summed and not topic.signals & _OF_AMOUNTS  # "how many models in total?"
    return None if counted or (summed and "percent" in topic.signals) else wanted


def _elements(text: str) -> frozenset[str]:
    """The symbols of the radionuclides, and of the elements without a mass number, that a text names."""
    return frozenset([*elements(text), *(mention.name.partition("-")[0] for mention in nuclides(text))])


def _thing(topic: Topic) -> Topic:
    """``topic`` without the words that say how to calculate, "year on year" among them, and the amounts that it gives for that."""
    question = topic.question
    for figure in reversed(amounts(topic.figures)):
        question = f"{question[: figure.start]} {question[figure.end :]}"
    how = words_of(*_HOW) | words_of("bound", table="operations")
    question = _WORD.sub(
        lambda word: "" if stem(word.group().casefold()) in how or canonical_unit(word.group()) in TIME_UNITS else word.group(), question
    )
    return replace(topic, question=question, form="what")


def _call(wanted: Formula) -> Call:
    return call("calculate", expression=wanted.expression)
