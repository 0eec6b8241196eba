"""Answers questions about biotech releases with quotes and shown calculations."""
