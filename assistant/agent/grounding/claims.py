"""Whether the cited words say what a sentence says beside its figures: names, loaded words, content, negation, direction.

Two readings are compared: the whole of the cited evidence, in which every name and most words must occur, and the sentences
that support the statement best with their paragraph, to which negation, possibility and direction are held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.causes import otherwise_caused
from assistant.agent.grounding.columns import misread
from assistant.agent.grounding.contrary import contrary
from assistant.agent.grounding.contrasted import chosen, outdone, unheard
from assistant.agent.grounding.copies import moved, replaced, shifted
from assistant.agent.grounding.crossed import crossed
from assistant.agent.grounding.direction import generalised, turned, unexplained
from assistant.agent.grounding.displaced import displaced
from assistant.agent.grounding.doers import mistaken
from assistant.agent.grounding.equals import unequal
from assistant.agent.grounding.exchanged import swapped
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.labelling import mislabelled
from assistant.agent.grounding.leads import backward, changed, spread
from assistant.agent.grounding.literal import unwritten
from assistant.agent.grounding.names import capitalised, unnamed
from assistant.agent.grounding.numbering import misdosed, misnumbered, misphased, prematured
from assistant.agent.grounding.order import disordered
from assistant.agent.grounding.people import in_anothers_place, in_office, misattributed, of_people
from assistant.agent.grounding.polarity import certain, denied, negated, of_some, overstated
from assistant.agent.grounding.quotes import unquoted
from assistant.agent.grounding.ranked import misranked
from assistant.agent.grounding.roles import contradicted, exchanged, redirected, usurped
from assistant.agent.grounding.statement import Statement
from assistant.agent.grounding.sufferers import misdiagnosed
from assistant.agent.grounding.timing import misdated, misplaced_in_time, mistimed
from assistant.agent.grounding.vocabulary import content, first_of, has, pattern, reason, stem, stemmed, stems, table, tokens
from assistant.agent.grounding.wording import LACK, asserted, clauses, denied_near, is_negative, without_lack
from assistant.language.conjunctions import CONTRASTING
from assistant.language.figures import MONTH
from assistant.language.p_values import p_values
from assistant.resources import prompt_table

_CUT = re.compile(rf";|,\sand\b|{CONTRASTING}", re.IGNORECASE)
# Whether a source gives the cause is asked by itself.
_CAUSED_BY = re.compile(r"\bcaused by\b", re.IGNORECASE)
# "Safety:" before what is said of it
_LABEL = re.compile(r"^\W*(?:[\w-]+\s){0,2}[\w-]+:\s")
# "Only 7 %" is no restriction, "only in the batches of 2023" is.
_ONLY_THERE = re.compile(
    r"\bonly(?:\s(?:in|for|with|when|where|among|after|on|from)\s(?:the|those|these|an?|[a-z]+s)\b|\s*(?:[.,;:)]|$))",
    re.IGNORECASE,
)
_HEAD_TO_HEAD = re.compile(r"\bhead[- ]to[- ]head\b|\bhead of (?:the )?(?:company|firm|group)\b", re.IGNORECASE)
# "Lends more weight to the platform": no weight of a body
_LENDING_WEIGHT = re.compile(r"\b(?:lend|give|add|carr)\w*\s(?:\w+\s)?weight\b", re.IGNORECASE)
# Of a cell, not of blood
_PLASMA_MEMBRANE = re.compile(r"\bplasma membrane", re.IGNORECASE)
# Of a value, which has no malignant counterpart
_AS_BEFORE = re.compile(r"\b(?:(?:back|returned|return) to|within|in the|remained|stayed|were|was) normal\b", re.IGNORECASE)
# "Since early May", "late 2026": when, and neither early nor late
_PART_OF_TIME = re.compile(rf"\b(?:early|late|mid)[\s-](?:in\s)?(?={MONTH}\b|(?:19|20)\d\d\b|(?:this|next|last)\s)", re.IGNORECASE)
_WORD = re.compile(r"[\w%]")


def unsupported(statement: Statement, ground: Ground) -> Iterator[tuple[str, str | None]]:
    """Each way in which the cited evidence may not carry the claims of ``statement``, by name, with why, in words; None where it does."""
    said = unquoted(statement.said)
    if not _WORD.search(said):
        return  # nothing but quotations, which were sought as they stand
    claimed = asserted(said)
    yield "denied", denied(said, ground)
    yield "name", unnamed(said, claimed, ground)
    yield "loaded", _loaded(claimed, ground)
    yield "people", of_people(claimed, ground)
    yield "office", in_office(claimed, ground)
    yield "other", in_anothers_place(claimed, ground) or crossed(claimed, ground) or displaced(claimed, ground)
    yield "speaker", misattributed(claimed, ground)
    yield "doer", mistaken(claimed, ground) if not statement.cells else None
    yield "role", (exchanged(claimed, ground) or usurped(claimed, ground) or redirected(claimed, ground)) if not statement.cells else None
    yield "refuted", contradicted(claimed, ground) if not statement.cells else None
    yield "ranked", misranked(claimed, ground)
    yield "significance", _misjudged(claimed)
    yield "critical", _critical(claimed, ground)
    yield "negated", negated(claimed, ground)
    yield "some", of_some(claimed, ground)
    yield "general", generalised(claimed, ground)
    yield "cause", unexplained(claimed, ground) or otherwise_caused(claimed, ground)
    yield "opposed", _opposed(claimed, ground) or unequal(claimed, ground)
    yield from _copied(claimed, ground) if not statement.cells else ()
    yield "contrary", contrary(claimed, ground)
    yield "order", disordered(claimed, ground) or chosen(said, ground) or outdone(claimed, ground) or unheard(claimed, ground)
    yield "rival", _rival(claimed, ground) or misdiagnosed(claimed, ground)
    yield "hedge", certain(claimed, statement.lead, ground, item=statement.item) or overstated(claimed, ground)
    yield "direction", turned(claimed, ground)
    yield "term", _unknown_term(claimed, ground) or unwritten(claimed, ground)
    yield "time", mistimed(claimed, ground)
    yield "dated", misdated(claimed, ground)
    yield "period", misplaced_in_time(claimed, ground)
    yield "numbered", misnumbered(claimed, ground) or misdosed(claimed, ground) or misphased(claimed, ground) or prematured(claimed, ground)
    yield "changed", changed(claimed, ground)
    yield "spread", spread(claimed, ground)
    yield "backward", backward(claimed, ground)
    yield "column", misread(claimed, ground) if not statement.cells else None
    yield "label", mislabelled(claimed, ground.lines)
    yield "only", _restricted(claimed, ground)
    yield "event", _unheard(claimed, ground)


def _copied(claimed: str, ground: Ground) -> Iterator[tuple[str, str | None]]:
    """What a statement has in another's place that nearly repeats a cited sentence."""
    yield "replaced", replaced(claimed, ground)
    yield "moved", moved(claimed, ground)
    yield "swapped", swapped(claimed, ground)
    yield "shifted", shifted(claimed, ground)


