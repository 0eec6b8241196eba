"""What one would write in an afternoon: LangChain, HuggingFaceEmbeddings and Chroma; what the benchmarks measure against."""
