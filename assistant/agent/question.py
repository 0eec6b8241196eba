"""What may be asked: a text of a sensible length, under a key, that can be kept as they are."""

from __future__ import annotations

from assistant.errors import UsageError
from assistant.language.controls import unstorable

# Longer than any honest question; the text of a document belongs in the library.
LONGEST_QUESTION = 4_000


def checked_question(text: str) -> str:
    """``text`` without white space around it.

    Raises UsageError where it is no text, empty, longer than LONGEST_QUESTION, or nothing that can be kept.
    """
    if not isinstance(text, str):
        raise UsageError(f"the question is no text but {type(text).__name__}")
    stripped = text.strip()
    if not stripped:
        raise UsageError("the question is empty; ask something, for example: assistant ask 'Which studies are there?'")
    if why := unstorable(stripped):
        raise UsageError(f"the question {why}")
    if len(stripped) > LONGEST_QUESTION:
        raise UsageError(
            f"the question has {len(stripped)} characters, more than {LONGEST_QUESTION}; add long texts with: assistant library add"
        )
    return stripped


def require_key(conversation: str | None) -> None:
    """Raises UsageError where nothing can be kept under the key of a conversation."""
    if not isinstance(conversation, str | None):
        raise UsageError(f"the conversation's key is no text but {type(conversation).__name__}")
    if why := unstorable(conversation or ""):
        raise UsageError(f"the conversation's key {why}")