def foreign(statement: Statement, ground: Ground) -> tuple[list[str], int]:
    """The words with content, as written, that the cited evidence does not have, and how many there are in all.

    Names and words that frame an answer or hedge it are not counted, nor words of increase and decrease beside figures.
    """
    claimed = asserted(unquoted(statement.said))
    figures = amounts(claimed)
    names = {stem(part) for name in capitalised(claimed) for part in tokens(name)}
    free = stems(table("words")["frame"]) | names | stems(table("meaning")["hedges"]) | stems("company firm")
    if figures:  # which way they go, the figures tell
        free |= stems(table("meaning")["up"]) | stems(table("meaning")["down"])
    if ground.computed:  # what the user assumed
        free |= content(" ".join(ground.questions))
    spoken = _without(without_lack(claimed), figures)
    words = frozenset(word for word in content(spoken) - free if not any(character.isdigit() for character in word))
    written = stemmed(spoken)
    return sorted(written[word] for word in words - ground.words if not ground.says(written[word])), len(words)


def _loaded(claimed: str, ground: Ground) -> str | None:
    claimed = _CAUSED_BY.sub("by", _LABEL.sub("", claimed))
    quotes_p = any(p_values(claimed))
    for line in table("loaded")["words"]:
        used = _used(claimed, line.partition(" < ")[0])
        group = stems(line.replace("=", "").replace(" < ", " "))
        if not used or (quotes_p and has(group, stems("significant"))):
            continue
        if not any(
            _denied_alike(known.reading, claimed, group) for known in ground.lines if known.words & group or first_of(known.reading, group)
        ):
            return reason("word", name=used)
    return None


def _denied_alike(reading: str, claimed: str, group: frozenset[str]) -> bool:
    """Whether both deny what ``group`` says, or neither: in the clause that says it, or right beside the word."""
    if denied_near(reading, group) == denied_near(claimed, group):
        return True
    return is_negative(_clause_of(reading, group)) == is_negative(_clause_of(claimed, group))


def _used(text: str, line: str) -> str | None:
    """The word of a line of loaded or critical words that ``text`` uses; one with an equals sign is meant as written, not by its stem."""
    if written := _as_written(line):
        return next((token for token in tokens(text) if token in written), None)
    return first_of(text, stems(line))


@cache
def _as_written(line: str) -> frozenset[str]:
    """The words of a line of the prompts that have an equals sign."""
    return frozenset(word[1:] for word in line.split() if word.startswith("="))


def _misjudged(claimed: str) -> str | None:
    """ "Significantly" beside a p-value of 0.05 or more, or "not significantly" beside a lower one."""
    for part in _CUT.split(claimed):
        p = next(p_values(part), None)
        if p and first_of(part, stems("significant")) and p.is_below_level is is_negative(part):
            return reason("significance", name=p.text)
    return None


