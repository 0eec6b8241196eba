"""How a sentence is worded: what it asserts, what it says is lacking, its clauses, negation and direction."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.vocabulary import content, has, listed, pattern, stem, stems, table, tokens
from assistant.language.numerals import NUMERAL
from assistant.language.qualifiers import DENIED_BOUND

CONTRAST = re.compile(
    r"(?:,\s+(?:and |but )?|\sand )not\s+(?:in |by |for |with |from |of |to |on |a |an |the )*[^,.;:()]{1,40}(?=[,.;:)]|$)", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"[;()\"\u201c\u201d]|,\s(?=(?:[^\s,;]+\s){1,4}(?:does|did|do|has|had|is|was|were) not\W*(?:[,;.]|$))"
    r"|\s[\u2013\u2014-]\s|,\s+(?:and|but|or|so|an?)\s|\b(?:(?<!nothing )but|while|whereas|although|though|however|which|and it is)\b"
    r"|\band\b(?=\s(?:may|might|could|can|is|was|were|has|had|will|would|did|won't|wouldn't|didn't)\b)"
    r"|\bthat\b(?=\s(?:is|was|were|are|has|had|did|does) not\b)",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"[;()\"\u201c\u201d]|,\s(?:and|but)\s(?:it|they|the|that|this|its)\b"
    r"|\b(?:(?<!nothing )but|while|whereas|although|however|which|and it is)\b"
    r"|\band\b(?=\s(?:may|might|could|can|is|was|were|has|had|will|would|did|won't|wouldn't|didn't|plans|intends|expects|hopes|aims)\b)",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"^\W*(?:yes|no)\b\s*(?:[:,;.\u2013\u2014]|\s-)\s*|^[^:;,.\u2013\u2014]{0,30}?\bnot?\b(?:\s(?:yet|quite|entirely))?\s*(?:[:;\u2013\u2014]|\s-)\s+"
    r"|^\W*not\b[^:;,.]{0,40}:\s+",
    re.IGNORECASE,
)
LACK = re.compile(
    r"\b(?:no|without|neither|nor|lacks?|lacked|lacking|free (?:of|from)|absence of|devoid of)\s+"
    r"((?:(?!(?:in|for|of|to|on|at|was|were|is|are|has|had|and|or)\b)[\w-]+\s?){1,4})",
    re.IGNORECASE,
)
# "does not mention that it was stopped"
_GRANTED = re.compile(r"\b(?:mentions?|notes?|disclose|tell|admit|add|acknowledge)\b(?:\s\w+)?\sthat\b(.*)", re.IGNORECASE)
_ASIDE = re.compile(r"\(([^()]*)\)")
# Where a reason, an exception or an aside begins, which is denied, or not, by itself.
_APART = re.compile(
    r",\s(?=(?:so|hence|thus|therefore|since|because|as|yet|neither|none|nor|whether|with|without)\b)"
    r"|(?<!nothing)(?<!none)\s(?=(?:because|unless|though|apart from|except)\b)",
    re.IGNORECASE,
)
_LONGEST_LABEL = 4
# "No dog had surgery": of whom it is denied, and with that as a whole
_NO_SUBJECT = re.compile(
    r"\bno\s(?:[\w-]+\s){1,3}?(?:had|has|have|did|does|do|will|would|could|can|received|got|needed|underwent)\b", re.IGNORECASE
)
_NEAR = 4
_BEHIND = 3
_BOUND = re.compile(
    r"(?:\bno )?\b(?:more|less|fewer|greater) than\s*$|\bno (?:higher|lower|longer|shorter) than\s*$"
    r"|\bat (?:least|most)\s*$|\b(?:above|below|over|under)\s*$",
    re.IGNORECASE,
)
# "8 days less than one dose": no bound
_DIFFERENCE = re.compile(r"(?:\d|\b(?:days?|weeks?|months?|years?|percent|times)|%)\s(?:more|less|fewer|greater) than\s*$", re.IGNORECASE)
_SUPERLATIVE = re.compile(r"\b(?:most|least)\s(?=[a-z]+(?:\s[a-z]+)?\b)(?!of\b)", re.IGNORECASE)
# A net loss of a company goes no way.
_RESULT = re.compile(
    r"\b(?:net|operating|annual|quarterly)\s(?:loss(?:es)?|gains?)\b|\bloss(?:es)?\s(?:per|before|for the (?:year|quarter|period))\b",
    re.IGNORECASE,
)
# "Added at 25 mg/mL", but "added nine days"
_ADDED = re.compile(rf"\badd(?:s|ed|ing)?\b(?!\s(?:about\s|another\s|some\s|a\sfurther\s)?(?:\d|(?:{NUMERAL})\b))", re.IGNORECASE)
# "A single dose may fall short" goes no way.
FALL_SHORT = re.compile(r"\bf(?:a|e)ll(?:s|ing|en)? short\b", re.IGNORECASE)
# "66 days, up from 58"
_UP_FROM = re.compile(r"\bup (?:from|by)\b", re.IGNORECASE)
_DOWN_FROM = re.compile(r"\bdown (?:from|by)\b", re.IGNORECASE)
_OF_THAT = re.compile(r"\s(?:as|that|those|its|their|the|of (?:that|those|what|its))\b", re.IGNORECASE)
_WHOLE = 100
_WITHOUT = re.compile(r"\b(\w+)-free\b", re.IGNORECASE)
# "Failed to respond" and "too early to tell" deny, "the lot failed" tells.
_DENYING = re.compile(
    r"\b(?:fail(?:s|ed|ing)? to|too (?:early|soon) (?:to|for)|(?:to|must|should) be avoided|(?:protected|kept|prevented) from"
    r"|(?:stay|keep|kept)(?:s|ed|ing)? (?:well )?away from|refrain(?:s|ed|ing)? from|poorly|badly)\b",
    re.IGNORECASE,
)
_NOT_NEGATING = re.compile(
    r"\b(?:(?:and|in|with|to|than|or|but) none\b|not (?:only|just|merely)|no (?:more|less|fewer|later|earlier|sooner) than"
    r"|no (?:lower|higher|smaller|larger|longer|shorter) than(?=\W*\d)"
    r"|not the same|no other|nothing (?:but|except|other than))\b"
    rf"|{DENIED_BOUND}",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def asserted(said: str) -> str:
    """``said`` without what it says the sources lack, and without what it says something is not ("AB3, not QX-1")."""
    said = CONTRAST.sub("", _VERDICT.sub("", said))
    return "; ".join(clause.strip(" ,;") for clause in turns(said) if not pattern("draft", "absence", anchored=False).search(clause))


def beside_lack(said: str) -> str:
    """What a sentence about what the sources lack says beside that: behind a "but", and what it takes for granted behind "that"."""
    first, *others = turns(said)
    told = [clause for clause in others if not pattern("draft", "absence", anchored=False).search(clause)]
    granted = _GRANTED.search(first)
    return "; ".join([*told, *([granted[1]] if granted else [])])


def turns(said: str) -> list[str]:
    """The clauses of ``said`` that a contrast or an "and" sets apart."""
    return [clause for clause in _turning().split(said) if clause.strip()]


@cache
def _turning() -> re.Pattern[str]:
    turning = "|".join(rf"\b{re.escape(word)}\b" if word[0].isalpha() else re.escape(word) for word in table("draft")["turns"])
    denying = (
        r"\sand\s(?=(?:does|do|did|is|are|was|were)\snot\b)|,\swhich\s(?=cannot\b|(?:does|do|did|is|are|was|were|has|have|had)\snot\b)"
    )
    return re.compile(rf"(?:(?<!nothing )(?:{turning})|,\s+and\s|{denying})", re.IGNORECASE)


@lru_cache(maxsize=4096)  # the rules ask it of the same sentences, which are cited again
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of ``text`` that may differ in negation and certainty; a short label keeps what stands behind its colon."""
    found = [match[1] for match in _ASIDE.finditer(text)]
    for clause in _CLAUSE.split(_ASIDE.sub(" ", text)):
        before, _, after = clause.partition(": ")
        found += [before, after] if len(before.split()) > _LONGEST_LABEL else [clause]
    return tuple(clause for clause in found if clause.strip())


