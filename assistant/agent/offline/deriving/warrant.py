"""Whether the sources bear out that the figures of a calculation are those that the question means; else it stays unsaid."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.agent.offline.deriving.asked_words import surroundings
from assistant.agent.offline.deriving.inputs import came_of, told_as_part
from assistant.agent.offline.deriving.labelled import NEAR, THEN, Labelled, counts
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.understanding.terms import all_forms, forms_of, measure_key, stem_set
from assistant.language.figures import figures
from assistant.language.periods import periods
from assistant.language.stems import Word, stem, stems
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS, canonical_unit

# So well a word is said of a figure that stands elsewhere in its sentence, and, for a cell, of its table.
_SAID, _AROUND = 0.65, 0.2
# Results that are of a part and its whole.
_OF_PART = frozenset(["share", "others"])
_OF_WHOLE = _OF_PART | {"rest", "remainder"}
# Results that are sums of what several sentences or cells state.
_ADDED = frozenset(["total", "sum", "mean"])
# Results whose figures count or measure the same.
_ALIKE = frozenset(["difference", "moved", "points", "change", "increase", "decrease", "ratio", "factor", *_ADDED])
# "2 of 6": what stands behind is of how many the first is a part.
_WHOLE_OF = re.compile(r"\d\s*(?:/|(?:out )?of (?:the |all )?)\s*$", re.IGNORECASE)
# Results in the unit of the figures, which a table in thousands does not state in full.
_IN_FULL = frozenset(["difference", "moved", *_ADDED])
_SCALED = re.compile(r"\b(?:thousands?|millions?)\b", re.IGNORECASE)
_PERIODS = frozenset(["month", "year"])
_LEADING = 30  # characters before a whole that name it
_SPREAD = re.compile(r"(?:±|\+/-)\s*$")
# "7.9 million (5.2)", "25 (31.6)": what stands in the brackets alone is another figure of the same thing.
_ASIDE = re.compile(r"\(\s*(?:[A-Z]{3}\s|[$€£])?$")
# "2.9% and 2.2%", "8.7, 6.4": figures that stand in one row, of which something else tells which is whose.
_IN_A_ROW = re.compile(r"\s*(?:%|percent|[A-Za-zµμ/%]{1,9})?\s*(?:,|,?\s*(?:and|or|to|then)|/|–|-)\s*", re.IGNORECASE)
_OF_THEM = re.compile(r"\bof (?:which|whom|these|them|those)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[^,;.()\d]*")
_LETTERS = re.compile(r"[a-z]*")
# Words that only join what is told, or tell that it moved; and whom a whole text is about.
_JOINING = frozenset(each for word in "under after because due during right with from within widen exceed".split() for each in stems(word))
_WHOM = frozenset(each for word in "mice mouse rats rat dogs animals patients subjects people".split() for each in stems(word))
_ACTIVITY = frozenset(stems("activity radioactivity"))
# What a sentence says of the whole before any of it is done or spent.
_PLANNED = re.compile(r"\b(?:target\w*|plan\w*|budget\w*|allow\w*|limit\w*|total|approved|ordered|capacity|quota)\b", re.IGNORECASE)
_WENT = re.compile(
    r"\b(?:fell|falls?|rose|rises?|grew|grow|dropp?ed|declined|decreased|increased|went|shrank|climbed|reached)\b", re.IGNORECASE
)
_GRADE = re.compile(r"\bgrades?\b", re.IGNORECASE)
_FOR_EACH = re.compile(r"\b(?:per|each|every)\s+(?P<noun>[a-z]+)", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many\s+(?:more |fewer |other |of the )?(?P<noun>[a-z-]+)", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:how (?:much|many \w+) longer|longer|outlive\w*|surviv\w+|lived?|extend\w*|prolong\w*)\b", re.IGNORECASE)


def is_warranted(question: str, said_as: str, words: Collection[Word], inputs: Sequence[Labelled], stated: Sequence[Labelled]) -> bool:
    """Whether every one of ``words``, which tell what is meant, is said of the figures, and none of these is another thing beside it.

    ``said_as`` is the kind of result; ``stated`` are all figures of the sentences and rows of ``inputs``.
    """
    beside = [each for each in stated if each not in inputs]
    lengths = {measure_key(figure) for figure in figures(question) if figure.unit in _PERIODS}  # "the first nine months" names a period
    words = [word for word in words if word.stem not in _JOINING | lengths]
    if not words or not all(_is_borne(word, inputs, beside) for word in words):
        return False
    if any(_is_beside_another(each, inputs, beside) for each in inputs) or _is_graded(question, inputs):
        return False
    if said_as in _OF_WHOLE and not _is_of_its_whole(said_as, words, inputs):
        return False
    if said_as in _ALIKE and not _are_alike(question, said_as, words, inputs):
        return False
    if not _is_of_kind(question, said_as, inputs) or not _is_for_each(question, inputs) or _is_scaled(said_as, inputs):
        return False
    return _is_of_named(question, inputs) and _is_of_periods(question, inputs) and are_nearest(question, inputs, stated)


def _is_scaled(said_as: str, inputs: Sequence[Labelled]) -> bool:
    """Whether a result in the unit of the figures is of a table in thousands."""
    return said_as in _IN_FULL and any(each.column and not each.measure and _SCALED.search(surroundings(each.match)) for each in inputs)


def are_nearest(question: str, inputs: Sequence[Labelled], stated: Sequence[Labelled]) -> bool:
    """Whether no other cell of the row of one of the figures has more of the question's words above it."""
    asked = frozenset(stems(question))
    for each in inputs:
        own = len(asked & stem_set(each.column))
        rivals = [other for other in stated if each.column and other.place == each.place and other.measure == each.measure]
        if any(len(asked & stem_set(other.column)) > own for other in rivals if other not in inputs):
            return False
    return True


