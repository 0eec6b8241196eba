"""Answers as conversations keep them."""

from __future__ import annotations

from assistant.values import Answer, Verification


def made_answer(question: str, text: str = "Ninety days.", conversation: str | None = "a", at: str = "2031-05-08T00:00:00+00:00") -> Answer:
    return Answer(
        question=question,
        text=text,
        status="answered",
        verification=Verification(verdict="verified"),
        model="offline",
        elapsed_ms=1,
        conversation=conversation,
        library_generation="gen-000001",
        created_at=at,
    )
