"""How many animals or patients a sentence counts, in one arm or in each."""

from __future__ import annotations

import re

from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.traits import Trait, number, trait

NUMERAL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven"
    "|eight|nine))?"
)
"""A count in words, as a pattern."""
_ANIMALS = r"(?:mice|rats|animals|dogs|patients|subjects|participants|volunteers|men|women|children|monkeys|rabbits|cats|hamsters|pigs)"
_N = re.compile(
    r"(?<!\w)n\s*=\s*(?P<n>\d{1,4})(?P<each>\s*(?:per|each|/|in\s+each|for\s+each|in\s+all|for\s+all)\s*\w*)?"
    rf"|\b(?P<per>\d{{1,4}}|{NUMERAL})\s+(?:\w+\s+)?{_ANIMALS}\s*(?:per|in\s+each|each|/)\s*(?:\w+\s+)?(?:group|arm|cohort|treatment)?"
    rf"|(?<![\w/.-])(?P<arm>\d{{1,4}}|{NUMERAL})\s+(?:per|(?:in|to)\s+each)\s+(?:\w+\s+)?(?:group|arm|cohort)\b"
    rf"|\b(?:groups|cohorts|arms)\s+of\s+(?P<groups>\d{{1,4}}|{NUMERAL})\b"
    rf"|(?<![\w/.-])(?P<heads>\d{{1,4}}|{NUMERAL})\s+(?P<who>(?:(?!(?:days?|weeks?|months?|hours?|in|for|of|and|or"
    r"|to|doses?|we|they|that|which|wrote|were|was|had|all|said|who|when|where|as|by|from|on|at|the|with|versus|vs|than|received|groups?|"
    rf"cohorts?|arms?|injections?)\b)[a-z/-]+\s+){{0,3}}?{_ANIMALS})\b"
    rf"|(?<![\w/.-])(?P<part>\d{{1,4}}|{NUMERAL})(?=\s+(?:received|got|had|were\s+given|an?\s+(?:second|third|single))\b)"
    rf"|\b(?:other|remaining)\s+(?P<others>\d{{1,4}}|{NUMERAL})(?=(?:,[^,.;]*,)?\s+(?:had|got|received|were|was)\b)"
    rf"|(?:\band|,)\s+(?P<gapped>\d{{1,4}}|{NUMERAL})(?=\s+(?:the\s+|an?\s+)?(?:placebo|vehicle|saline|controls?|buffer)\b)",
    re.IGNORECASE,
)
# "Of the 19 dogs that had the compound, 11 received …"
_OF_ALL = re.compile(rf"\W*(?:Of|Among)\s+(?:the(?:se|m)?|those)?\s*(?:\d+|{NUMERAL})?\s*{_ANIMALS}?\b", re.IGNORECASE)
_MORE_HEADS = re.compile(r"\b(?:an?\s+)?(?:further|additional|another)\s+$", re.IGNORECASE)
# "allocated to five groups (n = 8)"
_OF_EACH = re.compile(r"\b(?:groups|arms|cohorts)\s*[\[(]\s*$", re.IGNORECASE)
HEADS = "heads"
"""The name of a number of animals or patients that stands before what they were given, and may be that of several arms."""
FURTHER = "further"
"""The name of a number of animals or patients that were treated beside those told of before."""


def counts(clause: Clause) -> list[Trait]:
    """The numbers of animals or patients that a sentence states."""
    found = []
    for match in clause.find(_N):
        word = (
            match["n"]
            or match["per"]
            or match["arm"]
            or match["groups"]
            or match["heads"]
            or match["others"]
            or match["part"]
            or match["gapped"]
        )
        count = number(word)
        if not count or (match["part"] and not _OF_ALL.match(clause.text)):
            continue
        if re.match(r"\s*(?:to|or|-)\s*(?:\d|" + NUMERAL + r")", clause.after(match.end("groups") if match["groups"] else match.end())):
            continue
        if match["heads"] and re.search(r"(?:\d|\b(?:" + NUMERAL + r"))\s*(?:to|or|-)\s*$", clause.before(match.start()), re.IGNORECASE):
            continue
        if match["heads"] and re.match(r"\s*(?:of|/)\s*\d", clause.after(match.end("heads"))):
            continue
        each = bool(
            match["per"]
            or match["arm"]
            or match["groups"]
            or match["each"]
            or (match["n"] and _OF_EACH.search(clause.before(match.start())))
        )
        start, end = match.start("gapped") if match["gapped"] else match.start(), match.end("who") if match["heads"] else match.end()
        name = FURTHER if match["heads"] and _MORE_HEADS.search(clause.before(match.start())) else HEADS if match["heads"] else ""
        found.append(trait(clause, "n", start, end, number=count, each=each, name=name))
    return found
