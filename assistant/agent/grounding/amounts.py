"""Figures as they are compared: with unit, precision, qualifier and the noun they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.agent.grounding.amount import Amount
from assistant.agent.grounding.moments import ends_in_year, tells_when
from assistant.agent.grounding.sums import completed
from assistant.agent.grounding.vocabulary import listed, stem
from assistant.language.dates import MONTH_STEP, dates
from assistant.language.designations import ARM_NOUN
from assistant.language.figures import LARGEST, Figure, figures
from assistant.language.numerals import NUMERAL, ORDINALS, SMALL, UNITS_BELOW_TWENTY
from assistant.language.overlaps import overlaps
from assistant.language.parts import WHOLES
from assistant.language.qualifiers import qualified
from assistant.language.units import ACTIVITY, ACTIVITY_UNITS, TIME_UNITS, UNIT_PATTERN, canonical_unit, matched_unit

__all__ = ["Amount", "amounts"]

# "The first two days" begin something, "for the first time" and "ask first," tell when: no place in a row.
_RANK = (
    rf"(?P<rank>{'|'.join(ORDINALS)})(?!-(?:in|line|class|degree|rate)\b)(?!\stime\b)"
    rf"(?!(?<=first)\s(?:few|several|{NUMERAL}|\d+)\s(?:minute|hour|day|week|month|year)s\b)"
    r"(?!(?<=first)[,;.](?<!the first[,;.])(?<!a first[,;.]))"
)
_COUNTS = {"single": 1, "once": 1, "sole": 1, "both": 2, "pair": 2, "multi": 2, "multiple": 2}
_EXTRA = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNTS)})(?!(?<=once)\s(?:all|the|a|an|each|every|they|it|he|she|we|these|those|this|that|\d+|{NUMERAL})\b)|{_RANK}|(?P<nth>\d{{1,2}})(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(r"\b(?:mid|early|late)-((?:19|20)\d\d)\b", re.IGNORECASE)
_WORD = re.compile(r"[\s\-\u00a0\u202f]*([A-Za-z][A-Za-z'\u2019]*|\d+(?![\d.,]))")
# "given twice" and "given three times", but not "twice the survival" and "twice as long"
_TIMES = re.compile(
    r"(?:twice|thrice|(?:two|three|four|five|six|\d{1,2}) times)\b"
    r"(?!\s(?:the|as|that|its|their|a|longer|more|higher|larger|greater|daily|weekly)\b)",
    re.IGNORECASE,
)
# "2 × 10 MBq": so many doses
_OF_ACTIVITY = re.compile(r"\s?\d[\d.,]*\s?([A-Za-zµμ]{2,3})\b")
_ACTIVITY = re.compile(rf"[\s-]*(?:(?:about|around|approximately|roughly|nearly)\s)?\d[\d.,]*[\s-]?{ACTIVITY}(?:/\w+)?\b")
_DOSE = re.compile(r"[\s-]*(doses?|injections?|administrations?|infusions?|cycles?|fractions?|shots?)\b", re.IGNORECASE)
# "with two of 2 MBq"
_EACH_OF = re.compile(rf"\sof(?=(?:\s(?:about|around|approximately|roughly|nearly))?\s\d[\d.,]*[\s-]?{ACTIVITY})")
# "71 extra days"
_MORE = re.compile(r"\s(?:extra|additional|more|further|added|fewer|less|full)\s(?=[a-z])")
# "1.4 days per added uCi"
_PER_ACTIVITY = re.compile(
    r"(?:\s(?:of )?survival)?(?:\s?/\s?|\s(?:per|for each|for every)\s)(?:added |additional |extra |administered )?(?:1 )?"
)
# "two thirds", "a quarter of": read as percent
_ABOUT = "(?:about|around|roughly|approximately|nearly|almost|some)"
_SMALL = {word: SMALL[word] for word in UNITS_BELOW_TWENTY[1:11]}
_FRACTION = re.compile(
    r"\b(?P<many>two|three|four|five|six|seven|eight|nine)[ -](?P<parts>thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths)\b"
    r"|\b(?:a|one)[ -](?P<part>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)(?=\sof\b)"
    rf"|(?:(?<=\bby )|(?<=\bgain of )|(?<=\brise of )|(?<=\bfall of )|(?<=\bincrease of )|(?<=\breduction of ))"
    rf"(?:{_ABOUT}\s)?(?:a|one)[ -](?P<step>third|quarter|fifth|tenth)\b"
    r"|\b(?:a|one)[ -](?P<longer>third|quarter|fifth|tenth)(?=\s(?:longer|more|higher|shorter|less|lower)\b)"
    rf"|\b(?P<number>{'|'.join(_SMALL)}) (?:in|out of(?: every)?) (?P<every>{'|'.join(_SMALL)})\b"
    r"(?! (?:weeks?|months?|days?|years?|hours?)\b)",
    re.IGNORECASE,
)
# "over the past decade"
_SPANS = {"decade": (10.0, "year"), "fortnight": (2.0, "week")}
_SPAN = re.compile(rf"\b(?:an?|one|past|last|this)\s(?P<span>{'|'.join(_SPANS)})\b", re.IGNORECASE)
# "half an hour", "a year and a half", "two and a half weeks"
_HALVES = re.compile(
    rf"\bhalf an? (?P<of>hour|minute|day|week|month|year)\b"
    rf"|\b(?:an?|one) (?P<whole>hour|minute|day|week|month|year) and a half\b"
    rf"|\b(?P<many>{'|'.join(_SMALL)}|\d{{1,3}}) and a half(?:[ -](?P<unit>hour|minute|day|week|month|year)s?)?\b",
    re.IGNORECASE,
)
_HALF_DOZEN = re.compile(r"\bhalf a dozen\b", re.IGNORECASE)
_HALF_LIFE = re.compile(r"half(?=-(?:life|lives)\b)", re.IGNORECASE)
_PART_GRAIN = 5.0  # percent: what is called a third is not measured more finely
# "nine rather than ten mice": both count mice
_RATHER_THAN = re.compile(rf"\s(?:rather than|instead of|and not|not)\s(?:\d+|{NUMERAL})(?=\s[a-z])", re.IGNORECASE)
# "on d 24"
_D_BEFORE = re.compile(r"(?:\b(?i:on|at|by|from|until|to)\s|\()[dD]\s?$|(?<=\w\s)d\s(?:\d{1,3}\s?[\u2013-]\s?)?$")
_DAY_BEFORE = re.compile(r"\bday\s$", re.IGNORECASE)
# "48 days with one and 29 days without": the unit is not that of "one".
_ELLIPTIC_BEFORE = re.compile(r"\b(?:with|after|than|got|given|received|having|had)\s(?:just |only )?$", re.IGNORECASE)
# "Split in two, three weeks apart": what a number behind "in" has behind it where it has no unit.
_ENDS = re.compile(r"\s?(?:[,.;:)]|and\b|or\b|$)")
# What it has before it: "in two", "into three".
_INTO = re.compile(r"\bin(?:to)?\s$", re.IGNORECASE)
# "the earlier one says": a pronoun
_PRONOUN_BEFORE = re.compile(r"\b(?:(?:the|a|an)\s(?!first|second|third|last)[A-Za-z-]+|this|that|each|which|another)\s$", re.IGNORECASE)
# "Infused over 30 minutes", "the same over twelve weeks", but "lived for over 30 weeks"
_THROUGHOUT = re.compile(
    r"(?<!\bfor)(?<!\bof)(?<!\bto)(?<!\bat)(?<!\bwas)(?<!\bis)(?<!\bby)(?<!\bwell)(?<!\blived)(?<!\bsurvived)(?<!\blasted)(?<!\btook)"
    r"(?<!\breached)(?<!\bsurvival)(?<!\bmedian)(?<!\bmean)(?<!\bgained)(?<!\badded)(?<!\bjust)(?<!\d)(?<![:(=])\sover\s$",
    re.IGNORECASE,
)
# "99 days over 75": against, not more than
_OVER_ANOTHER = re.compile(rf"\d\s?(?:days?|weeks?|months?|years?|hours?|%|percent|{ACTIVITY})?\sover\s$")
# "the greatest loss in any group was 6 %"
_PEAK = re.compile(r"\b(?:greatest|largest|highest|maximum|maximal|peak)\b[^.;:()]*\s(?:was|is|of|at|as|to)\s$", re.IGNORECASE)
# "within 10 % of the target"; of a time it is when, "died within 30 days".
_WITHIN = re.compile(r"\bwithin\s$|±\s?$", re.IGNORECASE)
# "Above the required 95 %", "exceeded the prespecified threshold of 15 %": the bound itself, which others pass or keep
_LIMIT = re.compile(
    r"\b(?:threshold|limit|requirement|specification|cut-?off|ceiling|cap)\s(?:value\s|level\s)?of\s(?:at (?:least|most)\s)?$"
    r"|\bthe\s(?:required|permitted|allowed|prescribed|specified)\s(?:minimum\s|maximum\s)?(?:of\s)?$",
    re.IGNORECASE,
)
# On which side of it what is told of lies: "exceeded the threshold", "did not reach the required".
_SIDE = re.compile(
    r"\b(?:(?P<more>exceed\w*|surpass\w*|pass(?:e[sd]|ing)?|reach\w*|above|over|beyond|(?:more|greater|higher|larger|longer) than)"
    r"|(?:below|under|within|short of|miss(?:e[sd]|ing)?|(?:less|fewer|lower|smaller|shorter) than))\b[^.;,:()]*$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:\b(?:not?|never|none|neither|nor|cannot|without|fail(?:s|ed)? to)|n['\u2019]t)\b[^.;,:()]*$", re.IGNORECASE)
# "The limit of at most 5 % was exceeded": told behind it.
_TOLD = re.compile(r"[^.;,]{0,25}\s(?:was|were|is|are|has|had|been)\b")
_NEVER = re.compile(
    r"\b(?:no|none|nobody|not|never|neither)\b[^.;,:()]*\b(?:more than|over|above|less than|fewer than|under|below)\s$", re.IGNORECASE
)
_HALF_OF = re.compile(r"half\b(?!-)", re.IGNORECASE)
_HALF_YEAR = re.compile(r"\b(?:first|second|latter|former|other)\s$", re.IGNORECASE)
# "groups 2, 3 and 4" and "lot L27-033" are names
_LABELS = re.compile(
    rf"\b(?:{ARM_NOUN}|phase)s\s\d{{1,2}}(?:(?:,\s|,?\s(?:and|or|to)\s)\d{{1,2}}\b(?!\.?\d))+|\b[A-Z]{{1,3}}\d+-\d{{3,}}\b", re.IGNORECASE
)
# "Two dose-limiting toxicities" are no doses.
_LIMITING = re.compile(r"[-\u2010\u2011](?:limiting|dependent|related|escalation|finding)\b", re.IGNORECASE)
_NUMERAL = re.compile(NUMERAL, re.IGNORECASE)
_NOUNS = 5
_MOST_DOSES = 12


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """All figures of ``text`` and the counts and ranks in words that the language room leaves alone, in order."""
    found = [*_halves(text), *_spans(text), *_days_of_months(text)]
    found += [_fraction(text, match) for match in _FRACTION.finditer(text) if not overlaps(*match.span(), found)]
    names = [match.span() for match in _LABELS.finditer(text)]
    read = [
        figure for figure in figures(text) if not overlaps(figure.start, figure.end, found) and not _HALF_LIFE.match(text, figure.start)
    ]
    found += [_amount(text, f) for f in read if not any(start <= f.start and f.end <= end for start, end in names)]
    found += [_year(match) for match in _PART_OF_YEAR.finditer(text) if not overlaps(*match.span(), found)]
    for match in _EXTRA.finditer(text):
        if overlaps(*match.span(), found) or tells_when(text, match.start()):
            continue
        amount = _in_words(text, match)
        if amount.text.lower() not in ("multi", "multiple") or stem("dose") in amount.nouns:  # "multiple" is no figure by itself
            found.append(amount)
    return tuple(completed(text, sorted(found, key=lambda amount: amount.start)))


def _halves(text: str) -> Iterator[Amount]:
    """Times and numbers that end in a half, "a year and a half" is 1.5 year, and half a dozen."""
    for match in _HALF_DOZEN.finditer(text):
        yield Amount(match.start(), match.end(), 6.0, "", "word", "", match.group(), 1.0, _nouns(text, match.end()))
    for match in _HALVES.finditer(text):
        many = match["many"]
        whole = 0.0 if match["of"] else 1.0 if not many else float(_SMALL.get(many.lower()) or many)
        unit = (match["of"] or match["whole"] or match["unit"] or "").lower()
        nouns = frozenset() if unit else _nouns(text, match.end())
        yield Amount(match.start(), match.end(), whole + 0.5, unit, "number", "", match.group(), 0.5, nouns)


def _spans(text: str) -> Iterator[Amount]:
    """Times that are a noun of their own: "the past decade" is 10 years."""
    for match in _SPAN.finditer(text):
        value, unit = _SPANS[match["span"].lower()]
        yield Amount(match.start(), match.end(), value, unit, "word", "", match.group(), 1.0, frozenset())


def _days_of_months(text: str) -> Iterator[Amount]:
    """Dates without a year, as month and day in one number: 316 for "March 16"."""
    full = {figure.start for figure in figures(text) if figure.kind == "date"}
    for dated in dates(text):
        if dated.start not in full:
            value = float(MONTH_STEP * dated.month + dated.day)
            yield Amount(dated.start, dated.end, value, "day of month", "date", "", dated.text, 1.0, frozenset())


def _fraction(text: str, match: re.Match[str]) -> Amount:
    if match["number"]:
        value = 100 * _SMALL[match["number"].lower()] / _SMALL[match["every"].lower()]
    else:
        one = match["part"] or match["step"] or match["longer"]
        count, part = (_SMALL[match["many"].lower()], match["parts"]) if match["many"] else (1, one)
        value = 100 * count / WHOLES[part.lower()]
    bound = qualified(text, match.start())[0] or qualified(match.group(), len(match.group().split()[0]))[0]
    return Amount(match.start(), match.end(), value, "percent", "word", bound, match.group(), _PART_GRAIN, frozenset())


def _year(match: re.Match[str]) -> Amount:
    return Amount(match.start(1), match.end(1), float(match[1]), "", "number", "", match[1], 1.0, frozenset())


def _in_words(text: str, match: re.Match[str]) -> Amount:
    if match["count"]:
        kind, value = "count", _COUNTS[match["count"].lower()]
    else:
        kind, value = "rank", ORDINALS[match["rank"].lower()] if match["rank"] else int(match["nth"])
    return Amount(match.start(), match.end(), value, "", kind, "", match.group(), 1.0, _nouns(text, match.end()))


def _amount(text: str, figure: Figure) -> Amount:
    unit, end = figure.unit, figure.end
    bound = _bound(text, figure)
    if figure.kind == "word":
        unit = _unit_of_word(text, figure)
    elif not unit and _D_BEFORE.search(text, max(0, figure.start - 12), figure.start):
        unit = "day"
    if figure.kind == "word" and _HALF_OF.match(text, figure.start) and not _HALF_YEAR.search(text[: figure.start]):
        return Amount(figure.start, end, 50.0, "percent", "word", bound, figure.text, _PART_GRAIN, frozenset())
    if _TIMES.match(text, figure.start):
        return Amount(figure.start, end, figure.value, "", "count", figure.qualifier, figure.text, 1.0, frozenset())
    if unit == "ratio" and figure.kind == "number" and (of := _OF_ACTIVITY.match(text, end)) and canonical_unit(of[1]) in ACTIVITY_UNITS:
        return Amount(figure.start, end, figure.value, "", "number", bound, figure.text, 1.0, frozenset({stem("dose")}))
    if not unit and figure.value <= _MOST_DOSES and _EACH_OF.match(text, end):
        return Amount(figure.start, end, figure.value, "", figure.kind, bound, figure.text, 1.0, frozenset({stem("dose")}))
    more = _MORE.match(text, end) if not unit else None
    if more and (known := UNIT_PATTERN.match(text, more.end())):
        unit, end = matched_unit(known) or "", known.end()
    nouns = frozenset() if unit or _is_pronoun(text, figure) or ends_in_year(text[:end]) else _nouns(text, end)
    per = _PER_ACTIVITY.match(text, end) if unit in TIME_UNITS else None
    divisor = UNIT_PATTERN.match(text, per.end()) if per else None
    if divisor and (activity := matched_unit(divisor)) in ACTIVITY_UNITS:
        unit, end = f"{unit}/{activity}", divisor.end()
    before = text[max(0, figure.start - 90) : figure.start]
    peak = bool(_PEAK.search(before) or (unit and unit not in TIME_UNITS and _WITHIN.search(before)))
    return Amount(figure.start, end, figure.value, unit, figure.kind, bound, text[figure.start : end], _grain(figure), nouns, peak)


def _bound(text: str, figure: Figure) -> str:
    """The figure's qualifier; none of a time throughout which something went on, ``no>`` and ``no<`` of a bound that nobody passes.

    What is called a bound is a ``limit``, with the side of it on which what is told of lies, ``limit>``, where the text tells it.
    """
    before = text[max(0, figure.start - 60) : figure.start]
    if _OVER_ANOTHER.search(before) or (figure.unit in TIME_UNITS and _THROUGHOUT.search(before)):
        return ""
    if limit := _LIMIT.search(before):
        if side := _SIDE.search(before[: limit.start()]):
            return "limit>" if bool(side["more"]) != bool(_DENIED.search(before[: side.start()])) else "limit<"
        return "limit" if _TOLD.match(text, figure.end) else f"limit{figure.qualifier}"
    denied = _NEVER.search(before) and figure.qualifier in (">", "<")
    return f"no{figure.qualifier}" if denied else figure.qualifier


def _unit_of_word(text: str, figure: Figure) -> str:
    """The unit of a number in words: "day zero" has one, the "one" of "12 days with one and 9 days without" has none."""
    into = _NUMERAL.fullmatch(figure.text) and _INTO.search(text[: figure.start]) and _ENDS.match(text, figure.end)
    if _is_pronoun(text, figure) or into:
        return ""
    if not figure.unit and _DAY_BEFORE.search(text, max(0, figure.start - 5), figure.start):
        return "day"
    borrowed = figure.unit != "ratio" and figure.text.split()[-1].isalpha() and figure.text.lower() in ("one", "two", "three")
    return "" if borrowed and _ELLIPTIC_BEFORE.search(text[: figure.start]) else figure.unit


def _is_pronoun(text: str, figure: Figure) -> bool:
    return figure.text.lower() == "one" and _PRONOUN_BEFORE.search(text[: figure.start]) is not None


def _grain(figure: Figure) -> float:
    number = re.search(r"\d[\d,]*(?:\.(\d+))?", figure.text)
    if figure.kind != "number" or not number:
        return 1.0
    written = min(float(number.group().replace(",", "")), LARGEST)
    scale = figure.value / written if written else 1.0
    return float(10.0 ** -len(number[1] or "")) * scale


def _nouns(text: str, position: int) -> frozenset[str]:
    found: set[str] = set()
    joins = False
    if other := _RATHER_THAN.match(text, position):
        position = other.end()
    for _ in range(_NOUNS):
        word = _WORD.match(text, position)
        if activity := _ACTIVITY.match(text, position):  # "a single 2 MBq injection"
            word = _DOSE.match(text, activity.end())
        if (
            not word
            or _NUMERAL.fullmatch(word[1])
            or (word[1].isdigit() and UNIT_PATTERN.match(text, word.end() + (text[word.end() : word.end() + 1] in " -")))
            or (word[1].lower() in listed("words", "boundary") and not (joins and word[1].lower() in ("and", "or")))
        ):
            break
        joins = word[1][0].isupper()  # "five Dutch and Belgian hospitals"
        # not the number of a name, "the second QX 177 dose", nor what was done: "four treated dogs", "19 scanned"
        if not word[1].isdigit() and not word[1].lower().endswith("ed") and not _LIMITING.match(text, word.end()):
            found.add(stem(word[1].lower().replace("\u2019", "'")))
        position = word.end()
    return frozenset(found)
