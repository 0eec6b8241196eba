"""The HTTP API: the Assistant for other programs, read-only, with API keys (the extra ``serve``)."""
