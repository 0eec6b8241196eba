"""Whether a sentence and its support go the same way: up or down, cause or mere sequence, some or all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.grounding.agreement import based, stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.names import capitalised
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import content, has, pattern, reason, stemmed, stems, table, tokens
from assistant.agent.grounding.wording import clauses, is_negative, way
from assistant.language.conjunctions import CONTRASTING, NEXT_CLAUSE

_JUDGED = re.compile(r"\b(?:improv\w+|bett?er|worse(?:n\w*)?|deteriorat\w+)\b", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\b", re.IGNORECASE)
_TO = re.compile(r"[^,;]{0,40}\bto\s[^,;]{0,15}", re.IGNORECASE)
# "9 days longer than with one": a difference
_DIFFERENCE = re.compile(
    r"\s(?:of (?:gain|benefit)\b|(?:\w+ )?(?:longer|more|shorter|less|fewer|extra|additional|later|earlier|sooner|older|younger)\b)"
)
_LED = re.compile(r"leads? to|led to", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:all|every|each)\s(?:of the\s|the\s)?(\w+)", re.IGNORECASE)
_STATISTIC = re.compile(r"\b(?:mean|average|median)\b", re.IGNORECASE)
# So many words before "than", and behind it, say what is compared.
_COMPARED = 8
# "Because no vial had left, none was called back"
_CAUSE_ENDS = re.compile(rf",\s|;|{CONTRASTING}", re.IGNORECASE)
_SAME_CLAUSE = 0.5
_SAME_CAUSE = 0.5
_FOREIGN_CAUSE = 0.6


def turned(claimed: str, ground: Ground) -> str | None:
    """Words of increase against a source that only decreases or against the sentence's own figures, and the reverse."""
    for clause in NEXT_CLAUSE.split(claimed):
        if _against_its_figures(clause):
            return reason("direction", name=clause.strip()[:60])
    here = way(claimed)
    if not here or ground.computed or not ground.best:
        return None
    support = " ".join(line.reading for line in ground.best)
    if amounts(claimed) and not _JUDGED.search(support) and not way(_JUDGED.sub(" ", claimed)):  # a pain score improves when it falls
        return None
    there = way(_nearest(claimed, ground)) or way(support)
    if _THAN.search(claimed) and _THAN.search(support):
        there *= _orientation(claimed, support)
    return reason("direction", name=claimed.strip()[:60]) if here * there < 0 else None


def _against_its_figures(clause: str) -> bool:
    """ "Fell from 9 to 12 days", "longer (9 days) than with two (12 days)": figures of one dimension that go the other way."""
    direction = way(clause)
    figures = [a for a in amounts(clause) if a.unit not in ("", "ratio", "percent", "date", "day of month", "phone")]
    if not direction:
        return False
    start = _FROM_TO.search(clause)
    pair = [a for a in figures if start and a.start >= start.end()]
    if len(pair) > 1 and _TO.fullmatch(clause[pair[0].end : pair[1].start]):
        return _difference(pair[1], pair[0]) * direction < 0
    than = _THAN.search(clause)
    before = [a for a in figures if than and a.end <= than.start() and not _DIFFERENCE.match(clause, a.end)]
    after = [a for a in figures if than and a.start >= than.end()]
    return len(before) == len(after) == 1 and _difference(before[0], after[0]) * direction < 0


def _difference(one: Amount, other: Amount) -> float:
    (dimension, value), (other_dimension, other_value) = based(one.value, one.unit), based(other.value, other.unit)
    return value - other_value if dimension == other_dimension else 0.0


def _nearest(claimed: str, ground: Ground) -> str:
    """The clause of the support that shares most words with the statement; empty where none shares enough."""
    words = content(claimed)
    parts = [part for line in ground.best for part in clauses(line.reading)]
    best = max(parts, key=lambda part: len(words & content(part)), default="")
    return best if len(words & content(best)) >= _SAME_CLAUSE * len(words) else ""


