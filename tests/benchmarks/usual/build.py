"""Stores texts with the usual stack: python -m tests.benchmarks.usual.build STORE WEIGHTS < texts, a JSON list."""

import json
import sys

from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings

store, weights = sys.argv[1:]
embeddings = HuggingFaceEmbeddings(model_name=weights, model_kwargs={"device": "cpu"}, encode_kwargs={"normalize_embeddings": True})
Chroma("passages", embeddings, persist_directory=store).add_texts(json.load(sys.stdin))