def finer_clauses(text: str) -> list[str]:
    """The clauses of ``text`` without their reasons, exceptions and asides, and these by themselves."""
    return [part for clause in clauses(text) for part in _APART.split(clause) if part.strip()]


def without_lack(text: str) -> str:
    """``text`` without the nouns that "no" and "without" deny."""
    return LACK.sub(" ", text)


def lacks(clause: str) -> list[str]:
    """What a clause says the sources lack, or that there was none of."""
    absent = pattern("draft", "absence", anchored=False).search(clause)
    return [clause[absent.end() :]] if absent else [match[1] for match in LACK.finditer(_NOT_NEGATING.sub("", clause))]


def without_bounds(text: str) -> str:
    """``text`` without "no more than", "not only" and the like, which deny nothing."""
    return _NOT_NEGATING.sub(" ", text)


def is_negative(text: str) -> bool:
    """Whether a negation stands in ``text``; "not only" and "no more than" are none."""
    return has(_telling(text), listed("meaning", "negations"))


def _telling(text: str) -> tuple[str, ...]:
    """The words of ``text`` with its negations as such, and without those that negate nothing."""
    return tokens(_DENYING.sub("not", _NOT_NEGATING.sub(" ", text)))


def denies(text: str, words: frozenset[str]) -> bool:
    """Whether ``text`` negates what ``words`` speak of: as a whole, or one of them as lacking ("free of signs")."""
    if is_negative(without_lack(text)) or _NO_SUBJECT.search(_NOT_NEGATING.sub(" ", text)):
        return True
    lacking = [match[1] for pattern in (LACK, _WITHOUT) for match in pattern.finditer(_NOT_NEGATING.sub(" ", text))]
    return any((content(what) & words) - stems("arm animal mouse patient") for what in lacking)


