"""The tantivy index of a generation: names, numbers and stems, a derived index that can always be rebuilt."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryDamaged
from assistant.language.names import fold
from assistant.language.units import canonical_unit

if TYPE_CHECKING:
    from tantivy import Query, Schema, TextAnalyzer

FOLDER = "lexical"
_ANALYZER = "names_numbers_stems"
# A question longer than this is a pasted document: its first terms say what it is about.
_LONGEST_QUERY = 5_000
_MOST_TERMS = 96
# Words this long may be typed with a letter missing, added or changed; numbers and codes may not.
_FUZZY_LENGTH = 7
# What a match with one letter off counts, where a rare word counts two to ten.
_FUZZY_SCORE = 0.6
_WRITER_BYTES = 50_000_000

# Words of questions that say nothing of their subject; in a library of few passages BM25 takes the rare ones for telling.
_FUNCTION_WORDS = (
    "a about also am an and any are as at be been by can could did do does for from give had has have how i if in into is it its me "
    "may might many much of on or our please shall should show so some such tell than that the their them then there these they this "
    "those to us was we were what when where which who whom whose why will with would you your"
).split()

# Some of everything that is spelled in several ways.
_PROBE = (
    "500µCi, 5 MBq/kg and 2 microcuries of AB-12 (iodine-125, [225Ac], Lu-177) in ABC 3, Abcde-1, Abcde 1, XX-XX-231, 4T1 and CD8+ "
    "cells on day 28 of Phase 2: 1,000 survivors lived 88.4 days, café, naïve, 10-K, 3-fold, 1.5 x 10^6"
)

_UNIT_WORD = re.compile(r"\b(?:nano|micro|milli|kilo|mega|giga|tera)?(?:curie|becquerel)s?\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CODE = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]+")
_NAME_PARTS = re.compile(r"([^\W\d_]{2,})(\d{1,5})")
# "Capan 1": a name where the index knows it as one, a word and a number where not. Words of four letters before numbers are
# "type", "week", "dose", "form"; codes of four letters are written in capitals, and so joined already.
_SPACED = re.compile(r"(?<![^\W_])([^\W\d_]{2,3}|[^\W\d_]{5,}) (\d{1,5})(?![^\W_]|[.,]\d)")
_MEASURE = re.compile(r"\d+(?:st|nd|rd|th|x|[a-zµ]{1,2})")


def normalised(text: str) -> str:
    """``text`` as it is indexed: names, nuclides and units in one spelling, ``1,000`` as ``1000``."""
    text = _UNIT_WORD.sub(lambda match: canonical_unit(match[0]) or match[0], text)
    return _THOUSANDS.sub("", fold(text))


def spelling_version() -> str:
    """Changes when this program spells what it indexes in another way than before, so that the index is to be made again."""
    spelled = normalised(_PROBE)
    return hashlib.sha256(" ".join([spelled, *_analyzer().analyze(spelled)]).encode()).hexdigest()[:16]


@lru_cache(maxsize=10_000)
def code_names(text: str) -> frozenset[str]:
    """Names that hold a digit, as indexed: ``clr125``, ``pc3``, ``i131``; measures such as ``28d`` are none.

    A word before a number, as in "Capan 1" and "study 1", may be one: ``capan1``, ``study1``.
    """
    folded = normalised(text)
    codes = {code for code in _CODE.findall(folded) if not _MEASURE.fullmatch(code)}
    apart = {word + number for word, number in _SPACED.findall(folded) if word not in _FUNCTION_WORDS}
    return frozenset(codes | apart)


class LexicalIndex:
    """An index opened from a generation's folder. Raises LibraryDamaged where it cannot be read or written."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        import tantivy

        place = folder / FOLDER
        with _translated():
            if create:
                place.mkdir()
                self._index = tantivy.Index(_schema(), path=str(place))
            else:
                self._index = tantivy.Index.open(str(place))
            self._index.register_tokenizer(_ANALYZER, _analyzer())
            # Searchers are of one generation, which never changes: nothing is to be watched for.
            self._index.config_reader("manual")
            self._searcher = self._index.searcher()

    def change(self, removed: Sequence[str], added: Iterable[tuple[str, str, str]]) -> None:
        """Removes passages by id, then adds those given as (passage id, document id, text)."""
        import tantivy

        with _translated():
            writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
            for passage in removed:
                writer.delete_documents_by_term("id", passage)
            for passage, document, text in added:
                writer.add_document(tantivy.Document(id=passage, document=document, body=normalised(text)))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(self, query: str, k: int, documents: Sequence[str] | None = None) -> tuple[tuple[str, float], ...]:
        """Up to ``k`` (passage id, BM25 score), best first. Any text is a query; no character has a special meaning."""
        terms = self._terms(query)
        if not terms or k < 1:
            return ()
        with _translated():
            found = self._searcher.search(self._query(terms, documents), limit=k, count=False).hits
            return tuple((str(self._searcher.doc(address).get_first("id")), float(score)) for score, address in found)

    def known_names(self, query: str) -> dict[str, int]:
        """The code names of a query that stand in the index, with the number of passages that have them."""
        return {name: count for name in sorted(code_names(query[:_LONGEST_QUERY])) if (count := self._frequency(name))}

    def _frequency(self, name: str) -> int:
        with _translated():
            return max((int(self._searcher.doc_freq("body", term)) for term in _analyzer().analyze(name)), default=0)

    def holding(self, name: str, passages: Sequence[str]) -> frozenset[str]:
        """Those of the passages, given by id, in which a name stands as one word."""
        from tantivy import Occur, Query

        schema = self._index.schema
        terms = [Query.term_query(schema, "body", term) for term in _analyzer().analyze(name)]
        query = Query.boolean_query([(Occur.Must, part) for part in (*terms, Query.term_set_query(schema, "id", list(passages)))])
        with _translated():
            found = self._searcher.search(query, limit=max(1, len(passages)), count=False).hits
            return frozenset(str(self._searcher.doc(address).get_first("id")) for _, address in found)

    def count(self) -> int:
        """How many passages there are."""
        return int(self._searcher.num_docs)

    def ids(self) -> frozenset[str]:
        """The ids of all passages."""
        from tantivy import Query

        with _translated():
            found = self._searcher.search(Query.all_query(), limit=max(1, self.count()), count=False).hits
            return frozenset(str(self._searcher.doc(address).get_first("id")) for _, address in found)

    def _terms(self, query: str) -> list[str]:
        text = normalised(query[:_LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8"))
        text = " ".join([*self.known_names(query), text])
        telling = _analyzer(without_function_words=True).analyze(text)
        return list(dict.fromkeys(telling or _analyzer().analyze(text)))[:_MOST_TERMS]

    def _query(self, terms: Sequence[str], documents: Sequence[str] | None) -> Query:
        from tantivy import Occur, Query

        schema = self._index.schema
        wanted = Query.boolean_query([(Occur.Should, self._term(term)) for term in terms])
        if documents is None:
            return wanted
        within = Query.boost_query(Query.term_set_query(schema, "document", list(documents)), 0.0)
        return Query.boolean_query([(Occur.Must, wanted), (Occur.Must, within)])

    def _term(self, term: str) -> Query:
        from tantivy import Occur, Query

        exact = Query.term_query(self._index.schema, "body", term)
        if (parts := _NAME_PARTS.fullmatch(term)) and not self._frequency(term):
            # The name may be written with a space wherever it stands.
            stems = _analyzer().analyze(" ".join(parts.groups()))
            both = [(Occur.Must, Query.term_query(self._index.schema, "body", stem)) for stem in stems]
            return Query.boolean_query(both)
        if len(term) < _FUZZY_LENGTH or not term.isalpha():
            return exact
        near = Query.const_score_query(Query.fuzzy_term_query(self._index.schema, "body", term, distance=1), _FUZZY_SCORE)
        return Query.disjunction_max_query([exact, near])


@cache
def _analyzer(*, without_function_words: bool = False) -> TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.regex(r"\d+\.\d+|[\p{L}\p{N}]+")).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    if without_function_words:
        builder = builder.filter(Filter.custom_stopword(_FUNCTION_WORDS))
    return builder.filter(Filter.stemmer("english")).build()


def _schema() -> Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise LibraryDamaged(f"the library's lexical index cannot be used ({reason}); run: assistant library rebuild") from error
