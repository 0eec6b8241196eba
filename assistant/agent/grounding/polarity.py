"""Whether a statement and its support agree in negation and certainty, clause against the clause that says most of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.names import capitalised
from assistant.agent.grounding.vocabulary import content, has, listed, pattern, reason, stem, stems, table, tokens
from assistant.agent.grounding.wording import (
    CONTRAST,
    clauses,
    denied_first,
    denies,
    finer_clauses,
    is_negative,
    lacks,
    segments,
    turns,
    without_lack,
)

_QUERY = re.compile(r"^\s*(?:how|why|whether|which|when|what|if|who|where|that)\b", re.IGNORECASE)
_SEEMS = re.compile(r"(?<!\bit )\b(?:appear|seem)(?:s|ed)?\b(?!\s(?:to|that|likely)\b)", re.IGNORECASE)
# "Factors that might cause a difference include …": what is only possible is said of the factors.
_OF_WHAT = re.compile(r"\b(?:that|which|who)\s(?:may|might|could|can)\b[^;.]*?(?=\b(?:includes?|are|is|were|was)\b)", re.IGNORECASE)
# "In May", "7 May", "May 2023": a month; "could not be blinded" is no possibility.
_NO_HEDGE = re.compile(
    r"(?:\d\.?|\b(?i:in|by|of|since|until|from|to|during|after|before|late|early|mid|and|last|next|this))[\s-]May\b|\bMay(?=,?\s\d)"
    r"|(?i:\b(?:could|can|may|might|would)\snot\b|\bnot\spossible\b)"
)
# "It is certain that more doses would help" is no hedge, for all its "would".
_SURE = re.compile(
    r"\b(?:it is (?:certain|clear|proven|settled) that|certainly|surely|definitely|undoubtedly|without (?:a )?doubt)\b", re.IGNORECASE
)
# By what a clause tells of something as settled.
_SURELY = re.compile(
    r"\b(?:establish\w*|prov(?:e|es|ed|en)|guarantee\w*|demonstrat\w*|certain(?:ly)?|definite(?:ly)?|clearly|undoubted(?:ly)?"
    r"|show(?:s|ed) that|confirm\w*|will|settled?)\b",
    re.IGNORECASE,
)
# What has no verb of its own, such as an entry of a list, says nothing to be certain about.
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|does|do|did|can)\b|\w\wed\b", re.IGNORECASE)
_ELLIPSIS = re.compile(r"\b(?:did|do|does|was|were|is|are|has|had|could) not\W*$", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|both|every|always|invariably|none|nobody|without exception)\b|^\W*no\b", re.IGNORECASE)
_NONE = re.compile(rf"{_ALL.pattern}|\bno\b", re.IGNORECASE)
_NONE_OF = re.compile(r"\bnone (?:of|in)\b", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?:some|most|many|several|few|one(?=\s(?:was|is|had|has|died|did)\b)"
    r"|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half|part) (?:out )?of (?:the |its )?\w+)\b",
    re.IGNORECASE,
)
_SET_TO = re.compile(r"\b(?:is|are|was|were) (?:set |due )?to\b|\bdue (?:in|on|by|at|for|later|next)\b", re.IGNORECASE)
# "Without notice the agreement is prolonged"
_CONDITION = re.compile(r"\W*without\b", re.IGNORECASE)
# "The price is not among the risks"
_NOT_AMONG = re.compile(r"(.{3,100}?)\s(?:is|are|was|were) not (?:among|one of|part of|listed among|counted among)\b", re.IGNORECASE)
_MAY_NOT = re.compile(r"\b(?:may|might|could)\s(?:not|be unable|fail|lack|prove unable)\b", re.IGNORECASE)
_UNCERTAIN = re.compile(r"\b(?:uncertain\w*|risks?|whether|unclear|ability|doubts?)\b", re.IGNORECASE)
_LISTS = re.compile(r"\b(?:includ(?:e|es|ed|ing)|among|such as|comprises?|consists? of)\b|,[^,;]{2,60},", re.IGNORECASE)
_SAME_CLAUSE = 0.6
_FEWEST_WORDS = 2


def denied(said: str, ground: Ground) -> str | None:
    """What a sentence says the sources lack must not stand there in so many words."""
    for clause in turns(CONTRAST.sub("", said)):
        for what in lacks(clause):
            words = content(what)
            told = words - stems(table("words")["frame"]) - stems(table("meaning")["subjects"])
            if _QUERY.match(what) or not told or _CONDITION.match(clause):
                continue  # "no treatment" names an arm, "no patient" of whom it is denied
            saying = [line for line in ground.about(clause) if words <= line.words]
            if saying and not any(_denied_there(line.reading, words) for line in saying):
                return reason("negation")
    return None


def _denied_there(reading: str, words: frozenset[str]) -> bool:
    """Whether a cited sentence denies or restricts what ``words`` speak of: "after the first cycle only" denies the later ones."""
    restricted = pattern("frames", "restricting_in_source", anchored=False).search(reading)
    return restricted is not None or is_negative(reading) or denies(reading, words)


def negated(claimed: str, ground: Ground) -> str | None:
    """A clause that negates what its counterpart affirms, or the other way round."""
    parts = [
        part for line in dict.fromkeys(ground.near) for part in ([line.reading] if line.is_row else _whole(finer_clauses(line.reading)))
    ]
    for clause in finer_clauses(claimed):
        if _left_out(clause, parts):
            return reason("negation")
        if is_negative(clause) and not is_negative(without_lack(clause)):
            continue  # "no toxicity": what is said to be lacking is looked for by itself
        if _NONE_OF.search(clause) and amounts(clause):
            continue  # a number as good as any
        words = _said_by(clause)
        bare = words - stems(table("meaning")["subjects"])
        bare = bare if len(bare) == 1 else bare - stems(table("words")["frame"])
        if is_negative(clause) and len(bare) == 1:  # "that mouse did not recover", "by day 45": one word says it
            nearest = [part for part in parts if bare <= content(part)]
            if nearest and all(_contradict(clause, part, words) for part in nearest):
                return reason("negation")
        named = words | frozenset(stem(part) for name in capitalised(clause) for part in tokens(name))
        for told in (words, words - stems(table("words")["frame"]), named):
            nearest = _nearest(told, _with_its_figures(clause, parts))
            if nearest and all(_contradict(clause, part, words) for part in nearest):
                return reason("negation")
    return None


def _left_out(clause: str, parts: Sequence[str]) -> bool:
    """Whether ``clause`` says of something that it is "not among" others while a cited part lists most of its words and denies nothing."""
    found = _NOT_AMONG.match(clause)
    words = content(found[1]) - stems(table("words")["frame"]) if found else frozenset()
    listing = [part for part in parts if words and 2 * len(words & content(part)) >= len(words)]
    return any(_LISTS.search(part) for part in listing) and not any(is_negative(part) for part in listing)


def _with_its_figures(clause: str, parts: Sequence[str]) -> Sequence[str]:
    """The parts that have a measured figure of ``clause``; all where it has none or none has it."""
    said = [amount for amount in amounts(clause) if amount.unit]
    same = [part for part in parts if any(stated(one, other) for one in said for other in amounts(part))]
    return same or parts


def _contradict(clause: str, part: str, words: frozenset[str]) -> bool:
    """Whether one of the two negates what the other affirms: the word behind its "not" too."""
    shared = words & content(part)
    if _MAY_NOT.search(clause) and _UNCERTAIN.search(part):  # "might be unable to raise it" of "uncertainties as to the ability to"
        return False
    here, there = denies(clause, shared), denies(part, shared)
    if here == there:
        return False
    if _NONE_OF.search(clause):  # "none of the authors": of whom it is denied, not what
        return True
    denied_word, other = (denied_first(clause), part) if here else (denied_first(part), clause)
    return denied_word is None or denied_word in content(other)


def _nearest(words: frozenset[str], parts: Sequence[str]) -> list[str]:
    """The parts that have most of ``words``, where these are enough to say the same."""
    if len(words) < _FEWEST_WORDS:
        return []
    shares = [len(words & content(part)) / len(words) for part in parts]
    most = max(shares, default=0.0)
    return [part for part, share in zip(parts, shares, strict=True) if share == most] if most >= _SAME_CLAUSE else []


def _whole(parts: Sequence[str]) -> Iterator[str]:
    """Clauses with what an ellipsis leaves out: "A differed from B, whereas C did not" says "differed" of C too."""
    before = ""
    for part in parts:
        yield f"{before} {part}" if _ELLIPSIS.search(part) else part
        before = part if len(content(part)) >= _FEWEST_WORDS else before


def of_some(claimed: str, ground: Ground) -> str | None:
    """What a source says of some must not be said of all."""
    for clause in clauses(claimed):
        words = _said_by(clause)
        if not _ALL.search(clause) or len(words) < _FEWEST_WORDS:
            continue
        parts = [part for line in ground.near for part in clauses(line.reading) if len(words & content(part)) >= _SAME_CLAUSE * len(words)]
        if parts and all(_SOME.search(part) and not _NONE.search(part) for part in parts):
            return reason("some", name="all")
    return None


def certain(claimed: str, lead: str, ground: Ground, *, item: bool) -> str | None:
    """What a source says is possible must not be said to be so; ``lead`` is what a list ``item`` stands below."""
    hedged = has(tokens(_NO_HEDGE.sub(" ", f"{lead} {claimed}")), listed("meaning", "hedges") | listed("meaning", "keeps_hedge"))
    if not _SURE.search(claimed) and (hedged or _SET_TO.search(claimed)):
        return None
    known = frozenset().union(*(line.words for line in ground.best))
    parts = [part for line in ground.best for part in segments(line.reading)]
    for clause in clauses(claimed):
        words = _said_by(clause) & known
        if len(words) < _FEWEST_WORDS or (item and not _VERB.search(clause)):
            continue
        most = max((len(words & content(part)) for part in parts), default=0)
        nearest = [part for part in parts if len(words & content(part)) == most]
        if most >= _SAME_CLAUSE * len(words) and all(_is_hedged(part, words) for part in nearest):
            return reason("hedge")
    return None


def overstated(claimed: str, ground: Ground) -> str | None:
    """What is called shown, certain or to come where the cited parts that say most of the same say it as possible only."""
    found = _SURELY.search(claimed)
    hedges = listed("meaning", "hedges") | listed("meaning", "keeps_hedge")
    if not found or has(tokens(_NO_HEDGE.sub(" ", claimed)), hedges - {"would", "can"}):
        return None
    words = content(claimed) - stems(table("words")["frame"])
    parts = [part for line in ground.best for part in segments(line.reading)]
    most = max((len(words & content(part)) for part in parts), default=0)
    nearest = [part for part in parts if len(words & content(part)) == most]
    if most >= _FEWEST_WORDS and all(has(tokens(_NO_HEDGE.sub(" ", part)), listed("meaning", "hedges")) for part in nearest):
        return reason("hedge")
    return None


def _said_by(clause: str) -> frozenset[str]:
    """What a clause speaks of: its words without names, figures and such as "already"."""
    names = {stem(part) for name in capitalised(clause) for part in tokens(name)}
    words = content(clause) - stems(table("meaning")["aside"]) - names
    return frozenset(word for word in words if not any(character.isdigit() for character in word))


def _is_hedged(text: str, words: frozenset[str]) -> bool:
    """Whether ``text`` says of ``words`` that they are possible only: what stands behind "may" and "plans", or all beside "possible"."""
    text = _OF_WHAT.sub(" ", _SEEMS.sub(" ", _NO_HEDGE.sub(" ", text)))
    found = [m for m in re.finditer(r"[A-Za-z]+", text) if m.group().lower() in listed("meaning", "hedges")]
    if not found:
        return False
    behind = content(text[found[0].end() :])
    beside = len(behind) < _FEWEST_WORDS and any(m.group().lower() in listed("meaning", "hedges_of_all") for m in found)
    return beside or len(behind & words) >= len(words) / 3