def _critical(claimed: str, ground: Ground) -> str | None:
    spoken = _LENDING_WEIGHT.sub(" ", _HEAD_TO_HEAD.sub("direct", without_lack(claimed)))
    for line in table("meaning")["critical"]:
        meant = line.partition(" < ")[0]
        used = _used(spoken, meant)
        group = stems(line.replace("=", "").replace(" < ", " "))
        # Where no animal is spoken of all of the passage is of people.
        of_patients = bool(group & stems("patient")) and not ground.words & stems(table("meaning")["animals"])
        known = group & (ground.words if of_patients else ground.near_words)
        if used and not known and not ground.says(used) and not _emits(used, ground):
            return reason("word", name=used)
    return None


def _emits(kind: str, ground: Ground) -> bool:
    """Whether a radionuclide of the cited evidence is an emitter of this ``kind``, by physics: actinium-225 is an alpha emitter."""
    emitters = prompt_table("nuclides.toml")["emitters"].get(kind, ())
    return any(name.replace("-", "").lower() in ground.nuclides for name in emitters)


def _opposed(claimed: str, ground: Ground) -> str | None:
    """A word whose opposite stands in the support or near it, while it does not itself."""
    if is_negative(claimed):  # "did not fall" may be "unchanged"
        return None
    claimed = _PART_OF_TIME.sub(" ", _AS_BEFORE.sub(" ", claimed))
    if any(amount.unit in ("ratio", "percent") for amount in amounts(claimed)):  # which tell by themselves which way it went
        claimed = _without_ways(claimed)
    best = frozenset[str]().union(*(line.words for line in ground.best))
    for pair in table("meaning")["opposites"]:
        sides = [stems(side) for side in pair]
        for own, other in (sides, sides[::-1]):
            used = first_of(claimed, own)
            if (
                used
                and not first_of(claimed, other)
                and not best & own
                and not ground.says(used)
                and (best & other or (ground.near_words & other and not ground.near_words & own))
            ):
                return reason("word", name=used)
    return None


def _without_ways(claimed: str) -> str:
    """``claimed`` without its words of rise and fall."""
    ways = stems(table("meaning")["up"]) | stems(table("meaning")["down"])
    return " ".join(word for word in claimed.split() if not content(word) & ways)


def _rival(claimed: str, ground: Ground) -> str | None:
    """An organ, endpoint or sex of which the support names another; where figures stand, binding.py asks."""
    claimed = _PLASMA_MEMBRANE.sub("membrane", claimed)
    best = frozenset[str]().union(*(content(_PLASMA_MEMBRANE.sub("membrane", line.reading)) for line in ground.best))
    for sort in table("meaning")["rivals"] if not amounts(claimed) else ():
        for line in sort:
            used = first_of(claimed, stems(line))
            others = stems(" ".join(other for other in sort if other != line))
            if used and not best & stems(line) and best & others and not first_of(claimed, others):
                return reason("word", name=used)
    return None


def _restricted(claimed: str, ground: Ground) -> str | None:
    """ "Only" and "solely", but beside a figure only where a preposition follows, that nothing in the support says."""
    for clause in clauses(claimed):
        found = pattern("generality", "only", anchored=False).search(clause)
        if found and (not amounts(clause) or _ONLY_THERE.search(clause)):
            said = any(pattern("generality", "only_in_source", anchored=False).search(line.reading) for line in ground.near)
            return None if said else reason("some", name=found.group())
    return None


def _unheard(claimed: str, ground: Ground) -> str | None:
    """Something that is said not to have happened of which the cited evidence does not speak at all."""
    for clause in clauses(claimed):
        if not pattern("meaning", "happened", anchored=False).search(clause):
            continue
        for match in LACK.finditer(clause):
            own = stemmed(match[1])
            framing = stems(table("words")["frame"]) | stems(table("meaning")["causing"])
            unknown = sorted(own[word] for word in content(match[1]) - ground.words - framing)
            if unknown:
                return reason("word", name=unknown[0])
    return None


def _unknown_term(claimed: str, ground: Ground) -> str | None:
    """A technical term that the cited evidence does not have."""
    spoken = _without(without_lack(claimed), amounts(claimed))
    written = stemmed(spoken)
    terms = (written[word] for word in sorted(content(spoken) - ground.words))
    known = pattern("meaning", "terms", anchored=False)
    term = next((word for word in terms if known.search(word) and not ground.says(word)), None)
    return reason("word", name=term) if term else None


def _without(text: str, figures: Sequence[Amount]) -> str:
    """``text`` without the words of its figures; nouns that ``without_lack`` took are gone, so figures are sought by their words."""
    for figure in figures:
        text = text.replace(figure.text, " ", 1)
    return text


def _clause_of(text: str, group: frozenset[str]) -> str:
    parts = [part for clause in clauses(text) for part in re.split(r",\s", clause)]
    return next((part for part in parts if content(part) & group), text)


def smuggled(said: str, words: frozenset[str]) -> str | None:
    """A loaded word in a sentence without facts that neither the question nor the evidence has."""
    for line in table("loaded")["words"]:
        used = _used(said, line.partition(" < ")[0])
        if used and not stems(line.replace("=", "").replace(" < ", " ")) & words:
            return reason("elsewhere", name=used)
    return None
