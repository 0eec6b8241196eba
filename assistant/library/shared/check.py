"""Is a shared store sound? Compares texts, passages, vocabulary and both servers with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.library.catalogue import text_digest
from assistant.library.check import CheckReport
from assistant.library.shared.catalogue import SharedCatalogue
from assistant.library.shared.counting import COUNTED_WRONGLY
from assistant.library.shared.moment import name_of
from assistant.library.terms import spelling_version

if TYPE_CHECKING:
    from assistant.library.shared.store import SharedStore

# Of many rows with the same fault, so many are named.
_NAMED = 3
_SAMPLE = 32
_FOUND_SHARE = 0.9


def check(store: SharedStore) -> CheckReport:
    """Compares everything that was published when it began, and how often terms stand, as long as nobody publishes more."""
    number = store.number()
    catalogue = SharedCatalogue(store.server, number)
    keys = catalogue.passage_keys() if number else {}
    problems = tuple(_problems(store, catalogue, keys)) if number else ("nothing was published yet",)
    return CheckReport(
        generation=name_of(number) if number else "", documents=len(catalogue.documents()), passages=len(keys), problems=problems
    )  # fmt: skip


def _problems(store: SharedStore, catalogue: SharedCatalogue, keys: Mapping[str, str]) -> Iterator[str]:
    altered = []
    for document in (*catalogue.documents(), *catalogue.superseded()):
        text = catalogue.text(document.id) or ""
        altered += [document.id] if text_digest(text) != document.sha256 else []
        passages = catalogue.passages(document.id)
        moved = [p.id for p in passages if text[p.start : p.end] != p.text or text_digest(p.in_context) != keys.get(p.id)]
        yield from _named("not what stands in the document's text: passage", moved)
    yield from _named("not the text that was added: document", altered)
    if catalogue.meta("spelling") != spelling_version():
        yield "the terms are spelled by another version of this program"
    if catalogue.has_other_facts(store.facts_version):
        yield "studies are extracted by another version of this program"
    yield from _named("counted wrongly: term", [row[0] for row in store.server.rows(COUNTED_WRONGLY, {"at": catalogue.number})])
    there = store.vectors().keys()
    yield from _named("not in Chroma: the vector of passage", [name for name, key in keys.items() if key not in there])
    stored = {row[0] for row in store.server.rows("SELECT key FROM vectors")}
    yield from _named("without a vector in PostgreSQL: passage", [name for name, key in keys.items() if key not in stored])
    sample = catalogue.vectors_with(list(keys.values())[:: max(1, len(keys) // _SAMPLE)])
    found = [key in store.vectors().nearest(vector, 10) for key, vector in sample.items()]
    if sum(found) < _FOUND_SHARE * len(found):
        yield f"Chroma finds only {sum(found)} of {len(found)} passages by their own vectors"


def _named(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{what} {', '.join(names[:_NAMED])}{more}"
