"""Whether a figure belongs to what a sentence says it belongs to, by the extracted studies.

Compounds, models and arms are assigned to figures clause by clause, or one after the other where a sentence has as many of
the one as of the other ("QX 7 and QX 8 gave 10 and 20 days").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.agent.grounding.agreement import calculated, stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.binding import bound, misbound, misworded
from assistant.agent.grounding.compared import is_compared_with
from assistant.agent.grounding.comparison import wrong_comparison
from assistant.agent.grounding.mentions import Mention, Pair, Registry
from assistant.agent.grounding.placing import Placed, administrations, place
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.significance import uncompared
from assistant.agent.grounding.totals import confused
from assistant.agent.grounding.vocabulary import has, reason, stem, table, tokens
from assistant.agent.grounding.wording import without_lack
from assistant.language.conjunctions import COMPARING, CONTRASTING
from assistant.language.units import TIME_UNITS
from assistant.values import Working

_CLAUSE = re.compile(rf"[;:()|]|,\s|\s[-–—]\s|\band\b|{CONTRASTING}|{COMPARING}", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\b.{1,60}?\bto\b", re.IGNORECASE)
# "14.2 against 10.3 months in favour of the combination"
_FAVOURED = re.compile(r"\b(?:in favou?r of|favou?ring)\s(?:the\s)?$", re.IGNORECASE)
_STATISTIC = re.compile(r"\b(mean|average|median)s?\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:all|each|every|survivals?|values?|figures?|numbers?|times?)\b[^.;]{0,30}\b(?:means?|averages?|medians?)\b", re.IGNORECASE
)


def misplaced(
    said: str, registry: Registry, workings: Sequence[tuple[Working, frozenset[Pair]]], cited: Sequence[Line], *, row: bool = False
) -> Iterator[tuple[str, str | None]]:
    """Each way in which a figure of ``said`` may belong elsewhere, by name, with why it does, in words; None where it does not.

    ``workings`` are the cited calculations with the arms that their inputs were read from, ``cited`` the cited sentences; ``row``
    tells that ``said`` is a row of a table.
    """
    placed = [p for amount in amounts(said) if (p := place(said, amount, registry, workings))]
    clauses = _clauses(said)
    told = any(p.kind in ("survival", "computed") for p in placed)
    survivals = [p for p in placed if p.kind == "survival"]
    unsaid = [p for p in placed if not _is_told_of(p, said, registry, cited)]
    yield "study", _of_studies(said, [*unsaid, *administrations(said, registry)], registry, clauses)
    yield "arm", _of_arms(said, survivals, registry, clauses)
    yield "number", _of_arms(said, _sizes(said, placed, registry, cited), registry, clauses)
    yield "bound", misbound(said, registry, cited, [*_extracted(said, placed, registry, clauses), *_results(said, workings)], row=row)
    yield "worded", misworded(said, registry, cited)
    yield "comparison", uncompared(said, registry, cited)
    yield "total", confused(said, registry, [working for working, _ in workings], cited)
    yield "calculation", _of_calculation(without_lack(said), placed, registry)
    yield "statistic", _of_statistic(said, survivals, registry, clauses, cited)
    yield "species", _of_species(said, placed, registry)
    yield "compared", wrong_comparison(said, frozenset(p for figure in placed for p in figure.pairs), registry, cited, measured=told)


def _is_told_of(figure: Placed, said: str, registry: Registry, cited: Sequence[Line]) -> bool:
    """Whether a cited sentence has the figure and names just what ``said`` names: then it is of that, whatever was read elsewhere."""
    named = {mention.pairs for mention in registry.study_mentions(said)}
    saying = (line for line in cited if any(stated(figure.amount, known) for known in line.figures))
    return bool(named) and any({mention.pairs for mention in registry.study_mentions(line.text)} == named for line in saying)


def _sizes(said: str, placed: Sequence[Placed], registry: Registry, cited: Sequence[Line]) -> list[Placed]:
    """The figures that are numbers of animals, without those that a cited clause says of an arm that is named here."""
    mentions = registry.arm_mentions(said)
    return [p for p in placed if p.kind == "n" and not any(bound(p.amount, mention, registry, cited) for mention in mentions)]


def _results(said: str, workings: Sequence[tuple[Working, frozenset[Pair]]]) -> list[Amount]:
    """The figures that cited calculations give."""
    results = [result for working, _ in workings for result in working.results]
    return [a for a in amounts(said) if any(calculated(a, result.value, result.unit, result.name) for result in results)]


def _extracted(said: str, placed: Sequence[Placed], registry: Registry, clauses: Sequence[tuple[int, int]]) -> list[Amount]:
    """The figures that extraction read of every arm that their clause of ``said`` names: its word goes before that of clauses."""
    mentions = registry.arm_mentions(said)
    own = {clause: [mention for mention in mentions if _inside(mention.start, clause)] for clause in clauses}
    return [
        p.amount
        for p in placed
        for clause, named in own.items()
        if p.kind in ("survival", "n", "activity")
        and _inside(p.amount.start, clause)
        and mentions
        and all(p.pairs & m.pairs for m in named)
    ]


def _clauses(said: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(said)), len(said)]
    return list(pairwise(cuts))


def _inside(start: int, clause: tuple[int, int]) -> bool:
    return clause[0] <= start < clause[1]


def _of_studies(said: str, placed: Sequence[Placed], registry: Registry, clauses: Sequence[tuple[int, int]]) -> str | None:
    mentions = _not_compared(said, placed, registry, clauses)
    for clause in clauses:
        named = [m for m in mentions if _inside(m.start, clause)]
        if len({m.pairs for m in named}) == len({m.kind for m in named}) == 2 and not named[0].pairs & named[-1].pairs:
            return reason("model", name=said[named[0].start : named[0].end])
    if not mentions or not placed:
        return None
    # "It was 12 and 9 days with QX 7 and 20 with QX 8": names that come after their figures.
    order = list(clauses) if placed[0].amount.start > mentions[0].start else list(reversed(clauses))
    assigned = [(p, mentions) for p in placed] if len({m.pairs for m in mentions}) == 1 else _by_clause(placed, mentions, order)
    for figure, limits in assigned:
        allowed = figure.pairs.intersection(*(m.pairs for m in limits))
        if limits and not allowed and not _in_order(placed, mentions):
            wrong = next((m for m in limits if not m.pairs & figure.pairs), limits[-1])
            return reason(wrong.kind, name=figure.amount.text)
    return None


def _not_compared(said: str, placed: Sequence[Placed], registry: Registry, clauses: Sequence[tuple[int, int]]) -> list[Mention]:
    """The studies that ``said`` names, without one that others are compared with and behind which no figure stands: "shorter than in the
    QX 7 work".
    """
    figures = [p.amount.start for p in placed]
    own = [clause for clause in clauses if any(_inside(start, clause) for start in figures)]

    def bare(mention: Mention) -> bool:
        behind = any(start > mention.start for start in figures) or any(_inside(mention.start, clause) for clause in own)
        return is_compared_with(said[: mention.start]) and not behind

    return [mention for mention in registry.study_mentions(said) if not bare(mention)]


def _by_clause(
    placed: Sequence[Placed], mentions: Sequence[Mention], clauses: Sequence[tuple[int, int]]
) -> list[tuple[Placed, list[Mention]]]:
    """Each figure with what its clause names; names add up until a figure or a name of the same kind starts anew."""
    found = []
    current: list[Mention] = []
    told = False
    for clause in clauses:
        own = [m for m in mentions if _inside(m.start, clause)]
        figures = [p for p in placed if _inside(p.amount.start, clause)]
        if own:
            renewed = told or not {m.kind for m in own}.isdisjoint(m.kind for m in current)
            current, told = ([] if renewed else current) + own, False
        found += [(p, list(current)) for p in figures]
        told = told or bool(figures)
    return found


def _in_order(placed: Sequence[Placed], mentions: Sequence[Mention]) -> bool:
    """Whether figures and mentions, taken one after the other, fit; a repeated mention counts once."""
    distinct = [m for i, m in enumerate(mentions) if i == 0 or mentions[i - 1].pairs != m.pairs]
    figures = [p for p in placed if p.kind in ("survival", "computed")]
    return len(figures) > 1 and len(distinct) == len(figures) and all(p.pairs & m.pairs for p, m in zip(figures, distinct, strict=True))


def _of_arms(said: str, figures: Sequence[Placed], registry: Registry, clauses: Sequence[tuple[int, int]]) -> str | None:
    mentions = [m for m in registry.arm_mentions(said) if not _FAVOURED.search(said[: m.start])]
    if not mentions or not figures:
        return None
    studies = frozenset(s for p in figures for s, _ in p.pairs)
    mentions = [m for m in mentions if any(s in studies for s, _ in m.pairs)]
    if not mentions:
        return reason("arm", name=figures[0].amount.text)
    in_order = len(mentions) == len(figures)
    wrong = _out_of_order(said, figures, mentions, clauses) if in_order else _out_of_clause(figures, mentions, clauses)
    return reason("arm", name=wrong.amount.text) if wrong else None


def _of_calculation(said: str, placed: Sequence[Placed], registry: Registry) -> str | None:
    """A calculated figure is about the arms that it was calculated from, and about no other that the sentence names."""
    computed = [p for p in placed if p.kind == "computed"]
    told = frozenset[Pair]().union(*(p.pairs for p in placed))
    for mention in registry.arm_mentions(said) if computed else ():
        if not mention.pairs & told:
            return reason("arm", name=computed[0].amount.text)
    return None


def _out_of_order(said: str, figures: Sequence[Placed], mentions: Sequence[Mention], clauses: Sequence[tuple[int, int]]) -> Placed | None:
    """The first figure that is not its arm's, taken one after the other; "from A to B with two doses" may go the other way."""
    orders = [figures, figures[::-1]] if _FROM_TO.search(said) else [figures]
    named = [mentions, sorted(mentions, key=lambda mention: mention.compared)]  # "against control, two doses gave 12 (and 9) days"
    if any(all(p.pairs & m.pairs for p, m in zip(order, arms, strict=True)) for order in orders for arms in named):
        return None
    wrong = next(p for p, m in zip(figures, mentions, strict=True) if not p.pairs & m.pairs)
    return None if _each_clause_fits(figures, mentions, clauses) else wrong


