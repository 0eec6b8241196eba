"""Whether a statement is of the time of its support: past or to come, over or going on, and of the same month, quarter or year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.reading import saying_most
from assistant.agent.grounding.vocabulary import content, has, listed, pattern, reason, stems, table, tokens
from assistant.agent.grounding.wording import clauses, finer_clauses, segments
from assistant.language.figures import MONTH, MONTHS
from assistant.language.numerals import ORDINALS

# A clause of the support says the same as one of the statement where it has this share of its words, and so many at least.
_SAME = 0.5
_FEWEST = 2
# "Once 90 events have occurred": when, and not of what time the clause is.
_WHEN = re.compile(r"\b(?:once|when|after|until|as soon as|if)\b[^,;]*", re.IGNORECASE)
# "Was discussed but will not be introduced": of one subject
_GOES_ON = re.compile(r"\W*(?:is|are|was|were|has|have|had|will|would|may|might|can|could|must|shall)\b", re.IGNORECASE)
# "All agreed to close the cohort", which "is closed"
_DECIDED = re.compile(r"\b(?:decided|agreed|resolved|voted)\b[^,;.]{0,30}?\bto\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "$34.0 million, compared with $27.5 million in the second quarter of 2024": two times in one sentence.
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|against|(?:up|down|increased|decreased|rose|fell) from|while|whereas)\b", re.IGNORECASE
)
# "A study is planned for …" announces its subject too, which stands before the verb.
_PLANNED = re.compile(r"(?:is|are|was|were)\b|planned\b|in (?:preparation|planning)\b|being prepared\b", re.IGNORECASE)
_PERIODS = re.compile(
    rf"\b(?P<month>{MONTH})\b|\b(?P<quarter>first|second|third|fourth)[\s-]quarter\b|\b(?P<half>first|second)[\s-]half\b"
    r"|\bQ(?P<q>[1-4])\b|\bH(?P<h>[12])\b",
    re.IGNORECASE,
)


def mistimed(claimed: str, ground: Ground) -> str | None:
    """A clause whose counterpart is of another time: to come where that is past, over where that goes on, or the other way round."""
    readings = [line.reading for line in ground.best]
    parts = [part for text in readings for part in (*segments(text), *finer_clauses(text), *clauses(text), *_joined(clauses(text)))]
    for clause in clauses(_WHEN.sub("", claimed)):
        nearest = _counterparts(clause, parts)
        if nearest and (_past_of_future(clause, nearest) or _future_of_past(clause, nearest) or _other_state(clause, nearest)):
            return reason("time", name=clause.strip()[:60])
    return None


def _joined(parts: Sequence[str]) -> Iterator[str]:
    """Each clause with the one before it, whose subject it leaves out."""
    return (f"{before} {part}" for before, part in pairwise(parts) if _GOES_ON.match(part))


def misdated(claimed: str, ground: Ground) -> str | None:
    """A figure with a year where the cited text gives it for another: that of the year before, to which a figure is compared."""
    years = set(_YEAR.findall(claimed))
    dated = [part for part in clauses(claimed) if _YEAR.search(part)] if len(years) == 1 else []
    for figure in (figure for part in dated for figure in amounts(part)):
        parts = [part for line in ground.lines for part in _COMPARED.split(line.reading)]
        saying = [part for part in parts if figure.unit and any(stated(figure, other) for other in amounts(part))]
        if saying and all(_YEAR.search(part) and not years & set(_YEAR.findall(part)) for part in saying):
            return reason("time", name=figure.text)
    return None


def misplaced_in_time(claimed: str, ground: Ground) -> str | None:
    """A month, quarter or half-year in a clause whose sentence has another, while its own stands in a sentence of something else."""
    for clause in clauses(claimed):
        words = content(_PERIODS.sub(" ", clause)) - stems(table("words")["frame"])
        saying = [line for line in saying_most(words, ground.lines)[1] if line in ground.best]
        named = _periods(clause)
        for kind, place, name in named if len(named) == 1 else ():
            there = [{each for sort, each, _ in _periods(line.reading) if sort == kind} for line in saying]
            known = any((kind, place) == found[:2] for line in ground.lines for found in _periods(line.reading))
            if saying and known and all(places and place not in places for places in there):
                return reason("time", name=name)
    return None


def _periods(text: str) -> list[tuple[str, int, str]]:
    """The months, quarters and halves that ``text`` names: kind, number in the year, and as written."""
    found = []
    for match in _PERIODS.finditer(text):
        kind = "month" if match["month"] else "half" if match["half"] or match["h"] else "quarter"
        written = match["month"] or match["quarter"] or match["half"] or match["q"] or match["h"]
        if kind != "month":
            found.append((kind, ORDINALS.get(written.lower()) or int(written), match.group()))
        elif written[0].isupper():  # "may" and "march" are verbs
            found.append((kind, MONTHS[written.lower()], match.group()))
    return found


def _counterparts(clause: str, parts: list[str]) -> list[str]:
    words = content(clause) - stems(table("words")["frame"]) - stems(table("meaning")["aside"])
    shares = [len(words & content(part)) for part in parts]
    most = max(shares, default=0)
    return [part for part, share in zip(parts, shares, strict=True) if share == most] if most >= max(_FEWEST, _SAME * len(words)) else []


def _says(name: str, text: str) -> bool:
    return pattern("time", name, anchored=False).search(text) is not None


def _is_open(text: str) -> bool:
    """Whether ``text`` speaks of what is to come, or only of what is possible or meant."""
    return _says("future", text) or has(tokens(text), listed("meaning", "hedges") | listed("meaning", "keeps_hedge"))


def _past_of_future(clause: str, nearest: list[str]) -> bool:
    return not _is_open(clause) and _says("past", clause) and all(_announces(part, clause) for part in nearest)


def _announces(part: str, clause: str) -> bool:
    """Whether ``part`` says of most that it shares with ``clause`` that it is to come: what stands behind the word that tells so."""
    found = pattern("time", "future", anchored=False).search(part)
    shared = content(clause) & content(part)
    if found and _PLANNED.match(part, found.start()):
        return True
    return found is not None and 2 * len(shared & content(part[found.end() :])) >= len(shared)


def _future_of_past(clause: str, nearest: list[str]) -> bool:
    return (
        _says("future", _DECIDED.sub(" ", clause))
        and not any(_is_open(part) for part in nearest)
        and all(_says("past", part) for part in nearest)
    )


def _other_state(clause: str, nearest: list[str]) -> bool:
    for own, other in (("over", "going_on"), ("going_on", "over")):
        if _says(own, clause) and not _says(other, clause) and all(_says(other, part) and not _says(own, part) for part in nearest):
            return True
    return False
