"""What is counted, in the form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_NAME = "biotech_assistant_slack"


class Metrics:
    """Counts of one bot; ``depth`` gives how many tasks wait and are worked on, of all processes that share the queue."""

    def __init__(self, depth: Callable[[], tuple[int, int]]) -> None:
        self._registry = CollectorRegistry()
        self.events = Counter(f"{_NAME}_events", "Events that Slack sent, by what became of them.", ["outcome"], registry=self._registry)
        self.tasks = Counter(f"{_NAME}_tasks", "Tasks that are done, by kind and outcome.", ["kind", "outcome"], registry=self._registry)
        self.refusals = Counter(
            f"{_NAME}_refusals", "Refusals of Slack's that a task met, by Slack's word.", ["code"], registry=self._registry
        )
        self.seconds = Histogram(
            f"{_NAME}_seconds",
            "Seconds from an event to its outcome.",
            ["kind"],
            buckets=(0.1, 0.3, 1, 3, 10, 30, 120, 600, 3600),
            registry=self._registry,
        )
        waiting = Gauge(f"{_NAME}_waiting", "Tasks that wait.", registry=self._registry)
        waiting.set_function(lambda: depth()[0])
        working = Gauge(f"{_NAME}_working", "Tasks that are worked on.", registry=self._registry)
        working.set_function(lambda: depth()[1])

    def page(self) -> bytes:
        """The text that is scraped."""
        return generate_latest(self._registry)