def _is_borne(word: Word, inputs: Sequence[Labelled], beside: Sequence[Labelled]) -> bool:
    """Whether a word is said near one of the figures; elsewhere in their sentence only where it is near no other figure."""
    if any(each.leads(word) >= NEAR for each in inputs):
        return True
    if word.stem in _ACTIVITY and any(each.measure in ACTIVITY_UNITS for each in inputs):
        return True
    if str(len(inputs)) in counts(word.stem):
        return True  # "of the two lots"
    word = word._replace(stem=word.stem.rpartition(" of ")[2])  # "number of patients"
    if any(each.has(word) >= NEAR for each in beside):
        return False
    loosely = word.stem in _WHOM or word.stem[:1].isdigit()  # a whole text is of these, or a paragraph
    return any(each.has(word) >= (_AROUND if loosely or each.column else _SAID) for each in inputs)


def _is_beside_another(each: Labelled, inputs: Sequence[Labelled], beside: Sequence[Labelled]) -> bool:
    """Whether a figure is only the spread of another, stands aside in brackets behind one, or in a row with one that is left out."""
    if each.column:
        return False
    text, figure = each.unit.text, each.figure
    if _SPREAD.search(text[: figure.start]):
        return True
    if _ASIDE.search(text[: figure.start]) and not any(_is_right_before(other, each) for other in inputs):
        return True
    near = [other for other in beside if other.place == each.place and other.measure == each.measure and not other.tells_when]
    return any(_stand_in_a_row(text, each, other) for other in near)


def _is_right_before(one: Labelled, other: Labelled) -> bool:
    """Whether no figure stands between the one and the other."""
    between = other.unit.text[one.figure.end : other.figure.start]
    return one.place == other.place and one.figure.end <= other.figure.start and not figures(between)


def _stand_in_a_row(text: str, one: Labelled, other: Labelled) -> bool:
    first, second = sorted((one.figure, other.figure), key=lambda figure: figure.start)
    return _IN_A_ROW.fullmatch(text, first.end, second.start) is not None


