"""Question and findings → what the rows of a statement of accounts give, of one period or several."""

from __future__ import annotations

import re

from assistant.agent.offline.deriving.accounted import accounted
from assistant.agent.offline.deriving.accounts import accounts
from assistant.agent.offline.deriving.labelled import labelled
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.wanted import asks_amount, wanted
from assistant.agent.offline.deriving.within_year import within_year
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.scope import names_in, scope
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.periods import periods

# The name of a column that may be a period.
_OF_PERIODS = re.compile(r"\|[^|\n]*\b(?:19|20)\d\d[^|\n]*\|")


def of_statement(topic: Topic, findings: Findings, encode: Encode) -> Composed | None:
    """None where the question names no row."""
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
