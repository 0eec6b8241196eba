"""How often and on which days an arm was given something: "two doses", "3 x 7.4 MBq", "days 0, 14 and 28"."""

from __future__ import annotations

import re

from assistant.language.numerals import ORDINALS
from assistant.language.subjects import SUBJECTS
from assistant.language.units import ACTIVITY, is_activity
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.observing import observed
from assistant.studies.extraction.traits import Trait, number, trait

# Digits that end a name, QX-07, count nothing.
_COUNT = (
    r"(?:(?<![A-Za-z]-)\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|single|double|triple|a\s+single"
    r"|a\s+total\s+of\s+\w+)"
)
_GIVINGS = (
    r"(?:doses?|injections?|administrations?|fractions?|cycles?|infusions?|treatments?|shots?|sessions?|courses?|boluses|instillations?)"
)
_ADJECTIVE = (
    r"(?:(?!(?:of|and|or|the|received?|receiving|given|got|had|was|were|at|on|in|with|to|for|per|mice|rats|patients"
    r"|days?|weeks?|months?|groups?|arms?|control|versus|vs|than|owners|people|chose|declined|refused|underwent|different|dose|studies|experiments?|one|two|three"
    r"|four|five|six|single|a|an|additional|further|more)\b)[a-z][a-z.-]*\s+)"
)
_DOSES = re.compile(
    rf"\b(?P<count>{_COUNT})(?:-|\s+)(?:\d+-(?:minute|min|hour|h)\s+)?{_ADJECTIVE}{{0,3}}(?P<thing>{_GIVINGS})\b(?!\s+(?:levels?|groups?\s+of|escalation"
    r"|cohorts?|delays?|reductions?|arms\b))(?!-(?:limiting|dependent|related|free|emergent|naive))(?!\s+of\s+[\d.]+\s?c?Gy)",
    re.IGNORECASE,
)
_AMOUNT = rf"\d[\d.,]*\s?{ACTIVITY}(?:/\w+)?"
# "two 5 MBq doses": the count and its noun stand around the activity.
_DOSES_AROUND = re.compile(
    rf"\b(?P<count>{_COUNT})\s+(?=(?:{_AMOUNT}[\s-]+|\([^()]{{1,25}}\)\s+){_ADJECTIVE}{{0,3}}{_GIVINGS}\b)", re.IGNORECASE
)
_COORDINATED_DOSES = re.compile(
    rf"\b(?P<count>{_COUNT})-?\s*(?:\([^()]{{1,25}}\)\s*)?(?P<join>,|or|and|versus|vs\.?|to)\s*(?=(?:(?:{_COUNT})-?\s*(?:,|or|and|,\s*or|,\s*and)\s*)*"
    rf"(?:{_COUNT})(?:-|\s+)(?:\([^()]{{1,25}}\)\s+)?{_ADJECTIVE}{{0,2}}{_GIVINGS}\b)",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:q\d*[dw]k?|weekly|once\s+(?:a|per|every)\s+week|every\s+\w+\s+(?:days|weeks|wks?|d|w))\s*(?:,\s*)?(?:[x\u00d7]|for)\s*(?P<times>\d{1,2}|two|three"
    rf"|four|five|six)\b(?!\s?(?:{ACTIVITY}|days|months))"
    r"|\b(?:given|administered|dosed|injected|treated|infused|made)\s+(?P<once>once|twice)\b(?!\s+(?:weekly|daily|a|per))"
    r"|\b(?P<often>once|twice|thrice|(?:two|three|four|five|six)\s+times)(?=\s*(?:[.,;:(+|]|or\b|and\b|plus\b|with\b|on\s+day|at\s+[\w-]+\s+intervals?\b|every\b|was\b|were\b|had\b|lived\b|survived\b|$))"
    r"|\b(?:dose|injection|treatment|administration|infusion)\s+(?:was|were)\s+(?P<again>repeated)\b(?!\s+(?:every"
    r"|(?:\d+|two|three|four)\s+times))"
    rf"|(?:\b(?:given|received|receiving|got|getting|had)|(?<=\d))\s+(?:(?:the|a)\s+(?P<ordinal>(?!first\b)(?:{'|'.join(ORDINALS)}))|only\s+(?:the"
    r"|a)\s+(?P<only>first))\s+(?:dose|injection|treatment|administration|infusion|fraction|cycle|session|shot|course)\b"
    r"|\b(?:on|at)\s+(?P<occasions>two|three|four|five|six)\s+occasions\b"
    rf"|(?<![a-z]){ACTIVITY}\s*,?\s*(?P<after>[x\u00d7]\s*\d{{1,2}})\b(?!\s?{ACTIVITY})",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"\b(?:q\d*[dw]k?(?:\s*[x\u00d7]\s*\d+)?|(?:once\s+|twice\s+)?(?:weekly|bi-?weekly|fortnightly|monthly)(?:\s+for\s+\w+\s+weeks)?"
    r"|every\s+(?:other\s+week|\w+\s+(?:days|weeks|months))|"
    r"(?:\d+|one|two|three|four|six)[- ](?:days?|weeks?|months?)\s+(?:apart|intervals?)|at\s+(?:\d+|one|two|three"
    r"|four|six)-(?:day|week|month)\s+intervals?)\b",
    re.IGNORECASE,
)
_DAY_LIST = re.compile(
    r"\b(?:days?|d)\s?\d{1,3}(?:\s*(?:,|and|,\s*and|&|/|\+)\s*(?:days?\s?|d\s?)?\d{1,3}(?!\s?[\d.]*\s?(?:mice"
    rf"|of\s(?:the\s)?\d+\s(?:mice|animals|rats|dogs|patients)|days|%|{ACTIVITY})))*\b(?!\s?%|\.\d)",
    re.IGNORECASE,
)
# "… than those that had one": the noun stands elsewhere in the sentence.
_BARE_COUNT = re.compile(
    rf"\b(?:those|{SUBJECTS})\s+(?:that|which|who|given|getting|receiving|with)\s+(?:(?:had|got|received|were\s+given)\s+)?(?:only\s+|just\s+)?"
    r"(?P<count>one|two|three|four)(?=\s*(?:[,.;)]|$))"
    r"|(?:\bafter|\d\s+had)\s+(?P<after>one|two|three|four)(?=\s*(?:[,.;()]|$))",
    re.IGNORECASE,
)
# "After two, they lived …" goes on from a sentence that has the noun.
_AFTER_SOME = re.compile(r"\W*After\s+(?:one|two|three|four)\s*,")
# Weeks are counted as days where the count starts at the first dose, in week 0.
_WEEK_LIST = re.compile(
    rf"\bweeks?\s?0(?:\s*(?:,|and|,\s*and|&|/|\+)\s*(?:weeks?\s?)?\d{{1,2}}(?!\s?[\d.]*\s?(?:{ACTIVITY}|mice|rats|%)))*\b(?!\s?%|\.\d)"
    r"|(?<=\bat\s)week\s\d{1,2}\b(?!\s?%|\.\d)",
    re.IGNORECASE,
)
# "given again on day 28" tells a later day, and the first elsewhere.
_AGAIN = re.compile(r"\b(?:again|repeat\w*|once\s+more|a\s+(?:second|third)\s+time)\b[^,;]*$", re.IGNORECASE)
LATER = "later"
"""The name of days that came after others."""
_FOR_ALL = re.compile(r"\b(?:both|each|all)\s+(?:(?:given|injected|dosed)\s+)?(?:on|at|:)?\s*$", re.IGNORECASE)
_ON = re.compile(r"(?:\b(?:on|at)|\()\s*(?:(?:study|treatment|protocol|experimental)\s+)?$", re.IGNORECASE)
# "30 MBq, day 0, n = 8"
_LISTED_DAY = re.compile(r"[,;]\s(?:days?|d)\s?\d{1,3}[,;)]", re.IGNORECASE)


