"""What an arm was given: activities, numbers and days of doses, animals per arm, and the words that name controls and groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.language.figures import Figure, figures
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.extraction.mentions import Clause, Mention
from assistant.studies.facts import Activity

Attribute = Literal["activity", "doses", "days", "n", "control", "group", "drug", "compound", "schedule", "model"]

_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|single|double|triple|a\s+single|a\s+total\s+of\s+\w+)"
_GIVINGS = r"(?:doses?|injections?|administrations?|fractions?|cycles?|infusions?|treatments?)"
_ADJECTIVE = r"(?:(?!(?:of|and|or|the|received?|receiving|given|got|had|was|were|at|on|in|with|to|for|per|mice|rats|patients|days?|weeks?|months?|groups?|arms?|control|versus|vs|than|different|dose|studies|experiments?|one|two|three|four|five|six|single|a|an|additional|further|more)\b)[a-z][a-z.-]*\s+)"
_DOSES = re.compile(
    rf"\b(?P<count>{_COUNT})(?:-|\s+){_ADJECTIVE}{{0,3}}(?P<thing>{_GIVINGS})\b(?!\s+(?:levels?|groups?\s+of|escalation|cohorts?|delays?|reductions?|arms\b))(?!-(?:limiting|dependent))",
    re.IGNORECASE,
)
_AMOUNT = r"\d[\d.,]*\s?[nukmMG]?(?:Ci|Bq)(?:/\w+)?"
# "two 5 MBq doses": the count and its noun stand around the activity.
_DOSES_AROUND = re.compile(rf"\b(?P<count>{_COUNT})\s+(?={_AMOUNT}[\s-]+{_ADJECTIVE}{{0,3}}{_GIVINGS}\b)", re.IGNORECASE)
_COORDINATED_DOSES = re.compile(
    rf"\b(?P<count>{_COUNT})-?\s*(?P<join>,|or|and|versus|vs\.?|to)\s+(?=(?:{_COUNT})(?:-|\s+){_ADJECTIVE}{{0,2}}{_GIVINGS}\b)",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:q\d*[dw]k?|weekly|every\s+\w+\s+(?:days|weeks))\s*(?:,\s*)?(?:[x×]|for)\s*(?P<times>\d{1,2}|two|three|four|five|six)\b(?!\s?(?:MBq|kBq|GBq|uCi|mCi|days|months))"
    r"|\b(?:given|administered|dosed|injected|treated)\s+(?P<once>once|twice)\b(?!\s+(?:weekly|daily|a|per))"
    r"|\b(?P<often>once|twice|thrice|(?:two|three|four|five|six)\s+times)(?=\s*(?:[,;(]|or\b|and\b|with\s+\d|$))"
    r"|\b(?:dose|injection|treatment|administration|infusion)\s+(?:was|were)\s+(?P<again>repeated)\b(?!\s+(?:every|(?:\d+|two|three|four)\s+times))"
    r"|\b(?:given|received|receiving|got|getting)\s+(?:(?:the|a)\s+(?P<ordinal>second|third|fourth)|only\s+(?:the|a)\s+(?P<only>first))\s+(?:dose|injection|treatment|administration|infusion|fraction|cycle)\b"
    r"|(?<=Ci|Bq)\s*[x×]\s*(?P<after>\d{1,2})\b(?!\s?(?:MBq|kBq|GBq|uCi|mCi))",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"\b(?:q\d*[dw]k?(?:\s*[x×]\s*\d+)?|(?:once\s+|twice\s+)?(?:weekly|bi-?weekly|fortnightly|monthly)(?:\s+for\s+\w+\s+weeks)?|every\s+(?:other\s+week|\w+\s+(?:days|weeks|months))|"
    r"(?:\d+|one|two|three|four|six)[- ](?:days?|weeks?|months?)\s+(?:apart|intervals?)|at\s+(?:\d+|one|two|three|four|six)-(?:day|week|month)\s+intervals?)\b",
    re.IGNORECASE,
)
_DAY_LIST = re.compile(
    r"\b(?:days?|d)\s?\d{1,3}(?:\s*(?:,|and|,\s*and|&|/|\+)\s*(?:days?\s?|d\s?)?\d{1,3}(?!\s?[\d.]*\s?(?:MBq|mice|days|%|uCi)))*\b(?!\s?%|\.\d)",
    re.IGNORECASE,
)
_NUMERAL = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
_ANIMALS = r"(?:mice|rats|animals|dogs|patients|subjects|participants|monkeys|rabbits|cats)"
_N = re.compile(
    r"(?<!\w)n\s*=\s*(?P<n>\d{1,4})(?P<each>\s*(?:per|each|/|in\s+each|for\s+each|in\s+all|for\s+all)\s*\w*)?"
    rf"|\b(?P<per>\d{{1,4}}|{_NUMERAL})\s+(?:\w+\s+)?{_ANIMALS}\s*(?:per|in\s+each|each|/)\s*(?:\w+\s+)?(?:group|arm|cohort|treatment)?"
    rf"|\b(?:groups|cohorts)\s+of\s+(?P<groups>\d{{1,4}}|{_NUMERAL})\b"
    rf"|(?<![\w/.-])(?P<heads>\d{{1,4}}|{_NUMERAL})\s+(?P<who>(?:(?!(?:days?|weeks?|months?|hours?|in|for|of|and|or|to|doses?|the|with|versus|vs|than|received|groups?|"
    rf"cohorts?|arms?|injections?)\b)[a-z/-]+\s+){{0,3}}?{_ANIMALS})\b",
    re.IGNORECASE,
)
_VEHICLE = r"(?:vehicle|saline|PBS|placebo|sham|untreated|no\s+(?:treatment|therapy)|(?:given|received|receiving)\s+nothing|buffer|(?:empty|blank)\s+[a-z]+|(?:unlabell?ed|non-?radioactive|non-?radiolabell?ed|cold|nonlabell?ed)(?:\s+(?:[A-Z][\w-]*(?:\s\d+)?|compound|antibody|peptide|ligand|carrier|analogue|analog|conjugate|drug))?|best\s+supportive\s+care|(?:standard|usual|conventional)(?:[- ]of)?[- ](?:care|therapy))"
_CONTROL = re.compile(
    rf"(?<![A-Za-z-])(?P<specific>{_VEHICLE})(?:[- ](?:treated|injected|alone|only))?(?:\s+(?:\w+\s+)?controls?\b(?!led))?|(?<![A-Za-z])(?P<generic>controls?)\b(?!\s+(?:of|rate)|led|ling|-)",
    re.IGNORECASE,
)
_NO_CONTROL_BEFORE = re.compile(
    r"\b(?:disease|tumou?r|growth|local|quality|symptom|internal|positive|pain|birth|infection|under|in|to|better|durable|no|without)\s+$",
    re.IGNORECASE,
)
_CONTROL_AFTER_TO = re.compile(
    r"\b(?:compared|relative|similar|equal|identical|superior)\s+to\s+$|\b(?:the|untreated|in)\s+$", re.IGNORECASE
)
_HISTORIC = re.compile(r"\bhistor\w+\s+(?:\w+\s+)?$", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:(?P<level>(?:low|lower|lowest|mid|middle|medium|intermediate|high|higher|highest)(?:est)?)[- ](?:dose|activity)(?:\s+(?:level|group|arm|cohort))?"
    r"|(?P<numbered>(?:cohort|arm|group|dose\s+level)\s+(?:\d{1,2}|[A-E]|IV|I{1,3})))\b",
    re.IGNORECASE,
)
_GROUP_RUN = re.compile(
    r"\b(?P<noun>cohort|arm|group)s\s+(?:(?:\d{1,2}|[A-E]|IV|I{1,3})(?:\s*(?:,|and|or|,\s*and)\s*))+(?:\d{1,2}|[A-E]|IV|I{1,3})\b",
    re.IGNORECASE,
)
# "G2" is a group where a document introduces its groups so, and may be a tumour grade elsewhere.
_NUMBERS_GROUPS = re.compile(r"\b[Gg]roups?\b[^.\n]{0,40}\bG1\b")
_SHORT_GROUP = re.compile(r"\bG[1-9]\b")
_DRUG = re.compile(
    r"\b(?P<drug>(?:gemcitabine|docetaxel|paclitaxel|cabazitaxel|temozolomide|cisplatin|carboplatin|oxaliplatin|doxorubicin|abiraterone|enzalutamide|apalutamide|everolimus|bortezomib|"
    r"lenalidomide|dexamethasone|capecitabine|fluorouracil|5-FU|irinotecan|topotecan|etoposide|vincristine|[a-z]{3,}(?:toclax|mustine|zomib|limus|degib|lisib|parib|tinib|rafenib|ciclib|lizumab|limumab|lumab|tuximab|tuzumab|platin|taxel|rubicin|lutamide|omide))"
    r"|external[- ]beam\s+(?:radiation|radiotherapy|irradiation)|EBRT|XRT|chemotherapy|surgery\s+alone)\b",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    r"\s*(?:\+|plus|combined\s+with|in\s+combination\s+with|together\s+with|followed\s+by)\s*(?:\d[\d.]*\s?(?:mg|Gy|ug)(?:/kg)?\s+(?:of\s+)?)?",
    re.IGNORECASE,
)
_THE_COMBINATION = re.compile(r"\b(?:the\s+)?combination(?:\s+(?:group|arm|therapy|treatment|regimen))?\b(?!\s+(?:with|of))", re.IGNORECASE)
COMBINATION = "combination"
"""The name of a drug trait that only says that something was combined."""
_ORDINALS = {"first": 1, "repeated": 2, "second": 2, "third": 3, "fourth": 4}
_WORDS = {"thrice": 3, "single": 1, "a single": 1, "double": 2, "triple": 3, "once": 1, "twice": 2}
_TOTAL = re.compile(
    r"\b(?:median|mean|average|cumulative|total|specific|molar|maximum\s+tolerated|MTD|limit|maximal)\s+(?:(?:administered\s+)?(?:activity|activities|dose|doses))?\s*(?:of|was|=|:)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trait:
    """One attribute of an arm as it is mentioned. ``text`` is the wording; the field that ``kind`` names holds the value."""

    kind: Attribute
    start: int
    end: int
    text: str
    number: int = 0
    activity: Activity | None = None
    days: tuple[int, ...] = ()
    name: str = ""
    each: bool = False


def traits(clause: Clause, compounds: tuple[Mention, ...], models: tuple[Mention, ...]) -> tuple[Trait, ...]:
    """All traits of a sentence in order, none overlapping another."""
    named = [Trait("compound", m.start, m.end, m.name, name=m.key) for m in compounds]
    named += [Trait("model", m.start, m.end, m.name, name=m.key) for m in models]
    found: list[Trait] = []
    for read in (_controls, _activities, _doses, _day_lists, _counts, _groups, _drugs):
        for trait in read(clause):
            if not any(_within(trait, other) for other in found) and not (
                trait.kind != "control" and any(_within(trait, m) for m in named)
            ):
                found.append(trait)
    found += [m for m in named if not any(other.kind == "control" and _within(m, other) for other in found)]
    return tuple(sorted(found, key=lambda trait: (trait.start, trait.end)))


def schedules(clause: Clause) -> tuple[tuple[int, int], ...]:
    """Where a sentence says how doses follow each other: "one week apart", "q3w x 4"."""
    return tuple((m.start(), m.end()) for m in clause.find(_SCHEDULE))


def _within(trait: Trait, other: Trait) -> bool:
    return trait.start < other.end and other.start < trait.end


def _trait(clause: Clause, kind: Attribute, start: int, end: int, **values: object) -> Trait:
    return Trait(kind, start, end, clause.page.raw[start:end], **values)  # type: ignore[arg-type]


def number(word: str) -> int | None:
    """A count written as a numeral or a word; None for any other word."""
    word = " ".join(word.casefold().split())
    if word.startswith("a total of "):
        word = word.removeprefix("a total of ")
    if word in _WORDS:
        return _WORDS[word]
    read = figures(word)
    if len(read) == 1 and not read[0].unit and read[0].end - read[0].start == len(word) and read[0].value == int(read[0].value):
        return int(read[0].value)
    return None


def _activities(clause: Clause) -> list[Trait]:
    found: list[Trait] = []
    amounts = [f for f in clause.figures if f.unit.partition("/")[0] in ACTIVITY_UNITS]
    previous: tuple[Figure, Activity] | None = None
    for figure in amounts:
        unit, _, per = figure.unit.partition("/")
        activity = Activity(value=figure.value, unit=unit, approximate=figure.qualifier == "~", per=per or None)
        if previous and _restates(clause, previous, figure, activity):
            continue
        previous = (figure, activity)
        if _is_administered(clause, figure, per):
            start = figure.start
            if activity.approximate:
                lead = re.search(
                    r"(?:approximately|approx\.?|about|around|nearly|almost|roughly|circa|ca\.|some|close\s+to|~|≈)\s*$",
                    clause.before(start),
                    re.IGNORECASE,
                )
                start -= len(lead.group()) if lead else 0
            found.append(_trait(clause, "activity", start, figure.end, activity=activity))
    return found


def _is_administered(clause: Clause, figure: Figure, per: str) -> bool:
    before, after = clause.before(figure.start), clause.after(figure.end)
    if figure.qualifier not in ("", "~") or per in ("mL", "g") or not figure.value:
        return False
    if (
        _TOTAL.search(before)
        or re.match(r"\s?/\s?(?!kg|m2|mouse|animal|patient|dose|injection|rat)", after)
        or re.match(r"\s+(?:in\s+total|cumulative|total)\b", after)
    ):
        return False
    ranged = re.match(r"\s?(?:-|–|to)\s?\d", after) or re.search(r"\d\s?(?:[nukmMG]?(?:Bq|Ci)\s?)?(?:-|–|\bto)\s?$", before)
    return not ranged


def _restates(clause: Clause, previous: tuple[Figure, Activity], figure: Figure, activity: Activity) -> bool:
    """Whether the figure gives the one before again in another unit, in brackets or after a slash."""
    before, gap = previous[0], clause.between(previous[0].end, figure.start)
    return (
        bool(re.fullmatch(r"\s*[\[(/=;,]\s*(?:or\s+|=\s*)?~?\s*(?:approximately\s+|about\s+)?", gap))
        and _alike(previous[1], activity)
        and before.end <= figure.start
    )


def _alike(one: Activity, other: Activity) -> bool:
    if one.unit == other.unit:
        return False
    return abs(becquerels(one) - becquerels(other)) <= 0.1 * becquerels(one)


def becquerels(activity: Activity) -> float:
    """An activity in becquerels, whatever it is per."""
    scale = {"n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
    base = 3.7e10 if activity.unit.endswith("Ci") else 1.0
    return activity.value * base * scale[activity.unit[:-2]]


def _doses(clause: Clause) -> list[Trait]:
    found = []
    for match in clause.find(_DOSES):
        count = number(match["count"])
        if count and not _bounded(clause, match.start()):
            start = match.start() + (
                len(match["count"]) - len(match["count"].split()[-1]) if match["count"].lower().startswith("a ") else 0
            )
            found.append(_trait(clause, "doses", start, match.end(), number=count))
    for match in clause.find(_DOSES_AROUND):
        if count := number(match["count"]):
            last = match["count"].split()[-1]
            found.append(_trait(clause, "doses", match.end("count") - len(last), match.end("count"), number=count))
    for match in clause.find(_COORDINATED_DOSES):
        count = number(match["count"])
        if count and match["join"].lower() != "to":
            found.append(_trait(clause, "doses", match.start("count"), match.end("count"), number=count))
    for match in clause.find(_REPEATED):
        word = match["times"] or match["once"] or match["after"] or match["again"] or match["ordinal"] or match["only"] or match["often"]
        count = _ORDINALS.get(word.casefold()) or number(word.split()[0])
        if count:
            found.append(_trait(clause, "doses", match.start(), match.end(), number=count))
    return found + _multiplied(clause)


def _bounded(clause: Clause, start: int) -> bool:
    return bool(re.search(r"\b(?:up\s+to|at\s+least|more\s+than|maximum\s+of|or\s+more|of\s+the)\s+$", clause.before(start), re.IGNORECASE))


def _multiplied(clause: Clause) -> list[Trait]:
    """ "3 x 7.4 MBq" is three doses."""
    found = []
    for one, other in zip(clause.figures, clause.figures[1:], strict=False):
        times = (
            one.unit == "ratio" and other.unit.partition("/")[0] in ACTIVITY_UNITS and one.kind == "number" and one.value == int(one.value)
        )
        if times and not clause.between(one.end, other.start).strip():
            found.append(_trait(clause, "doses", one.start, one.end, number=int(one.value)))
    return found


_OBSERVED = re.compile(
    r"\b(?:alive|free|surviv\w+|sacrificed|euthani[sz]ed|measured|imaged|volumes?|reached|until|weigh\w*|by|after|since|ended|died|dead|peaked|sampled|collected)\b[^,;()]{0,25}$",
    re.IGNORECASE,
)


def _day_lists(clause: Clause) -> list[Trait]:
    found = []
    for match in clause.find(_DAY_LIST):
        days = tuple(int(value) for value in re.findall(r"\d+", match.group()))
        before = clause.before(match.start())
        if not _OBSERVED.search(before) and (len(days) > 1 or re.search(r"(?:\b(?:on|at)|\()\s*$", before, re.IGNORECASE)):
            found.append(_trait(clause, "days", match.start(), match.end(), days=days))
    return found


def _counts(clause: Clause) -> list[Trait]:
    found = []
    for match in clause.find(_N):
        word = match["n"] or match["per"] or match["groups"] or match["heads"]
        count = number(word)
        if not count:
            continue
        if re.match(r"\s*(?:to|or|-)\s*(?:\d|" + _NUMERAL + r")", clause.after(match.end("groups") if match["groups"] else match.end())):
            continue
        if match["heads"] and re.search(r"(?:\d|\b(?:" + _NUMERAL + r"))\s*(?:to|or|-)\s*$", clause.before(match.start()), re.IGNORECASE):
            continue
        if match["heads"] and re.match(r"\s*(?:of|/)\s*\d", clause.after(match.end("heads"))):
            continue
        each = bool(match["per"] or match["groups"] or match["each"])
        end = match.end("who") if match["heads"] else match.end()
        found.append(_trait(clause, "n", match.start(), end, number=count, each=each, name="heads" if match["heads"] else ""))
    return found


def _controls(clause: Clause) -> list[Trait]:
    found = []
    for match in clause.find(_CONTROL):
        before = clause.before(match.start())
        generic = match["generic"] is not None
        if generic and _NO_CONTROL_BEFORE.search(before) and not _CONTROL_AFTER_TO.search(before):
            continue
        if re.match(r"\s+(?:chamber|solution|system|release)", clause.after(match.end())):
            continue
        name = "historic" if _HISTORIC.search(before) else "" if generic else match["specific"].casefold()
        end = match.end("generic") if generic else match.end("specific")
        found.append(_trait(clause, "control", match.start(), end, name=name))
    return found


def _groups(clause: Clause) -> list[Trait]:
    found = [_trait(clause, "group", m.start(), m.end(), name=_group_name(m)) for m in clause.find(_GROUP)]
    for run in clause.find(_GROUP_RUN):
        noun = run["noun"].casefold()
        for match in re.finditer(r"\b(?:\d{1,2}|[A-E]|IV|I{1,3})\b", run.group()):
            start, end = run.start() + match.start(), run.start() + match.end()
            found.append(_trait(clause, "group", start, end, name=f"{noun} {match.group().casefold()}"))
    if clause.page.says(_NUMBERS_GROUPS):
        found += [_trait(clause, "group", m.start(), m.end(), name=m.group().casefold()) for m in clause.find(_SHORT_GROUP)]
    return found


def _group_name(match: re.Match[str]) -> str:
    if match["level"]:
        word = match["level"].casefold()
        return next((base for base in ("low", "mid", "high") if word.startswith(base)), "mid") + "-dose"
    return " ".join(match["numbered"].casefold().split())


def _drugs(clause: Clause) -> list[Trait]:
    found = [_trait(clause, "drug", m.start(), m.end(), name=COMBINATION, each=True) for m in clause.find(_THE_COMBINATION)]
    for match in clause.find(_DRUG):
        lead = _COMBINED.search(clause.before(match.start(), 40))
        joined = bool(lead and lead.end() == len(clause.before(match.start(), 40))) or bool(_COMBINED.match(clause.after(match.end())))
        found.append(_trait(clause, "drug", match.start(), match.end(), name=match.group().casefold(), each=joined))
    return found
