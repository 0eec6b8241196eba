"""The chain that answers a question: LangChain's agent loop, and what is put around a language model in it."""
