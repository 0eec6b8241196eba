"""Questions of decay in plain words: a half-life of their own told in one way, what they leave aside ("no washout") left out."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.earlier import AMOUNT
from assistant.language.figures import Figure, figures
from assistant.language.names import nuclides
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS

# "T1/2", "t½", "half-lifes".
_SHORT = re.compile(r"(?<![\w/])t\s?[-_]?\s?(?:1/2|½)(?![\w/])|\bhalf[- ]?lifes\b", re.IGNORECASE)
_CLEARED = (
    r"(?:wash[- ]?out|clearance|elimination|excretion|metabolism|biokinetics|pharmacokinetics|biology"
    r"|biological (?:half-life|loss(?:es)?|decay))"
)
_ORGAN = r"(?:biological\s+|biologic\s+|renal\s+)?"
# What is left aside, which no document has to speak of: decay is always the physical one here.
_LEFT_ASIDE = re.compile(
    r"[\s,;:(]*(?:\b(?:but|and|with|if we|assuming|assume)\s+)*"
    r"\b(?:no|without|ignor(?:e|ing)|neglect(?:ing)?|disregard(?:ing)?|exclud(?:e|ing)|not counting|leaving aside)\s+(?:any\s+|the\s+)?"
    rf"{_ORGAN}{_CLEARED}(?:\s*(?:,|/|or|and)\s*{_ORGAN}{_CLEARED})*\s*[,:;)]?",
    re.IGNORECASE,
)
_PHYSICAL_ONLY = re.compile(
    r"[\s,;:(]*\b(?:(?:by|from|through|due to|considering|counting|assuming|with)\s+)?(?:only\s+|just\s+|pure(?:ly)?\s+)?"
    r"(?:(?:physical|radioactive)\s+decay(?:\s+(?:only|alone))?|decay\s+(?:only|alone))\s*[,:;)]?(?=\s|[?.]|$)(?!\s+(?:of|has|had|leave|is|was|are|will))",
    re.IGNORECASE,
)
_UNDECAYED = re.compile(
    r"[\s,;:(]*\b(?:ignor(?:e|ing)|neglect(?:ing)?|disregard(?:ing)?|not counting|leaving aside|without(?: counting)?)\s+"
    r"(?:any\s+|the\s+)?(?:physical\s+|radioactive\s+)?decay\b\s*[,:;)]?",
    re.IGNORECASE,
)
_ABOUT = r"(?:about|approximately|roughly|~)?\s*"
_TAKING = r"(?:tak(?:e|ing)|us(?:e|ing)|assum(?:e|ing)|given|with|if)"
# What leads to a time that is taken as a half-life, and what may follow it: "taking I-125 at 59.407 days", "taking 8.02 d for I-131".
_TAKEN = re.compile(rf"[\s,;:(]*\b{_TAKING}\s+(?:the\s+|a\s+)?(?P<of>.{{0,24}}?)\s*$", re.IGNORECASE)
_AT = re.compile(rf"\s*(?:\b(?:at|as|to be|is|has|of)\b|=|:)?\s*{_ABOUT}", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|as (?:that|the half-life) of)\s+(?:the\s+)?", re.IGNORECASE)
# What names a half-life before the time: "I-131 half-life = 8.04 d", "half-life of I-131: 8.04 d".
_NAMED = re.compile(
    rf"[\s,;:(.]*(?:\b(?:{_TAKING}|for|where)\s+)?(?:(?:the|a|an|its|physical)\s+)*(?P<before>[\w-]{{2,12}}\s+)?(?:(?:physical|the)\s+)*"
    rf"half[- ]?life\b(?:\s*\(?(?:of|for)?\s*(?P<behind>[A-Za-z][\w-]{{1,12}})\)?)?\s*(?:is|=|:|as|at|being|of)?\s*{_ABOUT}$",
    re.IGNORECASE,
)
# "I-131: 8.04 d half-life", in a sentence of its own.
_BEHIND = re.compile(r"[\s-]+(?:physical\s+)?half[- ]?life\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[?!]|\.(?=\s|$)")
_ENDING = re.compile(r"\s*[?.!]*\s*$")
_CLOSING = re.compile(r"\s*[),;.](?=\s|$)")
_EDGES = " .,;:"
# A blank before a sign, and a full stop behind another one, which an aside has left.
_BLANK, _STOP = re.compile(r"\s+(?=[.,;?!])"), re.compile(r"(?<=[.?!])[.,;]+")
# At the time that is told before: "how much do I have then?".
_THEN = re.compile(
    r"\b(?:(?:by )?then|now|(?:at|by) that (?:point|time|moment|stage)|later|afterwards?|after that|ago|earlier|at calibration|order"
    r"|start with|lost|loses?|(?:it|that) (?:is|was|will be)"
    r"|(?:is|was|will be|would be|what['’]s|what will) (?:it|that|the activity|its activity))\b",
    re.IGNORECASE,
)
_LAST_CLAUSE = re.compile(rf";\s+(?:{AMOUNT.pattern})[^;]*$", re.IGNORECASE)
_OF_OTHERS = frozenset(["how_long", "sample_size", "gain", "significance", "person_pronoun", "dose_count"])


@lru_cache(maxsize=64)  # the steps of a turn read the same questions
def plainly(question: str) -> str:
    """``question`` as it would be asked without asides, if it asks what decay leaves; as it stands where it asks another thing."""
    question = _UNDECAYED.sub(_bracket, question)
    named = _SHORT.sub("half-life", question).replace("half-life half-life", "half-life")
    if all(_amounts(named)) and _LAST_CLAUSE.search(named):  # told and asked in one sentence
        named = named.replace(";", ",")
    told = _with_own_half_life(_without_asides(named))
    return told if _asks_decay(told) else question


def tells_decay(before: str, question: str) -> bool:
    """Whether what is told ``before`` has what a question of decay lacks: "I draw up 2 MBq of I-131. How much is it in 6 h?"."""
    shown = signals(question)
    if not AMOUNT.search(question) or shown & _OF_OTHERS or not ("remaining" in shown or _THEN.search(question)):
        return False
    told, asked = _amounts(before), _amounts(question)
    nuclide, activity, time = (one or other for one, other in zip(told, asked, strict=True))
    if not any(one and not other for one, other in zip(told, asked, strict=True)) or not time:
        return False
    return (nuclide and (activity or bool(shown & {"share", "percent"}))) or (activity and "remaining" in shown)


def _amounts(text: str) -> tuple[bool, bool, bool]:
    """Whether ``text`` names a nuclide, an activity and a time."""
    units = {figure.unit for figure in figures(text)}
    return bool(nuclides(text)), bool(units & ACTIVITY_UNITS), bool(units & TIME_UNITS)


def _asks_decay(question: str) -> bool:
    """Whether it is asked what decay leaves, how much that is together with a further dose, or how often it was halved."""
    nuclide, activity, _ = _amounts(question)
    return bool(signals(question) & {"remaining", "present_after"}) or (nuclide and activity)


def _without_asides(question: str) -> str:
    """``question`` without what it leaves aside; "by decay alone" stays where nothing else tells that decay is meant."""
    without = _LEFT_ASIDE.sub(_bracket, question)
    if without == question and not _PHYSICAL_ONLY.search(question):
        return question
    bare = _PHYSICAL_ONLY.sub(_bracket, without)
    kept = bare if _asks_decay(bare) else without
    return _STOP.sub("", _BLANK.sub("", " ".join(kept.split()))).lstrip(_EDGES) if _asks_decay(kept) else question


def _bracket(aside: re.Match[str]) -> str:
    """What stays of an aside: the bracket that it closes and does not open; all of it where it is the one exception."""
    if aside.string[: aside.start()].endswith(("than", "but", "except")):
        return aside.group()
    return ") " if ")" in aside.group() and "(" not in aside.group() else " "


def _with_own_half_life(question: str) -> str:
    """``question`` with its one half-life at its end, "with a half-life of I-131 of 8.04 d", where it is told apart or in short."""
    timed = [figure for figure in figures(question) if figure.unit in TIME_UNITS]
    found = [(figure.text, told) for figure in timed if (told := _told(question, figure))]
    if len(found) != 1:
        return question
    ((time, (start, end, of)),) = found
    rest = f"{question[:start]}{question[end:]}".strip(_EDGES)
    asked = rest.rfind("?")
    rest = rest[:asked] if asked >= 0 else _ENDING.sub("", rest)
    return f"{rest.strip(' ,;:(')} with a half-life of {f'{of} of ' if of else ''}{time}?" if re.search(r"\w{3}", rest) else question


def _told(question: str, figure: Figure) -> tuple[int, int, str] | None:
    """From where to where a time is told to be a half-life, in other words than "a half-life of", and of which nuclide, if of one."""
    before, behind = question[: figure.start], question[figure.end :]
    closed = figure.end + (closing.end() if (closing := _CLOSING.match(behind)) else 0)
    if named := _NAMED.search(before):
        return _named(question, named, closed)
    if (word := _BEHIND.match(behind)) and (ends := list(_SENTENCE_END.finditer(before))):
        return ends[-1].end(), figure.end + word.end(), " ".join(mention.name for mention in nuclides(before[ends[-1].end() :]))
    if (taken := _TAKEN.search(before)) is None:
        return None
    mentions = nuclides(taken["of"])
    if mentions and mentions[0].start == 0 and _AT.fullmatch(taken["of"][mentions[-1].end :]):
        return taken.start(), closed, mentions[0].name
    after = _FOR.match(behind)
    following = nuclides(behind[after.end() :]) if after and not taken["of"] else ()
    if after and following and following[0].start == 0:
        return taken.start(), figure.end + after.end() + following[0].end, following[0].name
    return None


def _named(question: str, named: re.Match[str], closed: int) -> tuple[int, int, str] | None:
    """The same of a time behind the word: of one that stands in a sentence of its own, behind a sign, or behind a nuclide."""
    word = named["before"] or ""
    if word and not nuclides(word):
        return None  # "with half-life", "the half-life" of a clause of the question
    if not (word or "=" in named.group() or _SENTENCE_END.search(question, 0, named.start() + 1)):
        return None
    of = " ".join(mention.name for mention in nuclides(named.group()))
    after = _FOR.match(question, closed)
    following = nuclides(question[after.end() :]) if after and not of else ()
    if after and following and following[0].start == 0:
        return named.start(), after.end() + following[0].end, following[0].name
    return named.start(), closed, of
