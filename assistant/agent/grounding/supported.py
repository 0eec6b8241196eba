"""Whether a figure of a statement stands in its cited passages, facts and calculations, or counts what the evidence has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from assistant.agent.grounding.administrations import dose_count
from assistant.agent.grounding.agreement import agree, calculated, stated, valued
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.implied import implied
from assistant.agent.grounding.listed import counts_listed
from assistant.agent.grounding.ordinals import otherwise_put
from assistant.agent.grounding.reading import Support
from assistant.agent.grounding.tables import known_amounts
from assistant.agent.grounding.turn import Turn
from assistant.agent.grounding.vocabulary import stem, stems, table
from assistant.agent.grounding.wording import CONTRAST, way
from assistant.language.schedule import numbers_a_day
from assistant.language.units import ACTIVITY, TIME_UNITS
from assistant.values import Result, Working

_EXACTLY = re.compile(r"\b(?:exactly|precisely)\s$", re.IGNORECASE)
# "a typical ampoule": the word behind the article, and the one behind that
_SINGULAR = re.compile(r"\b(?:an?|each|every|per)\s([a-z-]+)(?:\s([a-z-]+))?")
# "per GBq administered"
_PER = re.compile(rf"\bper\s({ACTIVITY})", re.IGNORECASE)
# "26 days longer", "an additional 26 days"
_LONGER = re.compile(r"\s(?:longer|shorter|more than|less than)\b", re.IGNORECASE)
_GAINED = re.compile(r"\b(?:gain|benefit|differ|difference|advantage|another|delay|behind|ahead)", re.IGNORECASE)
# "Two" and "one" alone are pronouns, too.
_FEWEST_BARE = 3
# Larger numbers are measured, not counted in the evidence.
_LARGEST_COUNT = 10


def unfounded(said: str, support: Support, turn: Turn) -> str | None:
    """The first figure of ``said``, as written, that its cited evidence does not have; None where it has all."""
    for amount in _claimed(said, turn):
        if _tells_difference(amount, said) and not _in_workings(amount, support) and not _differs(amount, support):
            return amount.text
        if not (
            _in_sources(amount, support)
            or _in_facts(amount, said, support, turn)
            or _in_workings(amount, support)
            or _counted(amount, turn, support, said)
            or otherwise_put(amount, said, support)
            or _indefinite(amount, said, support)
            or implied(amount, said, support)
            or _shared_unit(amount, said, support)
            or counts_listed(amount, said, support)
        ):
            return amount.text
    return None


def uncounted(said: str, support: Support, turn: Turn) -> str | None:
    """The first number of ``said`` that the cited evidence has, but of other things: "six days" where it says "six mice"."""
    for amount in _claimed(said, turn):
        known = [*(figure for line in support.lines for figure in line.figures), *chain.from_iterable(map(known_amounts, support.headings))]
        if amount.unit or not amount.nouns or any(stated(amount, source) for source in known):
            continue
        if not (
            _in_facts(amount, said, support, turn)
            or _in_workings(amount, support)
            or _counted(amount, turn, support, said)
            or otherwise_put(amount, said, support)
            or _indefinite(amount, said, support)
            or counts_listed(amount, said, support)
        ):
            return amount.text
    return None


def anywhere(amount: Amount, turn: Turn) -> bool:
    """Whether the question or any evidence of the turn has the figure."""
    evidence = turn.evidence
    texts = [*(f"{d.title}\n{d.date or ''}" for d in evidence.documents)]
    everything = Support(tuple(("", s) for s in evidence.sources), tuple((f"c{i}", w) for i, w in enumerate(evidence.workings, 1)))
    if _counted(amount, turn) or turn.repeats(amount) or any(stated(amount, known_) for text in texts for known_ in amounts(text)):
        return True
    return _in_sources(amount, everything) or _in_workings(amount, everything)


def is_count(amount: Amount) -> bool:
    """Whether a figure is a small number of things, or a multiple or part in words."""
    if amount.kind == "word" and amount.unit in ("ratio", "percent"):
        return True
    return not amount.unit and amount.kind in ("number", "word", "count", "rank") and amount.value <= _LARGEST_COUNT


def _claimed(said: str, turn: Turn) -> Iterator[Amount]:
    """The figures of ``said``; not those that it says are not so while the user named them, and a spread without its unit."""
    contrasts = [match.span() for match in CONTRAST.finditer(said)]
    for amount in amounts(said):
        denied = any(start <= amount.start < end for start, end in contrasts) and turn.asked(amount)
        spread = said[: amount.start].rstrip().endswith("±")  # it has the unit of its mean, wherever the source writes it
        if not denied:
            yield replace(amount, unit="") if spread else amount


def _tells_difference(amount: Amount, said: str) -> bool:
    """Whether a time is by how much something lasts longer: "26 days longer"."""
    return amount.unit in TIME_UNITS and _LONGER.match(said, amount.end) is not None


def _differs(amount: Amount, support: Support) -> bool:
    """Whether a cited sentence that has the figure speaks of a difference; an interval of a schedule is none."""
    saying = (line for line in support.lines if any(valued(amount, source) for source in line.figures))
    return any(way(line.reading) or _GAINED.search(line.reading) for line in saying)


def _in_sources(amount: Amount, support: Support) -> bool:
    said = (known for line in support.lines for known in line.figures)
    return any(valued(amount, source) for source in chain(said, *map(known_amounts, support.headings)))


def _shared_unit(amount: Amount, said: str, support: Support) -> bool:
    """Whether a figure is a cited one with the unit that its sentence has elsewhere: "four days, but ten with …", "per GBq, 1.9 Gy"."""
    if amount.unit:
        return any(_in_sources(replace(amount, unit=f"{amount.unit}/{unit[1]}"), support) for unit in _PER.finditer(said))
    if amount.nouns or amount.kind != "word" or amount.value < _FEWEST_BARE:
        return False
    units = {other.unit for other in amounts(said) if other.unit and other.kind in ("number", "word")}
    return any(_in_sources(replace(amount, unit=unit), support) for unit in units - {"ratio"})


def _in_facts(amount: Amount, said: str, support: Support, turn: Turn) -> bool:
    """Whether a typed fact that was read in a cited passage has the value, as a table cell whose unit stands in its heading.

    A figure of an arm's name, "2 x 10 MBq", is part of a name.
    """
    if amount.unit and amount.qualifier in ("<=", ">="):  # a bound, which the text must state
        return False
    labels = (arm.label for study in turn.studies for arm in study.arms)
    if any(amount.text in label and stated(amount, known_) for label in labels for known_ in amounts(label)):
        return True
    return any(
        bool(amount.unit) == bool(fact.unit) and agree(amount, fact.value, fact.unit, "document")
        for fact in turn.facts
        if support.holds(fact.span) and (not fact.dated or numbers_a_day(said, amount.start))
    )


def _in_workings(amount: Amount, support: Support) -> bool:
    for _, working in support.workings:
        if any(calculated(amount, value.value, value.unit, value.name) for value in _values(working)):
            return True
        names = (value.name for value in _values(working))
        if any(stated(amount, known_) for text in (*working.notes, *names) for known_ in amounts(text)):
            return True
    return False


def _values(working: Working) -> list[Result]:
    """Results, and operands as results, which have no span."""
    return [*working.results, *(Result(name=o.name, value=o.value, unit=o.unit) for o in working.operands)]


def _counted(amount: Amount, turn: Turn, support: Support | None = None, said: str = "") -> bool:
    """Whether a small number counts what the evidence has: its studies, arms and compounds, or figures and sources as such.

    Administrations are those of the studies of the documents that ``support`` cites, where it is given and cites any; arms are those of
    the studies that ``said`` names, where it names any.
    """
    cited = {source.document.id for _, source in support.sources} if support else set()
    doses = {dose_count(arm) for study in turn.studies if not cited or study.document in cited for arm in study.arms}
    if amount.kind == "rank":
        of_studies = bool(amount.nouns & stems(table("meaning")["counted_studies"]))  # "the mice of the first study"
        most = len(turn.studies) if of_studies else max((count or 0 for count in doses), default=0)
        return (of_studies or not amount.nouns or bool(amount.nouns & stems("dose"))) and amount.value <= most
    if amount.text.lower() in ("both", "single", "sole"):  # of what, the rest of the sentence must tell
        return True
    if amount.kind == "count" and amount.text.lower().endswith(("once", "twice", "thrice", "times")):
        return amount.value in doses
    if amount.unit or amount.kind not in ("number", "word", "count") or amount.value != int(amount.value) or amount.value > _LARGEST_COUNT:
        return False
    if not amount.nouns:
        return amount.kind == "word" and amount.text.lower() == "one"
    return amount.value in doses if amount.nouns & stems("dose") else _counts_things(amount, turn, said)


def _indefinite(amount: Amount, said: str, support: Support) -> bool:
    """Whether the "one" of "one ampoule yields 20 GBq" is the article of a cited sentence that says so of "a typical ampoule".

    A number of things that were counted needs its figure: "one patient" is no patient of whom a sentence without such a figure speaks.
    """
    if amount.unit or amount.text.lower() != "one" or not amount.nouns:
        return False
    measured = [other for other in amounts(said) if other.unit]
    saying = [line for line in support.lines if any(stated(other, figure) for other in measured for figure in line.figures)]
    nouns = (stem(word) for line in saying for match in _SINGULAR.finditer(line.reading.lower()) for word in match.groups() if word)
    return any(noun in amount.nouns for noun in nouns)


def _counts_things(amount: Amount, turn: Turn, said: str) -> bool:
    words = table("meaning")
    named = [mention.pairs for mention in turn.registry.study_mentions(said)]
    meant = {study for study, _ in (turn.registry.pairs.intersection(*named) if named else turn.registry.pairs)}
    counts = {
        "counted_studies": {len(turn.studies)},
        "counted_arms": {len(study.arms) for number, study in enumerate(turn.studies) if number in meant},
        "counted_compounds": {len({study.compound for study in turn.studies if study.compound})},
    }
    if any(amount.nouns & stems(words[name]) and int(amount.value) in allowed for name, allowed in counts.items()):
        return True
    return bool(amount.nouns & stems(words["countable"]))


def overprecise(said: str, support: Support) -> str | None:
    """A figure that ``said`` calls exact while its sources give it as approximate only."""
    for amount in amounts(said):
        if not _EXACTLY.search(said[: amount.start]):
            continue
        known = [source for text in support.passages for source in known_amounts(text) if stated(amount, source)]
        if known and all(source.qualifier == "~" for source in known):
            return amount.text
    return None
