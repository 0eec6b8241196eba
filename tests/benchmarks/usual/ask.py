"""The usual stack as one process: opens a Chroma store of passages and answers one similarity query.

python -m tests.benchmarks.usual.ask STORE WEIGHTS QUERY
"""

import sys

from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings

store, weights, query = sys.argv[1:]
embeddings = HuggingFaceEmbeddings(model_name=weights, model_kwargs={"device": "cpu"}, encode_kwargs={"normalize_embeddings": True})
passages = Chroma("passages", embeddings, persist_directory=store)
for found in passages.similarity_search(query, k=4):
    print(found.page_content)
