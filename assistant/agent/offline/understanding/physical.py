"""Questions of decay in plain words: a half-life of their own told in one way, what they leave aside ("no washout") left out."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.offline.understanding.cues import signals
from assistant.language.figures import Figure, figures
from assistant.language.names import nuclides
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS

# "T1/2", "t½", "half-lifes".
_SHORT = re.compile(r"(?<![\w/])t\s?[-_]?\s?(?:1/2|½)(?![\w/])|\bhalf[- ]?lifes\b", re.IGNORECASE)
_FULL = re.compile(r"\bhalf[- ]?life\b", re.IGNORECASE)
_CLEARED = (
    r"(?:wash[- ]?out|clearance|elimination|excretion|metabolism|biokinetics|pharmacokinetics|biological (?:half-life|loss(?:es)?|decay)|biology)"
)
# What is left aside, which no document has to speak of: decay is always the physical one here.
_LEFT_ASIDE = re.compile(
    rf"[\s,;:(]*(?:\b(?:but|and|with|if we|assuming|assume)\s+)*\b(?:no|without|ignor(?:e|ing)|neglect(?:ing)?|disregard(?:ing)?|exclud(?:e|ing)"
    rf"|not counting|leaving aside)\s+(?:any\s+|the\s+)?(?:biological\s+|biologic\s+|renal\s+)?{_CLEARED}"
    rf"(?:\s*(?:,|/|or|and)\s*(?:biological\s+|renal\s+)?{_CLEARED})*\s*[,:;)]?",
    re.IGNORECASE,
)
_PHYSICAL_ONLY = re.compile(
    r"[\s,;:(]*\b(?:(?:by|from|through|due to|considering|counting|assuming|with)\s+)?(?:only\s+|just\s+|pure(?:ly)?\s+)?"
    r"(?:(?:physical|radioactive)\s+decay(?:\s+(?:only|alone))?|decay\s+(?:only|alone))\s*[,:;)]?(?=\s|[?.]|$)(?!\s+(?:of|has|had|leave))",
    re.IGNORECASE,
)
# What leads to a time that is taken as a half-life, and what may follow it: "taking I-125 at 59.407 days", "taking 8.02 d for I-131".
_TAKEN = re.compile(r"[\s,;:(]*\b(?:tak(?:e|ing)|us(?:e|ing)|assum(?:e|ing)|given|with|if)\s+(?:the\s+|a\s+)?(?P<of>.{0,24}?)\s*$", re.IGNORECASE)
_AT = re.compile(r"\s*(?:\b(?:at|as|to be|is|has|of)\b|=|:)?\s*(?:about|approximately|roughly|~)?\s*", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|as (?:that|the half-life) of)\s+(?:the\s+)?", re.IGNORECASE)
# What names a half-life before the time: "I-131 half-life = 8.04 d", "half-life of I-131: 8.04 d".
_NAMED = re.compile(
    r"[\s,;:(.]*(?:\b(?:tak(?:e|ing)|us(?:e|ing)|assum(?:e|ing)|given|with|for|where|if)\s+)?(?:(?:the|a|an|its|physical)\s+)*(?P<before>[\w-]{2,12}\s+)?"
    r"(?:(?:physical|the)\s+)*half[- ]?life\b(?:\s*\(?(?:of|for)?\s*(?P<behind>[A-Za-z][\w-]{1,12})\)?)?\s*(?:is|=|:|as|at|being|of)?\s*"
    r"(?:about|approximately|roughly|~)?\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[?!]|\.(?=\s|$)")
_ENDING = re.compile(r"\s*[?.!]*\s*$")


@lru_cache(maxsize=64)  # the steps of a turn read the same questions
def plainly(question: str) -> str:
    """``question`` as it would be asked without asides, if it asks what decay leaves; as it stands where it asks another thing."""
    named = _SHORT.sub("half-life", question)
    named = named.replace("half-life half-life", "half-life")
    without = _without_asides(named)
    told = _with_own_half_life(without)
    if told != named and not _asks_decay(told):
        return named if _FULL.search(named) else question
    return told


def _asks_decay(question: str) -> bool:
    """Whether it is asked what decay leaves, how much that is together with a further dose, or how often it was halved."""
    return bool(signals(question) & {"remaining", "present_after"}) or (
        bool(nuclides(question)) and any(figure.unit in ACTIVITY_UNITS for figure in figures(question))
    )


def _without_asides(question: str) -> str:
    """``question`` without what it leaves aside; "by decay alone" stays where nothing else tells that decay is meant."""
    without = _LEFT_ASIDE.sub(" ", question)
    if without == question and not _PHYSICAL_ONLY.search(question):
        return question
    bare = _PHYSICAL_ONLY.sub(" ", without)
    kept = bare if _asks_decay(bare) else without
    return " ".join(kept.split()).replace(" ?", "?") if _asks_decay(kept) else question


def _with_own_half_life(question: str) -> str:
    """``question`` with its one half-life at its end, as "with a half-life of I-131 of 8.04 day", where it is told apart or in short."""
    found = [(figure, span, of) for figure in figures(question) if figure.unit in TIME_UNITS and (told := _told(question, figure)) for span, of in [told]]
    if len(found) != 1:
        return question
    figure, (start, end), of = found[0]
    rest = f"{question[:start]}{question[end:]}".strip(" ,;:")
    rest = rest if rest.rstrip().endswith("?") or "?" not in rest else rest
    asked = rest.rfind("?")
    rest = rest[:asked] if asked >= 0 else _ENDING.sub("", rest)
    if not re.search(r"\w{3}", rest):
        return question
    return f"{rest.strip(' ,;:(')} with a half-life of {f'{of} of ' if of else ''}{figure.text}?"


def _told(question: str, figure: Figure) -> tuple[tuple[int, int], str] | None:
    """Where a time is told to be a half-life in other words than "a half-life of", and of which nuclide; None where it is not."""
    before, behind = question[: figure.start], question[figure.end :]
    if named := _NAMED.search(before):
        apart = _SENTENCE_END.search(question, 0, named.start() + 1) is not None or "=" in named.group() or named["before"] is not None
        of = " ".join(mention.name for mention in nuclides(named.group()))
        words = named["before"] if named["before"] and not nuclides(named["before"]) else ""
        start = named.start() + (named.group().find(words) + len(words) if words else 0)
        return ((start, figure.end + _closing(behind)), of) if apart and (of or not words) else None
    if taken := _TAKEN.search(before):
        mentions = nuclides(taken["of"])
        if mentions and _AT.fullmatch(taken["of"][mentions[-1].end :]) and mentions[0].start == 0:
            return (taken.start(), figure.end + _closing(behind)), mentions[0].name
        after = _FOR.match(behind)
        of = nuclides(behind[after.end() :]) if after else ()
        if after and of and of[0].start == 0 and not taken["of"]:
            return (taken.start(), figure.end + after.end() + of[0].end), of[0].name
    return None


def _closing(behind: str) -> int:
    """How many signs close what was told: the bracket or full stop behind it."""
    match = re.match(r"\s*[),;.](?=\s|$)", behind)
    return match.end() if match else 0


# From where it is asked for an amount.
_AMOUNT = re.compile(
    r"\b(?:how (?:much|many|strong|active|radioactive|hot)|what(?: activity| amount| radioactivity|['’]s| is| was| will| would| do| must| should"
    r"| has to| did| fraction| share| percent(?:age)?| %)?|which (?:activity|amount))\b",
    re.IGNORECASE,
)
# "How much of the initial 50 uCi", "what is left of it": what is asked for is a part of what is given.
_PART = re.compile(
    r"\W*(?:how (?:much|many \w+)|what(?: fraction| share| percent(?:age)?| %)?)(?:\s+(?:is|are|was|were|will be|would be|['’]s))?(?:\s+still)?"
    r"(?:\s+(?:left|remain\w*|there))*\s+of\s+(?:the|a|an|this|that|my|our|its|each|initial|original|\d)",
    re.IGNORECASE,
)
_AT_FIRST = re.compile(
    r"\b(?:order(?:ed)?|at (?:the time of )?(?:calibration|dispatch|shipping|shipment|delivery|the (?:start|beginning|reference))|calibrated (?:for|to|activity)"
    r"|start(?:ing)?(?: out)? (?:with|from|activity)|begin with|(?:must|should|need(?:s)? to|ha(?:s|ve) to|do|does|can|to)\s+(?:(?:it|i|we|one|they|you|be"
    r"|the \w+)\s+)?(?:need to\s+|have to\s+)?(?:hold|contain|ship|dispense|prepare|draw up|load|fill|order|buy|calibrate)"
    r"|original(?:ly)?|initial(?:ly)?|at first|dispensed?)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:need(?:s|ed)?|want(?:s|ed)?|requir(?:e|es|ed)|must be|should be|has to be|to (?:have|inject|give|get|administer|end up with|be left with|leave)"
    r"|so that|at (?:the time of )?(?:injection|administration|use)|gives?|yields?|leaves?|provides?|(?:is|are) (?:still )?left|remains?)\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(?:was|were|had|did|has been)\b.*?\d?[\w-]+\s+(?:ago|earlier|before(?!\s+(?:the\s+)?(?:second|2nd|next|last)\b)|previously|back)\b", re.IGNORECASE)
_MEASURED = re.compile(r"\b(?:calibrat\w+|order\w*|deliver\w*|ship\w*|measur\w+|prepar\w+|receiv\w+|inject\w*|giv\w+|dos\w+)\b", re.IGNORECASE)


def asks_earlier(question: str) -> bool:
    """Whether an activity is asked for that has decayed to the stated one: what must be ordered, what it was two days ago."""
    *_, asked = [None, *_AMOUNT.finditer(question)]
    if asked is None or not any(figure.unit in ACTIVITY_UNITS for figure in figures(question)):
        return False
    clause = question[asked.start() :]
    if _PART.match(clause):
        return False
    left = bool(signals(clause) & {"left_over"})
    ago = (was := _AGO.search(clause)) is not None and not left and not _MEASURED.search(was.group())
    return ago or bool(_AT_FIRST.search(clause) and _LATER.search(question))


# At the time that is told before: "how much do I have then?".
_THEN = re.compile(
    r"\b(?:(?:by )?then|now|(?:at|by) that (?:point|time|moment|stage)|later|afterwards?|after that|ago|earlier|at calibration|order|start with"
    r"|lost|loses?|(?:it|that) (?:is|was|will be)|(?:is|was|will be|would be|what['’]s|what will) (?:it|that|the activity|its activity))\b",
    re.IGNORECASE,
)
_OF_OTHERS = frozenset(["how_long", "sample_size", "gain", "significance", "person_pronoun", "dose_count"])


def tells_decay(before: str, question: str) -> bool:
    """Whether what is told ``before`` has what a question of decay lacks: "I draw up 2 MBq of I-131; it sits for 6 h. How much is it then?"."""
    shown = signals(question)
    if not _AMOUNT.search(question) or shown & _OF_OTHERS or not ("remaining" in shown or _THEN.search(question)):
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
