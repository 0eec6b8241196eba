"""Whether the figure that a yes/no question states, or holds to a bound, is that of whom, when and where it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import isclose

from assistant.agent.offline.sentences.alignment import Key, Told, keys, numbered, sort_of, stretches, told
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import codes, elements_of
from assistant.agent.offline.understanding.bounds import bounded, is_bound
from assistant.agent.offline.understanding.cues import content, light, scaffold, words_of
from assistant.agent.offline.understanding.mentions import mentions
from assistant.agent.offline.understanding.terms import all_forms, measure_key
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.abbreviations import written_out
from assistant.language.figures import YEAR, Figure, figures
from assistant.language.names import elements
from assistant.language.periods import Period, periods
from assistant.language.stems import Word, stems, words
from assistant.language.tables import cells, names_above
from assistant.language.units import TIME_UNITS
from assistant.resources import prompt_table
from assistant.studies.quantities import scale

_OF_YEAR = frozenset(stems("first second third fourth quarter half"))
Asked = Sequence[frozenset[Key]]

# When something was so, which is not itself stated: "at 24 hours".
_AT = re.compile(r"\b(?:at|after|by|on|within|until|to)\s+(?:the\s+|about\s+)?(?:day\s+|week\s+|month\s+)?$", re.IGNORECASE)
_WHOLE = re.compile(r"(?:\bof(?: the| those| all)?\s+|/\s*)$", re.IGNORECASE)
_DOSES_OF = re.compile(r"[- ](?:dose|cycle|treatment|injection|cohort)s?\b", re.IGNORECASE)
_RANGE = re.compile(r"\d%?\s*(?:to|-|–|—)\s*(?:[A-Z]{3}\s)?[$€£]?$", re.IGNORECASE)
_ZERO = re.compile(r"0(?:\.0+)?(?:\s*[(/%].*)?$")
_UNSAID = re.compile(r"[-–—]|n/?a|nr|nd|", re.IGNORECASE)
_OTHER_SPAN = re.compile(r"\b(?:(?:nine|six|three|twelve|\d{1,2}) months|full year|year to date)\b", re.IGNORECASE)
_ARM = re.compile(r"\b(?:arm|group|cohort)s?\b", re.IGNORECASE)
_RANGE_BEHIND = re.compile(r"\s*(?:to|-|–|—)\s*(?:[A-Z]{3}\s)?[$€£]?\d")
_LED_FROM = re.compile(r"\bfrom\b[^.;]{0,60}$", re.IGNORECASE)
_NOUN = re.compile(r"\s+(?:(?:new|other|more|of the|evaluable|treated)\s+)?(?P<noun>[a-z][a-z-]+)", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"(?:in|on|at|of|to|for|with|without|from|by|and|or|against|had|has|have|was|were|is|are|did|do|does|per|after|before|than|as|under|over|\w+ed|\w+ing)"
)


def asked_of(question: str, beside: Sequence[Figure] = ()) -> Asked:
    """What a question names, each by all its forms, without the figures ``beside``, which it states or holds something to."""
    plain = question
    for figure in sorted(beside, key=lambda each: -each.start):
        plain = f"{plain[: figure.start]} {plain[figure.end :]}"
    amounts = [figure for figure in figures(plain) if figure.unit and figure.kind in ("number", "word") and figure.unit != "ratio"]
    named: list[frozenset[Key]] = [frozenset[Key]([measure_key(figure)]) for figure in amounts]
    named += [frozenset[Key]([f"date {figure.value:.0f}"]) for figure in figures(plain) if figure.kind == "date"]
    named += [frozenset[Key]([each]) for each in numbered(plain)]
    named += [frozenset[Key]([each]) for each in periods(plain)]
    for figure in reversed(figures(plain)):
        plain = f"{plain[: figure.start]} {plain[figure.end :]}"
    plain = written_out(plain)
    part_of_year = _OF_YEAR if periods(question) else frozenset[str]()
    telling = content(plain) - part_of_year - light() - scaffold() - words_of("whom", table="reference_figures")
    named += [frozenset[Key](all_forms(word)) for word in words(plain) if word.stem in telling and not any(map(str.isdigit, word.text))]
    return named


def hits(asked: Asked, own: frozenset[Key]) -> frozenset[int]:
    """Which of the things asked are among ``own``."""
    return frozenset(place for place, forms in enumerate(asked) if forms & own or any(_is_period(each, own) for each in forms))


def _is_period(asked: Key, own: frozenset[Key]) -> bool:
    return isinstance(asked, Period) and any(isinstance(each, Period) and each.is_meant_by(asked) for each in own)


def _names_year(question: str) -> bool:
    """Whether a question names a whole year, in which quarters and days lie."""
    return any(period.parts == 1 for period in periods(question))


def meant(asked: Asked, some: Sequence[Told]) -> list[Told]:
    """Those of several figures of one kind of which all is said that is asked and said of any of them; none where one has what another
    lacks and lacks what that has.
    """
    said = [hits(asked, each.said) for each in some]
    own = [hits(asked, each.own) for each in some]
    most = max(said, key=len, default=frozenset[int]())
    if not all(each <= most for each in said):
        return []
    whole = [place for place, each in enumerate(said) if each == most]
    nearest = max((own[place] for place in whole), key=len, default=frozenset[int]())
    if not all(own[place] <= nearest for place in whole):
        return []
    return [some[place] for place in whole if own[place] == nearest]


def held(bound: Figure, question: str, match: Match, found: Sequence[tuple[int, Figure]]) -> list[Figure]:
    """Of the figures ``found`` in a text, each by the place of its cell or where it begins, those that the question means; none where that
    is not clear.
    """
    values = dict(found)
    place = {each: each.part if match.unit.columns else each.figure.start for each in told(match.unit)}
    likely = meant(
        asked_of(question, [with_noun(question, bound)]), list({at: each for each, at in place.items() if at in values}.values())
    )
    return [values[place[each]] for each in likely]


def are_meant(pair: Sequence[tuple[Figure, str]], match: Match) -> bool:
    """Whether each of two figures of one sentence or row is the one that is meant by what a question asks of it, which stands beside it."""
    every = told(match.unit)
    for figure, question in pair:
        asked = asked_of(question)
        own = [each for each in every if each.figure.value == figure.value and sort_of(each.figure) == sort_of(figure)]
        if own and not any(each in meant(asked, [each, *rivals(each, every)]) for each in own):
            return False
    return True


def counts_nothing(topic: Topic, match: Match) -> bool | None:
    """Whether the cell of a row that a question names by its column counts none; None where no cell is named and some count none, or the
    cell says nothing.
    """
    if not match.unit.columns or _stated(topic.question):
        return False
    row, names = cells(match.unit.text), names_above(match.unit.columns, match.unit.text)
    if len(row) != len(names):
        return False
    asked = asked_of(topic.question)
    named = [hits(asked, keys(name)) for name in names]
    most = max(map(len, named[1:]), default=0)
    meant = {_ZERO.match(row[place]) is not None if row[place] else None for place in range(1, len(row)) if len(named[place]) == most}
    unsaid = any(_UNSAID.fullmatch(row[place]) for place in range(1, len(row)) if len(named[place]) == most)
    if not most:
        return None if any(_ZERO.match(cell) for cell in row[1:]) else False
    return None if len(meant) != 1 or unsaid else meant.pop()


def is_of_another_arm(topic: Topic, match: Match) -> bool:
    """Whether a question names the control and a sentence only another arm, or the sentence the control and the question another."""
    asked, text = topic.question, match.unit.text
    ours, theirs = (mentions(each, topic.known, topic.callings) for each in (asked, text))
    if ours.control and not theirs.control:
        return _ARM.search(text) is not None and not match.unit.columns
    return theirs.control and not ours.control and bool(codes(asked)) and not codes(asked) & codes(text)


def states(topic: Topic, match: Match) -> bool | None:
    """Whether what a question states, a figure or a period, is what the sentence or row tells of just that of which it is asked: False
    where it tells it of something else and another figure of the very thing, None where that is not clear.
    """
    if is_beside(topic.question, match):
        return None
    every = told(match.unit)
    held = [_is_stated(topic.question, each, match, every) for each in _stated(topic.question)]
    held += [_is_in_period(topic.question, match)] if not held else []
    return False if False in held else None if None in held else True


def _stated(question: str) -> list[Figure]:
    """The figures that a question states, without those that tell of whom or when: "at 24 hours", "two doses"."""
    found = [
        figure
        for figure in bounded(question)
        if figure.kind in ("number", "word")
        and figure.unit != "ratio"
        and not is_bound(figure)
        and not (not figure.unit and YEAR.fullmatch(figure.text))
        and not (figure.kind == "word" and _DOSES_OF.match(question, figure.end))
    ]
    when = [figure for figure in found if figure.unit in TIME_UNITS and _AT.search(question[: figure.start])]
    return [figure for figure in found if figure not in when] or when


def _is_stated(question: str, stated: Figure, match: Match, every: Sequence[Told]) -> bool | None:
    text = match.unit.text
    same = [each for each in every if _is_same(stated, each, rows=bool(match.unit.columns))]
    if not same:
        said = {figure.value for figure in figures(match.unit.meaning)}
        return None if _is_in(stated, every) or (stated.kind == "number" and stated.value not in said) else True
    sentence = not match.unit.columns
    if sentence and all(_is_beside(question, stated, each.figure, text) for each in same):
        return None
    asked = asked_of(question, [with_noun(question, stated)])
    around = keys(f"{text} {match.unit.meaning} {match.unit.columns}")
    if any(not hits([forms], around) for forms in asked if not any(isinstance(form, Period) or " " in form for form in forms)):
        return None
    if sentence and not stated.unit and (counted := _counts_another(question, stated, same, every, text)) is not True:
        return counted
    alike = [*same, *rivals(same[0], every)]
    likely = meant(asked, alike)
    first = min((each for each in likely if not each.aside), key=lambda each: each.figure.start, default=None)
    if any(each in same for each in likely) and (len({each.figure.value for each in likely}) == 1 or first in same):
        return True
    return False if len(likely) == 1 and not _names_year(question) and _is_surely(asked, likely[0], same) else None


def _is_same(stated: Figure, each: Told, *, rows: bool) -> bool:
    """Whether a figure of the text is the one that a question states; a cell's unit may stand in the name of its column."""
    figure = each.figure
    if rows and not (figure.unit and stated.unit):
        return isclose(figure.value, stated.value)
    factor, its_factor = scale(stated.unit)[1], scale(figure.unit)[1]
    if sort_of(stated) == "sum" and stated.unit and figure.unit not in ("", stated.unit):
        return False
    return sort_of(figure) == sort_of(stated) and isclose(figure.value * its_factor, stated.value * factor)


