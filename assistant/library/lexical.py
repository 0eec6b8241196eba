"""The tantivy index of a generation: names, numbers and stems, a derived index that can always be rebuilt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryDamaged
from assistant.library.terms import FUZZY_LENGTH, FUZZY_SCORE, LONGEST_QUERY, NAME_PARTS, analyzer, code_names, normalised, query_terms

if TYPE_CHECKING:
    from tantivy import Query, Schema

FOLDER = "lexical"
_ANALYZER = "names_numbers_stems"
_WRITER_BYTES = 50_000_000


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
            self._index.register_tokenizer(_ANALYZER, analyzer())
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
        terms = query_terms(query, self.known_names(query))
        if not terms or k < 1:
            return ()
        with _translated():
            found = self._searcher.search(self._query(terms, documents), limit=k, count=False).hits
            return tuple((str(self._searcher.doc(address).get_first("id")), float(score)) for score, address in found)

    def known_names(self, query: str) -> dict[str, int]:
        """The code names of a query that stand in the index, with the number of passages that have them."""
        return {name: count for name in sorted(code_names(query[:LONGEST_QUERY])) if (count := self._frequency(name))}

    def _frequency(self, name: str) -> int:
        with _translated():
            return max((int(self._searcher.doc_freq("body", term)) for term in analyzer().analyze(name)), default=0)

    def holding(self, name: str, passages: Sequence[str]) -> frozenset[str]:
        """Those of the passages, given by id, in which a name stands as one word."""
        from tantivy import Occur, Query

        schema = self._index.schema
        terms = [Query.term_query(schema, "body", term) for term in analyzer().analyze(name)]
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
        if (parts := NAME_PARTS.fullmatch(term)) and not self._frequency(term):
            # The name may be written with a space wherever it stands.
            stems = analyzer().analyze(" ".join(parts.groups()))
            both = [(Occur.Must, Query.term_query(self._index.schema, "body", stem)) for stem in stems]
            return Query.boolean_query(both)
        if len(term) < FUZZY_LENGTH or not term.isalpha():
            return exact
        near = Query.const_score_query(Query.fuzzy_term_query(self._index.schema, "body", term, distance=1), FUZZY_SCORE)
        return Query.disjunction_max_query([exact, near])


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
