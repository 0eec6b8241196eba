"""Which times are lengths, told of what was measured: no days of dosing, steps, spreads, forecasts or common knowledge."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.figures import MONTH, Figure
from assistant.studies.extraction.mentions import Clause

# What stands right before or after a time that is a point, a step or a spread and not a length of life.
_POINT_BEFORE = re.compile(
    r"\b(?:day|days|week|weeks|month|months|every|by|at|within|over|until|after|before|beyond|past|aged?|first|last"
    r"|next|than\s+by|up\s+to|on|q|additional|extra|further|gain\s+of|increase\s+of|"
    r"difference\s+of|benefit\s+of|another|additionally|(?:for|than)\s+(?:more|longer|at\s+least)(?:\s+than)?)\s*(?:an?\s+)?(?:approximately\s+"
    r"|about\s+|~\s*|some\s+|nearly\s+)?$|(?:\u00b1|\+/-|\+-)\s*$",
    re.IGNORECASE,
)
_AFTER_VERB_OK = re.compile(r"\b(?:died|dead|succumbed|euthani[sz]ed)\s+(?:at|after|by)\s*$", re.IGNORECASE)
_AVERAGE_AT = re.compile(r"\b(?:at|after|by|on)\s+(?:an?\s+)?(?:mean|median|average)\s+(?:of\s+)?$", re.IGNORECASE)
_POINT_AFTER = re.compile(
    r"(?:-|\s)*(?:apart|old|ago|earlier|later|longer|shorter|more|less|interval|intervals|follow-?up|of\s+(?:age"
    r"|follow|observation|treatment|dosing|therapy)|half-?li)"
    r"|\s*(?:before|prior|(?:-|\s)*(?:increase|improvement|gain|extension|difference|prolongation|benefit|advantage|reduction))"
    r"|(?:\s*|-)(?:overall\s+)?(?:survival|OS)\s+(?:rates?|probabilit\w+|fractions?|was\s+\d+(?:\.\d+)?\s?%)",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"\b(?:CI|confidence|range|ranging|IQR|interquartile|SD|SE|SEM|interval)\b|\u00b1", re.IGNORECASE)
# "days 0, 7 and 14" are points in time, all of them.
_DAYS_BEFORE = re.compile(r"\b(?:days?|weeks?|months?|d)\s\d+(?:\s*(?:,|&|/|,?\s*and)\s*\d+)*\s*(?:,|&|/|,?\s*and)\s*$", re.IGNORECASE)
_RANGED = re.compile(
    r"\b(?:ranged|ranging|range|varied|between|spanned)\b(?:\s+from)?(?:\s+[\d.]+(?:\s*\w+)?\s+(?:to|and))?\s*$", re.IGNORECASE
)
_SUPPOSED = re.compile(
    r"\b(?:could|would|(?-i:may)|might|should|expect\w*|anticipat\w*|project(?:s|ed|ions?)|predict\w*|forecast\w*"
    r"|assum\w*|hypothes\w*|simulat\w*|estimated\s+to|aims?|goal|target(?:ed)?\s+of|if|"
    r"hope[sd]?|believes?|designed\s+to|intend\w*|will|plan(?:s|ned)?|model(?:l)?ed|powered)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    rf"\b(?:histor\w+|wrote|erroneous\w*|incorrect\w*|mistaken\w*|misprint\w*|in\s+error|should\s+(?:have\s+)?read|previously(?!\s+(?:reported|stated|given|announced)\b[^.;]*\bas\b)|(?:prior|earlier|previous)\s+(?:study|studies|reports?|trials?)\s+(?:by|of|from)\b|prior\s+(?:studies|reports?|trials?)|literature|published(?!\s+in\s+(?:early\s+|late\s+)?{MONTH}\s*,)|(?:had|has|have)\s+(?:earlier|already)\s+\w+ed|(?:earlier|already)\s+(?:reported|announced|published)|reported\s+(?:by|elsewhere"
    r"|for)|typically|typical|generally|usually|known\s+to|prognosis|registry|"
    r"natural\s+history|standard\s+chemotherapy|in\s+the\s+(?:\w+\s+)?trial\s+by|independent(?:ly)?|competitor\w*"
    r"|epidemiolog\w+|nationwide|worldwide|et\s+al|preliminary\s+ones|(?:replac|supersed)(?:e|es|ed)\s+(?:the|those|by)|(?:another|other)\s+compan(?:y|ies)|by\s+others|collaborators?|(?:other|another)\s+(?:laborator\w+|teams?|institutions?)|and\s+(?:colleagues|co-?workers))\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\bet\s+al\b|\b(?:and\s+(?:colleagues|co-?workers)|by\s+others|(?:another|other)\s+(?:groups?\s+of\s+researchers|laborator\w+|teams?))\b",
    re.IGNORECASE,
)
"""The words for authors other than those of the document."""
_PRESENT = re.compile(r"\b(?:is|are|has|have|remains?|ranges\s+(?:from|between)|stands?)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|rose|fell|gave|lasted|died|reported|corrected|verified|achieved|reached|experienced|showed|survived|lived|resulted|increased|prolonged|extended"
    r"|improved|averaged|received|given|observed|produced|led|demonstrated|yielded)\b",
    re.IGNORECASE,
)


# "reported in March as 58 days": a figure that another replaces.
_SUPERSEDED = re.compile(
    r"\b(?:reported|stated|given|published|announced|described|recorded)\s+(?:\w+\s+){0,4}?as\s+(?:being\s+)?$|\b(?:instead\s+of|rather\s+than|and\s+not)\s+(?:the\s+)?$",
    re.IGNORECASE,
)

# "The median is now 40 days", "corrected to 30 and 40 days": figures that stand for those told before, right behind the words for it.
_REPLACES = re.compile(
    r"(?:\b(?:is|are)\s+(?:therefore\s+|thus\s+)?now|\b(?:corrected|revised|restated|amended|recalculated)\s+(?:from\s+[\d.]+\s+(?:\w+\s+)?)?"
    r"(?:\w+\s+)?(?:to|as)|\bcorrect(?:ed)?\s+(?:values?|figures?|numbers?|times?|medians?|means?)\s+(?:is|was|are|were|of))"
    r"(?:\s+(?:an?|the|about|approximately|given|stated|put|as|at|of|mean|median|survival))*\s+"
    r"(?:\d[\d.]*(?:\s+(?:days?|weeks?|months?))?(?:\s*,\s*(?:and\s+)?|\s+and\s+))*$",
    re.IGNORECASE,
)


def replaces(clause: Clause, start: int) -> bool:
    """Whether the figure at ``start`` is said to stand for one that was given before."""
    return _REPLACES.search(clause.before(start)) is not None


@lru_cache(maxsize=1024)  # several readers ask it of each sentence
def supposed(clause: Clause) -> bool:
    """Forecasts, and what is said of a disease or of other people's trials in general."""
    if _SUPPOSED.search(clause.text) or _BACKGROUND.search(clause.text):
        return True
    told = _PAST.search(clause.text) or any(replaces(clause, figure.start) for figure in clause.figures)
    return bool(_PRESENT.search(clause.text)) and not told


