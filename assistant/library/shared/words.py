"""The lexical half of a shared store's search: terms looked up in PostgreSQL, ranked by BM25 as the local index ranks them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.database.server import Server
from assistant.library.shared.catalogue import VISIBLE
from assistant.library.shared.terms import MOST_TIMES, again, asked
from assistant.library.terms import FUZZY_LENGTH, FUZZY_SCORE, LONGEST_QUERY, NAME_PARTS, analyzer, code_names, query_terms

# BM25's parameters as tantivy and Lucene have them.
_K1, _B = 1.2, 0.75
# So many passages are scored before those are that have only the more frequent of the query's terms, which seldom come into question.
_SCORED = 1_000

_NEAR = """
SELECT asked.term, v.term, v.passages
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) AS asked (term, head, head_end, tail, tail_end)
JOIN LATERAL (
    SELECT term, passages FROM vocabulary WHERE term ~>=~ asked.head AND term ~<~ asked.head_end
    UNION SELECT term, passages FROM vocabulary WHERE reverse(term) ~>=~ asked.tail AND reverse(term) ~<~ asked.tail_end
) AS v ON length(v.term) BETWEEN length(asked.term) - 1 AND length(asked.term) + 1
"""
_COUNTED = f"""
SELECT asked.term, (
    SELECT count(*) FROM passages p JOIN documents d ON d.key = p.document WHERE p.terms @@ asked.query::tsquery AND {VISIBLE}
) FROM unnest(%(terms)s::text[], %(queries)s::text[]) AS asked (term, query)
"""


@dataclass(frozen=True, slots=True)
class _Clause:
    """What one term of a query asks for: a ``query`` that passages match, the ``score`` of one that does in SQL, with ``values`` for
    its parameters, the ``most`` that it can be, and about how many ``passages`` there are."""

    query: str
    score: str
    values: tuple[object, ...]
    most: float
    passages: int


class SharedWords:
    """The index at one ingest's ``number``.

    How frequent terms are is told as of now, which hardly changes a ranking, but for those that only replaced passages have.
    """

    def __init__(self, server: Server, number: int) -> None:
        self._server = server
        self._number = number

    def count(self) -> int:
        """How many passages there are."""
        return self._statistics()[0]

    def known_names(self, query: str) -> dict[str, int]:
        """The code names of a query that stand in the index, with the number of passages that have them."""
        names = {name: analyzer().analyze(name) for name in sorted(code_names(query[:LONGEST_QUERY]))}
        known = self._frequencies({stem for stems in names.values() for stem in stems})
        counts = {name: max((known.get(stem, 0) for stem in stems), default=0) for name, stems in names.items()}
        return {name: count for name, count in counts.items() if count}

    def holding(self, name: str, passages: Sequence[str]) -> frozenset[str]:
        """Those of the passages, given by id, in which a name stands as one word."""
        rows = self._server.rows(
            f"SELECT p.id FROM passages p JOIN documents d ON d.key = p.document "
            f"WHERE p.id = ANY(%(ids)s) AND {VISIBLE} AND p.terms @@ %(query)s::tsquery",
            {"ids": list(passages), "at": self._number, "query": asked(analyzer().analyze(name), "&")},
        )
        return frozenset(row[0] for row in rows)

    def search(self, query: str, k: int, documents: Sequence[str] | None = None) -> tuple[tuple[str, float], ...]:
        """Up to ``k`` (passage id, BM25 score), best first. Any text is a query; no character has a special meaning."""
        terms = query_terms(query, self.known_names(query))
        if not terms or k < 1:
            return ()
        clauses = sorted(self._clauses(terms), key=lambda clause: clause.passages)
        if not clauses:
            return ()
        chosen = _rarest(clauses, _SCORED)
        found = self._ranked(_any(clauses[:chosen]), clauses, k, documents)
        if left := _left(clauses[chosen:], found[-1][1] if len(found) == k else 0.0):
            best = {**dict(found), **dict(self._ranked(left, clauses, k, documents))}
            found = tuple(sorted(best.items(), key=lambda entry: (-entry[1], entry[0]))[:k])
        return found

    def _ranked(self, chosen: str, clauses: Sequence[_Clause], k: int, documents: Sequence[str] | None) -> tuple[tuple[str, float], ...]:
        """Passages that the query ``chosen`` finds, scored by all ``clauses``."""
        passages, tokens = self._statistics()
        within = "" if documents is None else "AND d.id = ANY(%s)"
        statement = (
            f"SELECT id, score FROM (SELECT id, {' + '.join(clause.score for clause in clauses)} AS score FROM ("
            f"SELECT p.id, p.terms, {_K1 * (1 - _B)!r}::float8 + {_K1 * _B!r}::float8 * p.length / %s::float8 AS norm "
            "FROM passages p JOIN documents d ON d.key = p.document "
            f"WHERE p.terms @@ %s::tsquery AND {VISIBLE.replace('%(at)s', '%s')} {within} OFFSET 0) AS matching OFFSET 0) AS scored "
            "ORDER BY score DESC, id LIMIT %s"
        )
        values = [value for clause in clauses for value in clause.values]
        values += [max(1.0, tokens / max(1, passages)), chosen, self._number, self._number]
        rows = self._server.rows(statement, [*values, *([] if documents is None else [list(documents)]), k])
        return tuple((row[0], float(row[1])) for row in rows)

    def _clauses(self, terms: Sequence[str]) -> list[_Clause]:
        """One for each term that stands anywhere, as ``lexical.LexicalIndex`` asks for it."""
        parts = {term: analyzer().analyze(" ".join(match.groups())) for term in terms if (match := NAME_PARTS.fullmatch(term))}
        known = self._frequencies({*terms, *(stem for stems in parts.values() for stem in stems)})
        near = self._near([term for term in terms if len(term) >= FUZZY_LENGTH and term.isalpha()])
        weigh = _Weights(self.count(), known)
        made = (
            weigh.both(parts[term]) if term in parts and not known.get(term) else weigh.near(term, near.get(term, {})) for term in terms
        )
        return [clause for clause in made if clause]

    def _near(self, terms: Sequence[str]) -> dict[str, dict[str, int]]:
        """Term → the terms of the index with at most one letter missing, added, changed or in its neighbour's place.

        Such a term has the first or the second half of its letters in common with it.
        """
        from rapidfuzz.distance import OSA

        half = [(len(term) - 1) // 2 for term in terms]
        heads = [term[:size] for term, size in zip(terms, half, strict=True)]
        tails = [term[::-1][:size] for term, size in zip(terms, half, strict=True)]
        columns = [list(terms), heads, list(map(_after, heads)), tails, list(map(_after, tails))]
        found: dict[str, dict[str, int]] = {}
        for term, other, passages in self._server.rows(_NEAR, columns) if terms else ():
            if OSA.distance(term, other, score_cutoff=1) <= 1:
                found.setdefault(term, {})[other] = passages
        return found

    def _frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        wanted = list(terms)
        known = dict(self._server.rows("SELECT term, passages FROM vocabulary WHERE term = ANY(%s)", [wanted])) if wanted else {}
        if gone := [term for term, passages in known.items() if not passages]:
            known |= dict(self._server.rows(_COUNTED, {"terms": gone, "queries": [asked([term]) for term in gone], "at": self._number}))
        return known

    def _statistics(self) -> tuple[int, int]:
        (row,) = self._server.rows("SELECT passages, tokens FROM store")
        return row[0], row[1]


class _Weights:
    """Clauses with the weights that the rarity of their terms gives."""

    def __init__(self, passages: int, known: Mapping[str, int]) -> None:
        self._passages = passages
        self._known = known

    def near(self, term: str, near: Mapping[str, int]) -> _Clause | None:
        """A term, or those near to it, which count less."""
        exact = self._exact(term)
        if not near:
            return exact
        others = asked(near)
        almost = f"CASE WHEN terms @@ %s::tsquery THEN {FUZZY_SCORE} ELSE 0 END"
        count = sum(near.values())
        if exact is None:
            return _Clause(others, almost, (others,), FUZZY_SCORE, count)
        return _Clause(others, f"greatest({exact.score}, {almost})", (*exact.values, others), max(FUZZY_SCORE, exact.most), count)

    def both(self, stems: Sequence[str]) -> _Clause | None:
        """All stems of a name that is written apart wherever it stands."""
        clauses = [clause for stem in stems if (clause := self._exact(stem))]
        if not clauses or len(clauses) < len(stems):
            return None
        query = asked(stems, "&")
        score = f"CASE WHEN terms @@ %s::tsquery THEN {' + '.join(clause.score for clause in clauses)} ELSE 0 END"
        values = (query, *(value for clause in clauses for value in clause.values))
        return _Clause(query, score, values, sum(clause.most for clause in clauses), min(clause.passages for clause in clauses))

    def _exact(self, term: str) -> _Clause | None:
        count = self._known.get(term, 0)
        if not count:
            return None
        weight = math.log(1 + (self._passages - count + 0.5) / (count + 0.5)) * (1 + _K1)
        times = "0"
        for _ in range(MOST_TIMES):
            times = f"CASE WHEN terms @@ %s::tsquery THEN 1 + {times} ELSE 0 END"
        lexemes = tuple(asked([again(term, time)]) for time in range(1, MOST_TIMES + 1))
        # With the count n: weight * n / (n + norm), which is 0 for 0.
        return _Clause(asked([term]), f"{weight!r} * (1 - norm / (norm + {times}))", lexemes, weight, count)


def _rarest(clauses: Sequence[_Clause], wanted: int) -> int:
    """How many of the clauses, the rarest first, have ``wanted`` passages together."""
    total = 0
    for number, clause in enumerate(clauses, 1):
        total += clause.passages
        if total >= wanted:
            return number
    return len(clauses)


def _any(clauses: Sequence[_Clause], operator: str = "|") -> str:
    """A query for passages that match any of the clauses, or with ``&`` all of them."""
    return f" {operator} ".join(f"({clause.query})" for clause in clauses)


def _left(clauses: Sequence[_Clause], least: float) -> str:
    """A query for all passages that can score more than ``least`` by these clauses alone; empty where none can."""
    spare = sum(clause.most for clause in clauses) - least
    if spare <= 0:
        return ""
    if needed := [clause for clause in clauses if clause.most >= spare]:
        return _any(needed, "&")
    for number in range(len(clauses)):  # what has none of the first can score no more than the others together
        if sum(clause.most for clause in clauses[number:]) <= least:
            return _any(clauses[:number])
    return _any(clauses)


def _after(beginning: str) -> str:
    """The first text, by its characters' numbers, behind all that begin so."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)