def _out_of_clause(figures: Sequence[Placed], mentions: Sequence[Mention], clauses: Sequence[tuple[int, int]]) -> Placed | None:
    """A figure that is not the arm's beside which it alone stands, or the first where none is any arm's."""
    for clause in clauses:
        here = [m for m in mentions if _inside(m.start, clause)]
        own = [p for p in figures if _inside(p.amount.start, clause)]
        if len(here) == 1 and len(own) == 1 and not own[0].pairs & here[0].pairs:
            return own[0]
    return None if any(p.pairs & m.pairs for p in figures for m in mentions) else figures[0]


def _each_clause_fits(figures: Sequence[Placed], mentions: Sequence[Mention], clauses: Sequence[tuple[int, int]]) -> bool:
    paired = 0
    for clause in clauses:
        here = [m for m in mentions if _inside(m.start, clause)]
        own = [p for p in figures if _inside(p.amount.start, clause)]
        if len(here) == 1 and len(own) == 1:
            if not own[0].pairs & here[0].pairs:
                return False
            paired += 1
    return paired == len(figures)


def _of_statistic(
    said: str, figures: Sequence[Placed], registry: Registry, clauses: Sequence[tuple[int, int]], cited: Sequence[Line]
) -> str | None:
    """A statistic belongs to the next survival figure of its clause, else to the one before; without any there, to the next at all.

    One in brackets belongs to the figure before it.
    """
    names = table("meaning")["statistics"]
    for match in _STATISTIC.finditer(said) if figures else ():
        clause = next(clause for clause in clauses if _inside(match.start(), clause))
        own = [p for p in figures if _inside(p.amount.start, clause)]
        if not own and any(a.unit in TIME_UNITS and _inside(a.start, clause) for a in amounts(said)):
            continue  # it is that of a figure which extraction does not know
        own = own or list(figures)
        following = [p for p in own if p.amount.start >= match.end()]
        before = [p for p in figures if p.amount.end <= match.start()]
        bracketed = before and re.fullmatch(r"[\s(,]*(?:a|the|as)?\s*", said[before[-1].amount.end : match.start()])
        chosen = before[-1] if bracketed or (before and not following) else following[0]
        kinds = [registry.arm(pair).survival for pair in chosen.pairs]
        statistic = names[match[1].lower()]
        unread = all(s is None or s.statistic is None for s in kinds)
        if unread and _is_told(statistic, chosen.amount, cited):
            continue  # in a way that extraction does not read
        if not any(s and s.statistic == statistic for s in kinds):
            return reason("statistic", name=chosen.amount.text, other=statistic)
    return None


def _is_told(statistic: str, amount: Amount, cited: Sequence[Line]) -> bool:
    """Whether the sentence of a figure names its statistic, or its paragraph does for all figures: "all medians"."""
    saying = [line for line in cited if any(stated(amount, known) for known in line.figures)]
    blocks = {(line.passage, line.block) for line in saying}
    general = (line for line in cited if (line.passage, line.block) in blocks and _OF_ALL.search(line.text))
    return any(stem(statistic) in line.words for line in (*saying, *general))


def _of_species(said: str, placed: Sequence[Placed], registry: Registry) -> str | None:
    named = {species for species, words in table("meaning")["species"].items() if has(tokens(said), words.split())}
    for figure in placed:
        known = {registry.studies[s].species for s, _ in figure.pairs}
        if named and None not in known and not named & known:
            return reason("species", name=figure.amount.text)
    return None
