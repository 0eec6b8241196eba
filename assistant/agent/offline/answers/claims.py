"""What a question takes for granted of the text, and the text says otherwise: roles, counts, phases, dates, diseases, days of doses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.agent.offline.answers.selection import joined, selected
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.phrasing import arm_words, days_words, missing, phrase, quoted
from assistant.agent.offline.sentences.organs import asks_of_organs
from assistant.agent.offline.sentences.phases import phases_in
from assistant.agent.offline.sentences.units import Unit, units
from assistant.agent.offline.understanding.bounds import bounded, holds, is_bound
from assistant.agent.offline.understanding.cues import content, light, opposites, scaffold, signals
from assistant.agent.offline.understanding.offices import offices_in
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.understanding.vocabulary import naming_words
from assistant.language.figures import YEAR, Figure, figures
from assistant.language.names import fold
from assistant.language.stems import stems, words
from assistant.studies.vocabulary import read as read_terms

_NAME = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?(?P<last>[A-Z][a-z]+)\b")
# An office that stands so near a name is that person's.
_NEAR_A_NAME, _BEHIND_A_NAME = 45, 90
# Where what is said of a person ends.
_OTHERS = re.compile(r"[;:.!?]\s|\band\s(?=[A-Z])")
# "The CFO of Holm Ridge" is of a company.
_OF_A_FIRM = re.compile(r"\b(?:of|at|for|with|from)\s+(?:the\s+)?$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:release[ds]?|announce[ds]?|announcement|published?|publication|issued?|dated|came out|appeared|press)\b", re.IGNORECASE
)
# "Of the first dose left on day 21": when it is asked for, and no day of a dose.
_LEFT_ON = re.compile(r"\b(?:left|remain\w*|gone|there|decayed)\s+(?:(?:at|on|by|until|up to)\s+)?(?:study\s+)?days?\s*$", re.IGNORECASE)
_STUDY_DAY = re.compile(r"\bdays?[ -]$", re.IGNORECASE)
_GIVEN_BEFORE = 60
# How far a figure counts: to the next mark, verb or figure, and what stands before when and where it was so.
_COUNTED_TO = re.compile(r"[,;.?!:()]|\s\d|\b(?:at|after|before|have|has|had|were|was|are|is|did)\b", re.IGNORECASE)
# "Did 9 patients have a response?" tells of what they had.
_HAVING = re.compile(r"(?:\s[\w-]+){1,3}\s(?:have|has|had|were|was|are|is|did)\b", re.IGNORECASE)
_COUNTED_WORDS, _COUNTED_NOUNS = 4, 2
_RARE = 3
# Cancers of the blood are of these kinds, too.
_WIDE, _OF_BLOOD = "blood", frozenset(["lymph", "plasma"])
# What is asked of the time to come is not taken for granted: "when is its approval expected?".
_TO_COME = re.compile(
    r"\b(?:when|how soon|by when|what year) (?:will|could|can|might|may|would)\b"
    r"|\b(?:expect\w*|anticipat\w*|planned|plans|planning|likely|hoped?|hopes|hoping|upcoming)\b",
    re.IGNORECASE,
)


def contradictions(topic: Topic, findings: Findings) -> list[str]:
    """A sentence of the sources for each thing that the question takes for granted and they deny."""
    said = units(findings.evidence.sources)
    checks = (_offices, _counts, _phases, _diseases, _opposites)
    found = [quote for check in checks for quote in check(topic, said)]
    return list(dict.fromkeys([*_days(topic, findings), *found, *_dates(topic, findings, said)]))


def _quote(unit: Unit, lead: str = "") -> str:
    return quoted(lead, unit.quote, f"[{unit.source}]")


def _offices(topic: Topic, said: Sequence[Unit]) -> Iterator[str]:
    """People whom the question gives an office that the text gives to somebody else, or gives them another."""
    for person in _NAME.finditer(topic.question):
        if _OF_A_FIRM.search(topic.question[: person.start()]):
            continue
        claimed = _offices_near(topic.question, person.start(), person.end())
        where = [(unit, match) for unit in said for match in re.finditer(rf"\b{person['last']}\b", unit.text)]
        held = {office for unit, match in where for office in _offices_near(unit.text, match.start(), match.end())}
        if not claimed or not where or claimed & held:
            continue
        yield _quote(next((unit for unit, _ in where if _offices_near(unit.text, 0, len(unit.text))), where[0][0]))
        holder = next((unit for unit in said if _NAME.search(unit.text) and claimed & _offices_near(unit.text, 0, len(unit.text))), None)
        if holder:
            yield _quote(holder)


def _offices_near(text: str, start: int, end: int) -> frozenset[str]:
    behind = len(_OTHERS.split(text[end : end + _BEHIND_A_NAME])[0])
    return offices_in(text[max(0, start - _NEAR_A_NAME) : end + max(_NEAR_A_NAME, behind)])


def _counts(topic: Topic, said: Sequence[Unit]) -> Iterator[str]:
    """Numbers of things, "eight xenograft models", where the text counts as many of the same things otherwise, and not as bounded: 80 are
    over 50.
    """
    for figure in bounded(topic.question):
        nouns = _counted(topic.question, figure)
        if _HAVING.match(topic.question, figure.end) or figure.unit or figure.kind not in ("number", "word") or len(nouns) < _COUNTED_NOUNS:
            continue
        counting = [(unit, other) for unit in said for other in figures(unit.text) if nouns <= set(_counted(unit.text, other))]
        if counting and not any(other.value == figure.value or (is_bound(figure) and holds(other.value, figure)) for _, other in counting):
            yield _quote(counting[0][0])


def _counted(text: str, figure: Figure) -> frozenset[str]:
    """The stems of what a figure counts: the words behind it up to the next mark or verb."""
    behind = _COUNTED_TO.split(text[figure.end :])[0]
    following = words(behind)[:_COUNTED_WORDS]
    numbers = {
        word.text for word in following if any(term.values("count") or term.values("administration") for term in read_terms(word.text))
    }
    return frozenset(word.stem for word in following if word.text not in numbers and word.stem not in scaffold() | light())


def _phases(topic: Topic, said: Sequence[Unit]) -> Iterator[str]:
    """Phases of trials of which the text knows others only."""
    asked = phases_in(topic.question)
    if not asked:
        return
    telling = [(unit, phases_in(unit.text)) for unit in said]
    known = frozenset[str]().union(*(numbers for _, numbers in telling))
    unknown = sorted(asked - known)
    if unknown and known:
        yield missing("name", name=joined(phrase("phase", numeral="I" * int(number) if number != "4" else "IV") for number in unknown))
        yield _quote(max(telling, key=lambda pair: len(pair[1]))[0], phrase("nearest"))


def _dates(topic: Topic, findings: Findings, said: Sequence[Unit]) -> Iterator[str]:
    """A year or date in which the question says that a document came out, and it did not."""
    documents = [source.document for source in findings.evidence.sources if source.document.date]
    if len({document.id for document in documents}) != 1 or not _PUBLISHED.search(topic.question):
        return
    published = date.fromisoformat(str(documents[0].date))
    claimed = [figure for figure in figures(topic.question) if figure.unit == "date" or (not figure.unit and YEAR.fullmatch(figure.text))]
    known = {figure.value for unit in said for figure in figures(unit.text) if figure.unit == "date"}
    wrong = [
        f
        for f in claimed
        if f.value not in (known if f.unit == "date" else {published.year, *(date.fromordinal(int(day)).year for day in known)})
    ]
    telling = [unit for unit in said if any(f.unit == "date" and f.value == published.toordinal() for f in figures(unit.text))]
    if wrong and telling:
        yield _quote(telling[0])


def _diseases(topic: Topic, said: Sequence[Unit]) -> Iterator[str]:
    """A disease that the question ties to what the text ties to another one only: a designation, a trial."""
    naming = [term for term in read_terms(topic.question) if term.values("disease")]
    asked = {value for term in naming for value in term.values("disease")}
    of_it = frozenset(stems(" ".join(term.text for term in naming)))  # what names the disease ties nothing to it
    tying = content(topic.question) - naming_words() - light() - of_it
    counts = {stem: sum(stem in stem_set(unit.text) for unit in said) for stem in tying}
    rare = {stem for stem, count in counts.items() if 0 < count <= _RARE}
    seldom = {stem for stem, count in counts.items() if 0 < count <= 2 * _RARE}
    if not asked or not rare or len(seldom) < _COUNTED_NOUNS or asks_of_organs(topic):
        return
    telling = [unit for unit in said if rare & stem_set(unit.text) and len(seldom & stem_set(unit.text)) >= _COUNTED_NOUNS]
    named = [(unit, {value for term in read_terms(unit.text) for value in term.values("disease")}) for unit in telling]
    kin = asked | {_WIDE} if asked & _OF_BLOOD else asked | _OF_BLOOD if _WIDE in asked else asked
    if named and not any(kin & diseases for _, diseases in named) and all(diseases for _, diseases in named):
        yield _quote(max(named, key=lambda pair: len(seldom & stem_set(pair[0].text)))[0])


def _opposites(topic: Topic, said: Sequence[Unit]) -> Iterator[str]:
    """A property that the question gives a compound and the text denies it: approved, where it is investigational."""
    if topic.form == "yesno" or not topic.named.studies or _TO_COME.search(topic.question):
        return
    asked = frozenset(stems(topic.question))
    compounds = {fold(study.compound) for study in topic.named.studies if study.compound}
    for these, those in opposites():
        if these & asked and not those & asked:
            for unit in said:
                own = frozenset(stems(unit.text))
                if those & own and not these & own and any(compound in fold(unit.meaning) for compound in compounds):
                    yield _quote(unit)
                    return


def _days(topic: Topic, findings: Findings) -> Iterator[str]:
    """Days on which the question says that doses were given, of an arm whose doses were given on others."""
    claimed = {int(figure.value) for figure in figures(topic.question) if figure.unit == "day" and _is_of_a_dose(topic, figure)}
    arms = [(study, arm) for study, arm in selected(topic).arms if arm.days]
    if not claimed or not topic.named.studies or any(claimed <= set(arm.days) for _, arm in arms):
        return
    for study, arm in arms:
        marker = findings.cite_of(study, arm.spans.get("days"), arm.spans.get("label"))
        yield phrase("days_given", arm=arm_words(study, arm), days=days_words(arm.days), marker=marker)


def _is_of_a_dose(topic: Topic, figure: Figure) -> bool:
    """Whether a day is one of a schedule, "the second dose on day 28", and none to which animals lived."""
    before = topic.question[max(0, figure.start - _GIVEN_BEFORE) : figure.start]
    if not _STUDY_DAY.search(before) or _LEFT_ON.search(before):
        return False
    return any(term.values("administration") for term in read_terms(before)) and "survival" not in signals(before)
