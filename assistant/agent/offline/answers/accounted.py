"""What the rows of a statement of accounts give, quoted and calculated; a row alone where what is taken to have risen fell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.answers.worked import result_amount
from assistant.agent.offline.deriving.accounted import Accounted, accounted
from assistant.agent.offline.deriving.accounts import accounts
from assistant.agent.offline.deriving.labelled import labelled
from assistant.agent.offline.deriving.wanted import asks_amount, wanted
from assistant.agent.offline.deriving.within_year import within_year
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import missing, phrase
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.scope import names_in, scope
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.periods import periods
from assistant.language.written import rounded

# The name of a column that may be a period.
_OF_PERIODS = re.compile(r"\|[^|\n]*\b(?:19|20)\d\d[^|\n]*\|")
_SCALES = {1000: "thousands", 1_000_000: "millions"}


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The calculation, once the passages are found."""
    found = _found(topic, findings, encode)
    return [_call(found)] if found and found.expression else []


def say(topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
    """The rows, quoted, and what their cells give; nothing where the question names no row."""
    found = _found(topic, findings, encode)
    if found is None:
        return []
    matches = tuple(dict.fromkeys([*(each.match for each in found.inputs), *found.beside]))
    if found.lacking:
        return [missing("period", name=found.lacking), *quotes(matches, phrase("nearest"), findings)]
    said = list(quotes(matches, "", findings))
    working = findings.working(_call(found)) if found.expression else None
    if working is None:
        return said if not found.expression else []
    (result,) = working.results
    written_out = found.scale > 1 and found.kind in ("difference", "total", "quotient")
    plain = found.kind in ("difference", "total", "quotient")
    amount = rounded(result.value) if plain else result_amount(result)
    known = f"accounted_{found.kind}" if written_out else f"worked_{found.kind}"
    return [*said, phrase(known, amount=amount, scale=_SCALES.get(found.scale, ""), mark=findings.mark(_call(found)))]


def _found(topic: Topic, findings: Findings, encode: Encode) -> Accounted | None:
    texts = (f"{source.passage.columns or ''}\n{source.passage.text}" for source in findings.evidence.sources)
    if not asks_amount(topic) or not any(map(_OF_PERIODS.search, texts)):
        return None
    asked = wanted(topic.question, topic.units, topic.figures, names_in(topic, findings.evidence.sources))
    if asked is None and not periods(topic.question) and "month" not in topic.units:
        return None
    within = scope(topic, findings.evidence.sources, whole=True)
    matches = [match for match in matches_of(topic, findings, encode) if findings.document_of(match.unit.source).id in within]
    rows = [match for match in matches if match.unit.columns]
    elsewhere = {period for match in matches if not match.unit.columns for period in periods(match.unit.text)} if rows else set()
    known = accounts(labelled(rows, findings))
    if not known:
        return None
    told = [match for match in matches if not match.unit.columns and not match.unit.title]
    return within_year(topic.question, known, told) or (accounted(asked, known, elsewhere) if asked else None)


def _call(found: Accounted) -> Call:
    return call("calculate", expression=found.expression)