def _is_in(stated: Figure, every: Sequence[Told]) -> bool:
    """Whether only others of the kind of a figure that a question states are in the text."""
    return bool(stated.unit) and any(sort_of(each.figure) == sort_of(stated) for each in every)


def _is_beside(question: str, stated: Figure, figure: Figure, text: str) -> bool:
    """Whether a figure is a spread, one end of a range, or the number of all of whom another counts some, and is not asked as such."""
    before, behind = text[: figure.start], text[figure.end :]
    whole = _WHOLE.search(before)
    of_all = whole is not None and re.search(r"[\w%]\s*$", before[: whole.start()]) is not None
    counted = any(found.end == len(before[: whole.start()].rstrip()) for found in figures(text)) if whole else False
    if of_all and counted and not _WHOLE.search(question[: stated.start]):
        return True
    spread = before.rstrip().endswith(("±", "+/-"))
    ends = _RANGE_BEHIND.match(behind) is not None or (_RANGE.search(before) is not None and not _LED_FROM.search(before))
    ranged = _RANGE_BEHIND.match(question[stated.end :]) is not None or _RANGE.search(question[: stated.start]) is not None
    return spread or (ends and not ranged and not _LED_FROM.search(before))


def _counts_another(question: str, stated: Figure, same: Sequence[Told], every: Sequence[Told], text: str) -> bool | None:
    """True where a number counts what the question's counts, or the text does not tell; False where beside it another counts that."""
    named = noun_behind(question, stated.end)
    if not named:
        return True
    forms = all_forms(named)
    whom = words_of("whom", table="reference_figures")
    own = [noun_behind(text, each.figure.end) for each in same]
    if not all(own) or any(noun and (noun.stem in forms or {noun.stem, named.stem} <= whom) for noun in own):
        return True
    others = [each for each in every if each not in same and (noun := noun_behind(text, each.figure.end)) and noun.stem in forms]
    if not others:
        return True
    return False if {each.part for each in others} == {each.part for each in same} else None