def doses(clause: Clause) -> list[Trait]:
    """The numbers of doses that a sentence states."""
    found = []
    for match in clause.find(_DOSES):
        count = number(match["count"])
        if count and not _bounded(clause, match.start()):
            start = match.start() + (
                len(match["count"]) - len(match["count"].split()[-1]) if match["count"].lower().startswith("a ") else 0
            )
            found.append(trait(clause, "doses", start, match.end(), number=count))
    for match in clause.find(_DOSES_AROUND):
        if count := number(match["count"]):
            last = match["count"].split()[-1]
            found.append(trait(clause, "doses", match.end("count") - len(last), match.end("count"), number=count))
    for match in clause.find(_COORDINATED_DOSES):
        count = number(match["count"])
        if count and match["join"].lower() != "to":
            found.append(trait(clause, "doses", match.start("count"), match.end("count"), number=count))
    for match in clause.find(_REPEATED):
        said = match.lastgroup or 0
        word = match[said].lstrip("x\u00d7 ").casefold()
        count = 2 if said == "again" else ORDINALS.get(word) or number(word.split()[0])
        if count:
            found.append(trait(clause, "doses", match.start(said if said == "after" else 0), match.end(), number=count))
    return found + _bare(clause, found) + _multiplied(clause)


def _bare(clause: Clause, found: list[Trait]) -> list[Trait]:
    """Counts without a noun, in a sentence that has the noun elsewhere."""
    if not any(_DOSES.fullmatch(known.text) for known in found) and not _AFTER_SOME.match(clause.text):
        return []
    counted = [(m.start(m.lastgroup or 0), m.end(), number(m["count"] or m["after"])) for m in clause.find(_BARE_COUNT)]
    return [
        trait(clause, "doses", start, end, number=count)
        for start, end, count in counted
        if count and not any(known.start <= start < known.end for known in found)
    ]


