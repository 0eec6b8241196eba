"""Which arms lived longer or shorter than a time that the question sets, or just so long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.answers.survival import sentences_on
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.phrasing import missing
from assistant.agent.offline.understanding.bounds import holds, is_above, is_bound
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.language.units import TIME_UNITS


def say(topic: Topic, findings: Findings) -> Sequence[str]:
    """The arms that did; that there is none. A "did any" gets its yes or no first, and all arms where none did."""
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS]
    chosen = selected(topic)
    if len(times) != 1:
        return sentences_on(topic, findings, chosen)
    kept = tuple(
        (study, arm)
        for study, arm in chosen.arms
        if (lived := arm.survival) and lived.unit == times[0].unit and holds(lived.value, times[0])
    )
    if topic.form == "yesno":
        said = sentences_on(topic, findings, replace(chosen, arms=kept or chosen.arms))
        open_ended = not kept and not all(arm.survival for _, arm in chosen.arms)  # who has not died yet may have lived so long
        return [f"{verdict(topic, held=bool(kept))} {said[0]}".strip(), *said[1:]] if said and not open_ended else said
    if not kept:
        return [missing("below" if is_bound(times[0]) and not is_above(times[0]) else "above", amount=" ".join(times[0].text.split()))]
    return sentences_on(topic, findings, replace(chosen, arms=kept))