def with_noun(question: str, figure: Figure) -> Figure:
    """A number of a question together with what it counts; any other figure as it is."""
    noun = None if figure.unit else noun_behind(question, figure.end)
    found = _NOUN.match(question, figure.end)
    return replace(figure, end=found.end()) if noun and found else figure


def is_beside(question: str, match: Match) -> bool:
    """Whether a sentence tells of another element, line item or period than the question names."""
    text = f"{match.unit.meaning} {match.unit.columns}"
    return names_other_element(question, text) or lacks_written_out(question, match) or is_of_another_period(question, text)


def names_other_element(question: str, text: str) -> bool:
    """Whether a question names an element, "with yttrium", and a text speaks of nuclides of others only."""
    carried = elements_of(text)
    asked = frozenset(elements(question).values()) | elements_of(question)
    return bool(carried and asked) and not asked & (carried | frozenset(elements(text).values()))


def is_of_another_period(question: str, text: str) -> bool:
    """Whether a question names a quarter, half or month, and a text other times only: "the nine months"."""
    asked, said = [period for period in periods(question) if period.parts > 1], periods(text)
    if not asked or any(each.is_meant_by(period) for period in asked for each in said):
        return False
    return bool(said) or _OTHER_SPAN.search(text) is not None


def lacks_written_out(question: str, match: Match) -> bool:
    """Whether a sentence, and what stands around it, lacks what is written by letters alone in the question: "R&D"."""
    phrases = [name for name in prompt_table("abbreviations.toml")["written_out"].values() if " and " in name]
    asked = [name for name in phrases if name in written_out(question).casefold()]
    said = frozenset(stems(written_out(f"{match.unit.text} {match.unit.meaning}").casefold()))
    return any(not frozenset(stems(name)) <= said for name in asked)