def _is_graded(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether a figure is only of those who had something severely, of which the question does not speak."""
    graded = any(not each.column and "grade" in each.near for each in inputs)
    return graded and _GRADE.search(question) is None


def _is_of_its_whole(said_as: str, words: Collection[Word], inputs: Sequence[Labelled]) -> bool:
    """Whether the text tells of one figure as a part of the other, and says of the part what is asked; a cell's column tells its whole."""
    if len(inputs) != 2 or all(each.column for each in inputs):
        return 0 < len(inputs) <= 2
    part, whole = sorted(inputs, key=lambda each: each.figure.value)
    text = part.unit.text
    if not told_as_part(part, whole):
        return part.place == whole.place and _PLANNED.search(text[max(0, whole.figure.start - _LEADING) : whole.figure.start]) is not None
    them = _OF_THEM.search(text, whole.figure.end) if whole.figure.end <= part.figure.start else None
    if them is None or said_as not in _OF_PART:
        return True
    behind = _CLAUSE.match(text, part.figure.end)
    told = stem_set(f"{text[them.end() : part.figure.start]} {behind.group() if behind else ''}")
    return any(all_forms(word) & told for word in words)


def _are_alike(question: str, said_as: str, words: Collection[Word], inputs: Sequence[Labelled]) -> bool:
    """Whether the figures count or measure one thing, so that they may be added or set side by side."""
    if len({each.measure for each in inputs}) > 1 or any(map(_is_whole, inputs)):
        return False
    if said_as in _ADDED:  # no sentence tells whether those whom it counts are counted twice
        measured = inputs[0].measure not in ("", *CURRENCIES) and len({each.place for each in inputs}) == 1
        rows = len({each.place for each in inputs}) > 1
        lines = stem_set(" ".join(each.column if rows else each.row for each in inputs))
        return measured or (all(each.column for each in inputs) and bool(lines & frozenset(stems(question))))
    if len(inputs) != 2 or any(each.column for each in inputs):
        return True
    one, two = sorted(inputs, key=lambda each: each.figure.start)
    between = one.unit.text[one.figure.end : two.figure.start] if one.place == two.place else ""
    behind = between[between.rfind("(") + 1 :] if THEN.match(between) else between  # "$7 million, or $0.30 per share (2030: "
    own = not any(figure.unit == two.figure.unit for figure in figures(behind))
    if between and own and (_WENT.search(between) or behind != between or came_of(one, two)):
        return True
    alone = [any(first.has(word) >= NEAR > second.has(word) for word in words) for first, second in ((one, two), (two, one))]
    if alone[0] != alone[1]:
        return False  # a word of one alone tells that the other is another thing, unless that has one, too
    return (
        alone[0] or one.place != two.place or came_of(one, two) is not None or _ASIDE.search(two.unit.text[: two.figure.start]) is not None
    )


def _is_whole(each: Labelled) -> bool:
    return not each.column and _WHOLE_OF.search(each.unit.text[: each.figure.start]) is not None


def _is_of_kind(question: str, said_as: str, inputs: Sequence[Labelled]) -> bool:
    """Whether the figures count where something is counted, and are times where it is asked how long."""
    counted = _COUNTED.search(question)
    unit = canonical_unit(counted["noun"]) if counted else None
    if said_as in _ALIKE | _OF_WHOLE and counted and not unit and any(each.measure for each in inputs):
        return False
    lasting = said_as in _ALIKE and _LASTING.search(question) is not None
    return not lasting or all(canonical_unit(each.measure) in TIME_UNITS or (each.column and not each.measure) for each in inputs)


def _is_for_each(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether the figures are for each of that for each of which the question asks: "net loss per share"."""
    for asked in _FOR_EACH.finditer(question):
        forms = forms_of(stem(asked["noun"].casefold()))
        if not any(
            forms & (each.near | frozenset(each.counted)) or forms & forms_of(each.measure.partition("/")[2].casefold()) for each in inputs
        ):
            return False
    rows = [_FOR_EACH.search(each.row) for each in inputs if each.column]
    return not any(row and not _FOR_EACH.search(question) and not forms_of(row["noun"]) & stem_set(question) for row in rows)


def _is_of_periods(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether each of the two periods that a question sets side by side is told of a figure, or around it."""
    asked = periods(question)
    told = [period for each in inputs for text in (each.unit.text, each.unit.columns, surroundings(each.match)) for period in periods(text)]
    return len(asked) < 2 or all(any(period == own or own.is_meant_by(period) for own in told) for period in asked)


def _is_of_named(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether no sentence speaks only of a sister of what the question names by a code: of CLR 125 where CLR 131 is meant."""
    asked = codes(question)
    series = {_series(code) for code in asked} - {""}
    told = [codes(each.unit.text) for each in inputs]
    return not any(not own & asked and {_series(code) for code in own} & series for own in told)


def _series(code: str) -> str:
    letters = _LETTERS.match(code)
    return letters.group() if letters else ""
