"""Models that are good, err or lie about the packaged release; they read the evidence's numbers from what they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable

from replies import Call, Request, Say

QUESTION = "How long did mice given two doses of CLR 131 survive?"
FOLLOW_UP = "And with one dose?"
SURVIVAL = "experienced mean survival of 135.6 days"


def shown(request: Request) -> dict[str, str]:
    """The passages and calculations that the model was shown, by marker."""
    return blocks("\n".join(request.results))


def blocks(text: str) -> dict[str, str]:
    """The passages and calculations in a tool's result, by marker."""
    parts = re.split(r"(?m)^(?=\[c?\d+\] )|^(?=study |As shown above)", text)
    return {part.partition(" ")[0]: part for part in parts if part.startswith("[")}


def marker(request: Request, words: str = SURVIVAL) -> str:
    """The marker of the passage with ``words``."""
    return next(name for name, block in shown(request).items() if words in block)


def drafting(text: str) -> Callable[[Request], Say]:
    """A model that says ``text`` with the marker of the survival passage in place of each ``@``."""
    return lambda request: Say(text.replace("@", marker(request)))


TRUE = "Mice given two doses of CLR 131 had a mean survival of 135.6 days @."
good = drafting(TRUE)
# The second sentence of each is wrong, in a way of its own.
ERRING = {
    "invents a figure": "Mice given three doses lived 190 days @.",
    "swaps the arms": "Mice given a single dose of CLR 131 had a mean survival of 135.6 days @.",
    "changes a word of a quote": "“mice receiving two doses of CLR 131 50uCi (day 0 and day 42) enjoyed mean survival of 135.6 days” @.",
    "cites a passage that does not exist": "Mice given a single dose of CLR 131 had a mean survival of 64.6 days [97].",
    "cites a calculation that does not exist": "The second dose added 71.0 days [c9].",
    "cites nothing": "Mice given a single dose had a mean survival of 64.6 days.",
    "calls it significant": "The difference in survival was significant @.",
    "speaks of patients": "Patients given two doses of CLR 131 survived 135.6 days @.",
}
SEARCH = Say(calls=(Call("search_passages", {"query": "CLR 131 survival"}),))