def _bounded(clause: Clause, start: int) -> bool:
    return bool(
        re.search(
            r"\b(?:(?:median|mean|average)\s+of|up\s+to|at\s+least|more\s+than|maximum\s+of|or\s+more|(?:one|two|three|some|any|each|\d)\s+of\s+the)\s+$",
            clause.before(start),
            re.IGNORECASE,
        )
    )


def _multiplied(clause: Clause) -> list[Trait]:
    """ "3 x 7.4 MBq" is three doses."""
    found = []
    for one, other in zip(clause.figures, clause.figures[1:], strict=False):
        times = one.unit == "ratio" and is_activity(other.unit) and one.kind == "number" and one.value == int(one.value)
        if times and not clause.between(one.end, other.start).strip():
            found.append(trait(clause, "doses", one.start, one.end, number=int(one.value)))
    return found


def day_lists(clause: Clause) -> list[Trait]:
    """The study days on which a sentence says something was given."""
    found = []
    for match in clause.find(_DAY_LIST):
        days = tuple(int(value) for value in re.findall(r"\d+", match.group()))
        before = clause.before(match.start())
        if not observed(clause, match.start(), days) and (
            len(days) > 1 or _ON.search(before) or _LISTED_DAY.match(clause.between(match.start() - 2, match.end() + 1))
        ):
            found.append(
                trait(
                    clause,
                    "days",
                    match.start(),
                    match.end(),
                    days=days,
                    each=_FOR_ALL.search(before) is not None,
                    name=LATER if _AGAIN.search(before) else "",
                )
            )
    weeks = [(m, tuple(7 * int(value) for value in re.findall(r"\d+", m.group()))) for m in clause.find(_WEEK_LIST)]
    weeks = [(m, days) for m, days in weeks if not observed(clause, m.start(), days)]
    if any(0 in days for _, days in weeks):
        found += [trait(clause, "days", m.start(), m.end(), days=days) for m, days in weeks]
    return found


def schedules(clause: Clause) -> tuple[tuple[int, int], ...]:
    """Where a sentence says how doses follow each other: "one week apart", "q3w x 4"."""
    return tuple((m.start(), m.end()) for m in clause.find(_SCHEDULE))