def _orientation(claimed: str, support: str) -> int:
    """-1 where what stands before "than" here stands behind it there, 1 otherwise."""
    (left, right), (first, second) = (_compared(text) for text in (claimed, support))
    own, other = left - right, right - left
    straight = len(own & (first - second)) + len(other & (second - first))
    crossed = len(own & (second - first)) + len(other & (first - second))
    return -1 if crossed > straight else 1


def _compared(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The content of the words right before "than" and of those right behind."""
    before, behind = _THAN.split(text, 1)
    return content(" ".join(before.split()[-_COMPARED:])), content(" ".join(behind.split()[:_COMPARED]))


def unexplained(claimed: str, ground: Ground) -> str | None:
    """A cause that no cited sentence gives: sequence and comparison are none, and its words must be those of a given cause."""
    for strength in ("causes", "reasons"):
        found = pattern("causality", strength, anchored=False).search(claimed)
        if not found:
            continue
        given = [line for line in ground.near if pattern("causality", f"{strength}_in_source", anchored=False).search(line.reading)]
        if is_negative(claimed) or has(tokens(claimed), ("unlikely",)):
            given += [line for line in ground.near if has(tokens(line.reading), ("unlikely", "related", "unrelated", "attributed"))]
        if not _is_given(found, claimed, given, ground):
            return reason("cause", name=found.group())
    return None


def _is_given(found: re.Match[str], claimed: str, given: Sequence[Line], ground: Ground) -> bool:
    """Whether the words of a cause are the sources': in one sentence that gives causes, where the cause stands before its effect."""
    before, after = claimed[: found.start()], claimed[found.end() :]
    label = after.startswith(":")  # "Root cause: …"
    forward = pattern("causality", "forward", anchored=False).match(found.group()) is not None and not label
    cause = before if forward else _CAUSE_ENDS.split(after.strip(), maxsplit=1)[0]
    for amount in amounts(cause):
        cause = cause.replace(amount.text, " ", 1)
    for name in capitalised(cause):
        if forward or not content(name) <= ground.near_words:
            cause = cause.replace(name, " ", 1)
    words = content(cause) - stems(table("words")["frame"]) - stems(table("meaning")["subjects"]) - stems("arm dose")
    words = frozenset(word for word in words if not any(character.isdigit() for character in word))
    if not words and _LED.match(found.group()):  # "two doses led to longer survival": a treatment and what was measured behind it
        return True
    if not given:
        return False
    if not forward:
        written = stemmed(cause)
        foreign = [word for word in words - ground.near_words if not ground.says(written.get(word, word))]
        return len(foreign) <= _FOREIGN_CAUSE * len(words)
    return any(len(words & line.words) >= _SAME_CAUSE * len(words) for line in given)


def generalised(claimed: str, ground: Ground) -> str | None:
    """ "All", "always" and "whatever the tumour" that nothing near the support says."""
    if mean := _mean_of_all(claimed, ground):
        return reason("some", name=mean)
    for sort in ("universal", "unconditional"):
        found = pattern("generality", sort, anchored=False).search(claimed)
        if found and not any(pattern("generality", f"{sort}_in_source", anchored=False).search(line.reading) for line in ground.near):
            return reason("some", name=found.group())
    return None


def _mean_of_all(claimed: str, ground: Ground) -> str | None:
    """ "All dogs" or "every mouse" beside a figure that the cited evidence gives as a mean or median only."""
    found = _EVERY.search(claimed)
    if not found or _STATISTIC.search(claimed) or not content(found[1]) & stems(table("meaning")["subjects"]):
        return None
    for figure in (a for a in amounts(claimed) if a.unit):
        saying = [part for line in ground.lines for part in clauses(line.reading) if any(stated(figure, a) for a in amounts(part))]
        if saying and all(_STATISTIC.search(part) for part in saying):
            return found.group()
    return None
