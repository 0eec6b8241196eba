"""Whether it is as a yes/no question asks by the bounds, figures, counts or dates of a sentence alone."""

from __future__ import annotations

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.dated import lies_in_time
from assistant.agent.offline.verdicts.larger import is_larger
from assistant.agent.offline.verdicts.measured import counts_none, lies_beyond
from assistant.agent.offline.verdicts.passing import passes_bound
from assistant.agent.offline.verdicts.set_limits import lies_beyond_limit


def told_by_figures(topic: Topic, match: Match) -> bool | None:
    """Whether what is asked about lies to the side of the question's bound or date that it asks about; None where no figure tells."""
    for told in (passes_bound, lies_beyond, lies_beyond_limit, lies_in_time, is_larger):
        if (held := told(topic, match)) is not None:
            return held
    return False if counts_none(topic, match) else None