def noun_behind(text: str, end: int) -> Word | None:
    """The word right behind a number, where it may be what this counts."""
    found = _NOUN.match(text, end)
    word = words(found["noun"])[-1:] if found else ()
    return word[0] if word and word[0].stem not in scaffold() and not _NO_NOUN.fullmatch(word[0].text) else None


def _is_surely(asked: Asked, other: Told, same: Sequence[Told]) -> bool:
    """Whether ``other`` has all that each of ``same`` has of what is asked and more, both are told apart by words of their own, and neither
    is a part of the other or stands in brackets.
    """
    theirs = hits(asked, other.said)
    apart = all(hits(asked, each.said) < theirs and _names(each) and not each.aside for each in same)
    nested = other.nested and any(not each.nested for each in same)
    return apart and _names(other) and not other.aside and not nested


def _names(each: Told) -> bool:
    return any(isinstance(key, Period) or not any(map(str.isdigit, key)) or "#" in key for key in each.label)


def _is_in_period(question: str, match: Match) -> bool | None:
    """As ``states`` for the one period that a question names, where it states nothing else."""
    named = periods(question)
    if len(named) != 1 or match.unit.columns:
        return True
    parts: list[tuple[frozenset[Key], bool]] = []
    waiting = frozenset[Key]()
    for stretch in stretches(match.unit.text):
        waiting |= keys(stretch)
        if found := periods(stretch):
            parts.append((waiting, any(each.is_meant_by(named[0]) for each in found)))
            waiting = frozenset()
    if len(parts) < 2 and (not parts or parts[0][1]):
        return True
    asked = [forms for forms in asked_of(question) if not any(isinstance(form, Period) for form in forms)]
    own = [hits(asked, told_of) for told_of, is_it in parts if is_it]
    others = [hits(asked, told_of) for told_of, is_it in parts if not is_it]
    if own and all(other <= max(own, key=len) for other in others):
        return True
    surely = bool(own) and not _names_year(question) and len(parts) == 2 and own[0] < others[0]
    return False if surely else None


def rivals(each: Told, every: Sequence[Told]) -> list[Told]:
    """The other figures that may be meant in the place of one: of its kind, of another value, and in another part of the sentence."""
    return [
        other
        for other in every
        if other.part != each.part and sort_of(other.figure) == sort_of(each.figure) and other.figure.value != each.figure.value
    ]
