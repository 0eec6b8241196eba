"""Draft and evidence in, verified answer out: nothing is said that no quote and no calculation supports."""

from assistant.agent.grounding.background import Background
from assistant.agent.grounding.verdict import Grounded, verify

__all__ = ["Background", "Grounded", "verify"]
