"""Whether what a sentence compares differs in the direction that it says: arms, the best and worst of a study, compounds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.grounding.agreement import agree
from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.mentions import Mention, Pair, Registry
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import content, has, reason, stem, stems, table, tokens
from assistant.agent.grounding.wording import way
from assistant.language.conjunctions import CONTRASTING

_TO = re.compile(r"\bto (?:about |just |only )?$", re.IGNORECASE)
# "From 31 days (saline) to 74": what another is measured by
_BASE = re.compile(r"\bfrom\b(?:(?!\bto\b)[^,;]){0,50}$", re.IGNORECASE)
_CLAUSE = re.compile(rf"[;:]|,\s(?!\d)|{CONTRASTING}", re.IGNORECASE)
# "Had the larger tumours"
_THE_LARGER = re.compile(
    r"\bthe (?:larger|bigger|greater|higher|heavier|smaller|lower|lighter|longer|shorter)\b(?!.*\bthan\b)", re.IGNORECASE
)
# "Twice the volume of the controls"
_OF_THE = re.compile(r"\b(?:that of|of) (?:the |those )?(?:(?!of\b)\w+ ){0,7}$", re.IGNORECASE)


def wrong_comparison(said: str, told: frozenset[Pair], registry: Registry, cited: Sequence[Line], *, measured: bool) -> str | None:
    """Why a comparison in ``said`` is not so, in words; None where it is or nothing is known.

    ``told`` are the arms whose figures it has, ``measured`` whether one of these is a survival, ``cited`` the cited sentences.
    """
    mentions = registry.arm_mentions(said)
    subject = next((m for m in mentions if not m.compared and not _BASE.search(said[: m.start])), None)
    target = next((m for m in mentions if m.compared or (m is not subject and _OF_THE.search(said[: m.start]))), None)
    by_survival = (
        subject is not None and target is not None and bool(told & subject.pairs and told & target.pairs)
    )  # which is compared below
    found = _turned_round(said, subject, target, registry, cited) if subject and not by_survival else None
    if subject and (measured or has((stem(token) for token in tokens(said)), stems("survival outlive beat superior inferior outperform"))):
        everything = _meant(said, told, registry)
        found = found or _superlative(said, subject, everything, registry)
        # A rise over more arms than two goes from the first to the last.
        if (target or len({m.pairs for m in mentions}) == 1) and len(mentions) <= 2 and not _reaches(said, subject, registry):
            found = found or _survived(said, subject, target, everything, registry)
    return found or _across(said, registry, cited)


def _reaches(said: str, subject: Mention, registry: Registry) -> bool:
    """Whether ``said`` tells to which survival the subject's arm came: "a single dose lengthened survival from 31 to 74 days"."""
    survivals = [survival for pair in subject.pairs if (survival := registry.arm(pair).survival)]
    own = [a for a in amounts(said) if a.unit and any(agree(a, survival.value, survival.unit, "document") for survival in survivals)]
    return bool(own) and all(_TO.search(said[: amount.start]) for amount in own)


def _meant(said: str, told: frozenset[Pair], registry: Registry) -> frozenset[Pair]:
    limits = [m.pairs for m in registry.study_mentions(said)]
    if limits:
        return registry.pairs.intersection(*limits)
    return registry.of_studies(study for study, _ in told) if told else registry.pairs


def _turned_round(said: str, subject: Mention, target: Mention | None, registry: Registry, cited: Sequence[Line]) -> str | None:
    """ "Controls began with twice the burden of the others" where a cited sentence says it of the others.

    Without a ``target`` only "the larger burden" compares, with whatever else.
    """
    direction = way(said) if target or _THE_LARGER.search(said) else 0
    words = content(said) - stems(table("words")["frame"]) - stems("dose arm survival control")
    for line in cited if direction else ():
        if not words & line.words or way(line.reading) == 0:
            continue
        others = registry.arm_mentions(line.reading)
        first = next((m.pairs for m in others if not m.compared), frozenset[Pair]())
        second = next((m.pairs for m in others if m.compared or _OF_THE.search(line.reading[: m.start])), frozenset[Pair]())
        against = target.pairs if target else registry.pairs - subject.pairs
        same = bool(first & subject.pairs and second & against)
        swapped = bool(first & against and second & subject.pairs) and not same
        other = bool(target and first & subject.pairs and second) and not second & (against | subject.pairs)
        if other and _multiples(said) & _multiples(line.reading):  # "twice that of the controls" is not twice that of the others
            return reason("compared")
        if (swapped and way(line.reading) == direction) or (same and way(line.reading) == -direction):
            return reason("compared")
    return None


def _multiples(text: str) -> frozenset[float]:
    """The multiples that a text gives in words: "double", "half"."""
    return frozenset(amount.value for amount in amounts(text) if amount.kind == "word" and amount.unit == "ratio")


def _superlative(said: str, subject: Mention, everything: frozenset[Pair], registry: Registry) -> str | None:
    """ "The longest survival" must be so among the arms of the study."""
    clause = next((c for c in _CLAUSE.split(said) if any(m.pairs == subject.pairs for m in registry.arm_mentions(c))), "")
    words = {stem(token) for token in tokens(clause)}
    sign = int(has(words, stems(table("meaning")["highest"]))) - int(has(words, stems(table("meaning")["lowest"])))
    if not sign:
        return None
    verdicts = []
    for study in {s for s, _ in everything & subject.pairs}:
        values = {p: sign * s.value for p in registry.of_studies([study]) if (s := registry.arm(p).survival)}
        own = [value for pair, value in values.items() if pair in subject.pairs]
        if own and len(values) > 1:
            verdicts.append(max(own) == max(values.values()))
    return reason("rank") if verdicts and not any(verdicts) else None


def _survived(said: str, subject: Mention, target: Mention | None, everything: frozenset[Pair], registry: Registry) -> str | None:
    """ "One dose lived longer than two" must be so: words of more and less against the survival of the arms named."""
    direction = way(said)
    if not direction:
        return None
    differences = [
        found
        for study in {s for s, _ in everything}
        if (found := _differs(registry, study, subject.pairs, target.pairs if target else None, direction)) is not None
    ]
    return reason("compared") if differences and all(found * direction < 0 for found in differences) else None


def _differs(registry: Registry, study: int, subject: frozenset[Pair], target: frozenset[Pair] | None, direction: int) -> float | None:
    """How much longer the subject's arm lived than the target's, in the study's unit.

    Where no target is named, it is the other arm of the study for which what is said, longer or shorter, holds best.
    """
    arms = {pair: arm.survival for pair in registry.of_studies([study]) if (arm := registry.arm(pair)).survival}
    own = [s.value for pair, s in arms.items() if pair in subject and s]
    others = [s.value for pair, s in arms.items() if s and (pair in target if target is not None else pair not in subject)]
    if not own or not others or len({s.unit for s in arms.values() if s}) > 1:
        return None
    return max(own) - min(others) if direction > 0 else min(own) - max(others)


def _across(said: str, registry: Registry, cited: Sequence[Line]) -> str | None:
    """One compound called better than another, without figures, must be a source's own comparison."""
    named = {m.pairs for m in registry.study_mentions(said) if m.kind == "compound"}
    apart = any(not one & other for one in named for other in named)
    words = {stem(token) for token in tokens(said)}
    judged = has(words, stems("better best worse worst") | stems(table("meaning")["highest"]))
    if not apart or not judged or amounts(said):
        return None
    compares = any(len({m.pairs for m in registry.study_mentions(line.reading) if m.kind == "compound"}) > 1 for line in cited)
    return None if compares else reason("across")