def denied_near(text: str, group: frozenset[str]) -> bool:
    """Whether a negation stands a few words before a word of ``group``, stems, or right behind one: "toxicity was not seen"."""
    words = _telling(text)
    places = [place for place, word in enumerate(words) if stem(word) in group]
    return any(has(words[max(0, place - _NEAR) : place + 1 + _BEHIND], listed("meaning", "negations")) for place in places)


def denied_first(text: str) -> str | None:
    """The stem of the first word with content behind a negation; None where nothing is negated or nothing follows."""
    words = tokens(_NOT_NEGATING.sub(" ", text))
    behind = next((words[place + 1 :] for place, word in enumerate(words) if word in listed("meaning", "negations")), ())
    if has(behind[:_NEAR], ("whether", "if")):  # "it is not known whether …"
        return None
    return next((stem(word) for word in behind if stem(word) in content(word)), None)


@lru_cache(maxsize=4096)  # as clauses
def segments(text: str) -> tuple[str, ...]:
    """The parts of ``text`` over which a word of possibility may reach."""
    return tuple(part for part in _SEGMENT.split(text) if part.strip())


def way(said: str) -> int:
    """1 where words of increase stand in ``said``, -1 for words of decrease, 0 for both or neither.

    "More than 80" and the like bound a figure and are no such words, nor is the "most" of "most frequent"; "twice the" is one.
    """
    multiples = set()
    for amount in reversed(amounts(said)):
        if amount.unit in ("ratio", "percent") and amount.kind == "word" and _OF_THAT.match(said, amount.end):
            multiples.add(amount.value > (1 if amount.unit == "ratio" else _WHOLE))
        before = said[: amount.start]
        bounds = amount.kind == "number" or amount.unit == "percent" or (amount.unit != "ratio" and not _DIFFERENCE.search(before))
        if amount.qualifier and bounds:
            said = _BOUND.sub("", said[: amount.start]) + said[amount.start :]
    words = [stem(token) for token in tokens(_ADDED.sub(" ", _RESULT.sub(" ", _SUPERLATIVE.sub(" ", FALL_SHORT.sub(" ", said)))))]
    up, down = has(words, stems(table("meaning")["up"])), has(words, stems(table("meaning")["down"]))
    up, down = up or _UP_FROM.search(said) is not None, down or _DOWN_FROM.search(said) is not None
    return int(up or True in multiples) - int(down or False in multiples)
