"""Whether the cited words say what a sentence says beside its figures: names, loaded words, content, negation, direction.

Two readings are compared: the whole of the cited evidence, in which every name and most words must occur, and the sentences
that support the statement best with their paragraph, to which negation, possibility and direction are held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.names import capitalised, unnamed
from assistant.agent.grounding.quotes import unquoted
from assistant.agent.grounding.vocabulary import content, first_of, has, listed, reason, stem, stems, table, tokens
from assistant.agent.grounding.wording import CONTRAST, asserted, clauses, is_negative, lacks, turns, way, without_lack

_QUERY = re.compile(r"^\s*(?:how|why|whether|which|when|what|if|who|where|that)\b", re.IGNORECASE)
_FREE_SHARE = 0.34
_FREE_SHARE_COMPUTED = 0.5
_SAME_CLAUSE = 0.6


def unsupported(said: str, ground: Ground) -> str | None:
    """Why the cited evidence does not carry the claims of ``said``, in words; None where it does."""
    claimed = asserted(unquoted(said))
    return (
        _denied(unquoted(said), ground)
        or unnamed(unquoted(said), claimed, ground)
        or _loaded(claimed, ground)
        or _critical(claimed, ground)
        or _negated(claimed, ground)
        or _opposed(claimed, ground)
        or _certain(claimed, ground)
        or _turned(claimed, ground)
        or _thin(claimed, ground)
    )


def _denied(said: str, ground: Ground) -> str | None:
    """What a sentence says the sources lack must not stand there in so many words."""
    for clause in turns(CONTRAST.sub("", said)):
        for what in lacks(clause):
            words = content(what)
            if _QUERY.match(what) or not words:
                continue
            if any(words <= line.words and not is_negative(line.text) for line in ground.about(clause)):
                return reason("negation")
    return None


def _loaded(claimed: str, ground: Ground) -> str | None:
    for line in table("loaded")["words"]:
        group = stems(line)
        used = first_of(claimed, group)
        if not used:
            continue
        saying = [known for known in ground.lines if known.words & group]
        if not any(is_negative(_clause_of(known.text, group)) == is_negative(_clause_of(claimed, group)) for known in saying):
            return reason("word", name=used)
    return None


def _critical(claimed: str, ground: Ground) -> str | None:
    spoken = without_lack(claimed)
    for group in table("meaning")["critical"]:
        wanted = stems(group)
        used = first_of(spoken, wanted)
        if used and not ground.near_words & wanted:
            return reason("word", name=used)
    return None


def _negated(claimed: str, ground: Ground) -> str | None:
    """A statement that negates what its support affirms, or the other way round, clause against best clause."""
    best, share = _best_clause(claimed, ground)
    if not best:
        return None
    if is_negative(best):
        return reason("negation") if share >= _SAME_CLAUSE and not is_negative(claimed) else None
    return reason("negation") if is_negative(without_lack(claimed)) else None


def _opposed(claimed: str, ground: Ground) -> str | None:
    """A word whose opposite stands near the support, while it does not itself."""
    for pair in table("meaning")["opposites"]:
        sides = [stems(side) for side in pair]
        for own, other in (sides, sides[::-1]):
            used = first_of(claimed, own)
            if used and not ground.near_words & own and ground.near_words & other:
                return reason("word", name=used)
    return None


def _certain(claimed: str, ground: Ground) -> str | None:
    """What a source says is possible must not be said to be so."""
    best, share = _best_clause(claimed, ground)
    if not best or share < _SAME_CLAUSE or not has(tokens(best), listed("meaning", "hedges")):
        return None
    return None if has(tokens(claimed), listed("meaning", "hedges") | listed("meaning", "keeps_hedge")) else reason("hedge")


def _turned(claimed: str, ground: Ground) -> str | None:
    """Words of increase against a source that only decreases, and the reverse."""
    here = way(claimed)
    if not here or ground.computed or not ground.best:
        return None
    there = way(" ".join(line.text for line in ground.best))
    return reason("direction", name=claimed.strip()[:60]) if here * there < 0 else None


def _thin(claimed: str, ground: Ground) -> str | None:
    """Most words that carry content must stand in the cited evidence."""
    figures = amounts(claimed)
    names = {stem(part) for name in capitalised(claimed) for part in tokens(name)}
    words = content(_without(without_lack(claimed), figures)) - stems(table("words")["frame"]) - names - stems(table("meaning")["hedges"])
    words = frozenset(word for word in words if not any(character.isdigit() for character in word))
    if figures:  # which way they go, the figures tell
        words -= stems(table("meaning")["up"]) | stems(table("meaning")["down"])
    foreign = words - ground.words
    allowed = _FREE_SHARE_COMPUTED if ground.computed else _FREE_SHARE
    return reason("content") if len(foreign) > allowed * len(words) else None


def _without(text: str, figures: Sequence[Amount]) -> str:
    """``text`` without the words of its figures; nouns that ``without_lack`` took are gone, so figures are sought by their words."""
    for figure in figures:
        text = text.replace(figure.text, " ", 1)
    return text


def _best_clause(claimed: str, ground: Ground) -> tuple[str, float]:
    """The clause of the best sentences that shares most words with the statement, and the share of those that it has."""
    words = content(claimed) & frozenset().union(*(line.words for line in ground.best))
    parts = [clause for line in ground.best for clause in clauses(line.text)]
    if not words or not parts:
        return "", 0.0
    best = max(parts, key=lambda clause: len(content(clause) & words))
    return best, len(content(best) & words) / len(words)


def _clause_of(text: str, group: frozenset[str]) -> str:
    return next((clause for clause in clauses(text) if content(clause) & group), text)


def smuggled(said: str, words: frozenset[str]) -> str | None:
    """A loaded word in a sentence without facts that neither the question nor the evidence has."""
    for line in table("loaded")["words"]:
        used = first_of(said, stems(line))
        if used and not stems(line) & words:
            return reason("elsewhere", name=used)
    return None
