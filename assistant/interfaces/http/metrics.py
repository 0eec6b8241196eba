"""What is counted, in the form that Prometheus reads; no name of a caller is in it."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_NAME = "biotech_assistant_http"


class Metrics:
    """Counts of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(f"{_NAME}_requests", "Requests, by route and status.", ["route", "status"], registry=self._registry)
        self.questions = Counter(f"{_NAME}_questions", "Questions that have ended, by outcome.", ["outcome"], registry=self._registry)
        self.seconds = Histogram(
            f"{_NAME}_question_seconds",
            "Seconds from a question to its end.",
            buckets=(0.1, 0.3, 1, 3, 10, 30, 120),
            registry=self._registry,
        )

    def watch(self, depth: Callable[[], tuple[int, int]]) -> None:
        """Has the page tell how many questions wait and are worked on."""
        waiting = Gauge(f"{_NAME}_waiting", "Questions that wait.", registry=self._registry)
        waiting.set_function(lambda: depth()[0])
        working = Gauge(f"{_NAME}_working", "Questions that are being answered.", registry=self._registry)
        working.set_function(lambda: depth()[1])

    def page(self) -> bytes:
        """The text that is scraped."""
        return generate_latest(self._registry)
