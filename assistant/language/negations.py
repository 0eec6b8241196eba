"""Words that deny."""

from __future__ import annotations

import re

NEGATION = re.compile(r"\b(?:not|no|never|without|none|neither|nor|cannot|nobody|nothing)\b|n[’']t\b", re.IGNORECASE)
"""One of them, or the end of a verb that denies, "isn't"."""
