"""The library's search as a LangChain retriever."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.library.library import Library
from assistant.values import Hit


class PassageRetriever(BaseRetriever):
    """Gives the ``k`` nearest passages as LangChain documents; ``metadata`` has title, date, path, start, end and score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        self.library.refresh()
        # What is found and the documents that it stands in are of one generation.
        with self.library.pinned() as library:
            return [_document(hit, library) for hit in library.search(query, self.k)]


def _document(hit: Hit, library: Library) -> Document:
    source = library.document(hit.passage.document)
    metadata = {
        "document": source.id,
        "title": source.title,
        "date": source.date,
        "path": source.path,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "columns": hit.passage.columns,
        "score": hit.score,
    }
    return Document(id=hit.passage.id, page_content=hit.passage.text, metadata=metadata)
