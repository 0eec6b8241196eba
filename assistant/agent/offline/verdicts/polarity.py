"""Yes or no: the one place that says it of a question which may be negated, "had they no control?", or ask whether something is lacking."""

from __future__ import annotations

import re
from functools import cache

from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.understanding.bounds import bounded, is_bound, without
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.negations import NEGATION
from assistant.resources import prompt_table

_VERB = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)"
_OPENING = r"^\W*(?:(?:so|and|but|ok|well)\W+)*"
# "Didn't they live 90 days?", "…, didn't they?" and "… or not?" are answered as "did they?" is.
_NOT_DENIED = re.compile(
    rf"(?P<verb>{_OPENING}{_VERB})n[’']t\b|[,;]\s*{_VERB}n[’']t (?:it|they|that|there|he|she)\W*$|\bor not\b|\bnot only\b", re.IGNORECASE
)
# What else denies a thing, or nearly.
_LACK = re.compile(r"\b(?:lack(?:s|ed|ing)?|missing|absent|devoid|free of|fail(?:s|ed|ing)? to|hardly|barely|scarcely)\b", re.IGNORECASE)
# What is said in more than one clause may be denied in one of them.
_CLAUSES = re.compile(
    r"[,;:]|\b(?:and|but|or|yet|while|because|since|when|if|until|before|after|although|who|whose|which|that)\b", re.IGNORECASE
)
_ASSERTED = re.compile(
    rf"{_OPENING}(?:is|was) it (?:\w+ )?(?:true|correct|right|the case|a fact)(?: to say)? that\b(?P<claim>.*)", re.IGNORECASE
)
# The claim itself is denied. "Did not live 90 days" is not: who lived 120 days did, though not just 90.
_DENIED = re.compile(
    r"\b(?:is|are|was|were)(?: not|n[’']t)(?= (?:\w+ )?\d)"
    r"|\b(?:is|are|was|were|has|have|had|used|included|contained|reported) no\b|\black(?:s|ed)?\b",
    re.IGNORECASE,
)
# The question itself is whether something is lacking.
_LACKED = re.compile(
    rf"{_OPENING}(?:(?:did|does|do)\b.*\black\b"
    r"|(?:is|are|was|were)\b.*(?:\b(?:lacking|missing|absent)(?=\W*$| (?:in|from|there|here)\b)"
    r"|\b(?:study|trial|experiment) (?:lacking|missing)\b|\b(?:run|done|made|designed|carried out|conducted|performed) without\b))",
    re.IGNORECASE,
)


def verdict(topic: Topic, *, held: bool) -> str:
    """``Yes:`` or ``No:`` to what the topic asks, where what it asks about does or does not hold; empty where either could be misread."""
    stated = is_as_stated(topic.claim or topic.question)
    if stated is None or (topic.claim and is_as_stated(topic.question) is not True):
        return ""
    return phrase("yes" if held is stated else "no")


def is_denied(question: str) -> bool:
    """Whether something in the question is denied or said to be lacking."""
    return _cues(_plain(question)) > 0


def is_as_stated(question: str) -> bool | None:
    """Whether yes to the question affirms what it asks about; False where yes denies that, None where it may do either."""
    plain = _plain(question)
    denied = _cues(plain)
    if denied == 0:
        return True
    asserted = _ASSERTED.search(plain)
    clause = asserted["claim"] if asserted else plain
    pattern = _DENIED if asserted else _LACKED
    return False if denied == 1 and not _CLAUSES.search(clause.strip(" ?.,")) and pattern.search(clause) else None


def _plain(question: str) -> str:
    """The question without the words of bounds and controls that only look like denials: "no more than", "mice without treatment"."""
    for figure in reversed([figure for figure in bounded(question) if is_bound(figure)]):
        question = without(question, figure)
    return " ".join(_controls().sub("controls", _NOT_DENIED.sub(lambda match: match["verb"] or "", question)).split())


def _cues(plain: str) -> int:
    return len(NEGATION.findall(plain)) + len(_LACK.findall(plain))


@cache
def _controls() -> re.Pattern[str]:
    named = (name for name in prompt_table("names.toml")["control"]["control"] if NEGATION.search(name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, named))})\b", re.IGNORECASE)