def is_length(clause: Clause, figure: Figure) -> bool:
    """Whether a time is a length and neither a point in time, a step, a spread nor a range."""
    if not figure.value:
        return False
    before, after = clause.before(figure.start), clause.after(figure.end)
    bracket = clause.bracket_of(figure.start)
    if _SUPERSEDED.search(before) or (figure.text.isdigit() and _DAYS_BEFORE.search(before)):
        return False
    if bracket and _SPREAD.search(clause.page.text, bracket[0], figure.start):
        return False
    if _RANGED.search(before) or (re.match(r"\s*(?:\u00b1|\+/-)", after) and not figure.unit):
        return False
    if _POINT_BEFORE.search(before) and not (_AVERAGE_AT.search(before) or _AFTER_VERB_OK.search(before)):
        return False
    return not _POINT_AFTER.match(after) and not _spans_range(clause, figure)


def _spans_range(clause: Clause, figure: Figure) -> bool:
    """ "20-34 days" and "20 to 34 days" are ranges; "from 20 to 34 days" is a change."""
    before, after = clause.before(figure.start), clause.after(figure.end)
    if re.match(r"\s?-\s?\d", after) or re.search(r"\d\s?-\s?$", before):
        return True
    if re.match(r"\s+to\s+\d", after):
        return not re.search(r"\bfrom\s+(?:an?\s+(?:mean|median)\s+of\s+)?$", before)
    return bool(re.search(r"\d(?:\s+days|\s+weeks|\s+months)?\s+to\s+$", before) and not re.search(r"\bfrom\s+[^;]{0,60}$", before))
