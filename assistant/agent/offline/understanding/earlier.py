"""Whether a question of decay asks for the activity before the time of the stated one: what must be ordered, what it was two days ago."""

from __future__ import annotations

import re

from assistant.agent.offline.understanding.cues import signals
from assistant.language.figures import figures
from assistant.language.units import ACTIVITY_UNITS

# From where it is asked for an amount.
AMOUNT = re.compile(
    r"\b(?:how (?:much|many|strong|active|radioactive|hot)|which (?:activity|amount)|order (?:size|quantity)"
    r"|what(?:['’]s| (?:activity|amount|radioactivity|is|was|will|would|do|must|should|has to|did"
    r"|fraction|share|percent(?:age)?|%))?)(?!\w)",
    re.IGNORECASE,
)
# "How much of the initial 50 uCi", "what is left of it": what is asked for is a part of what is given.
_PART = re.compile(
    r"\W*(?:how (?:much|many \w+)|what(?: fraction| share| percent(?:age)?| %)?)"
    r"(?:\s+(?:is|are|was|were|will be|would be|['’]s))?(?:\s+still)?(?:\s+(?:left|remain\w*|there))*"
    r"\s+of\s+(?:the|a|an|this|that|my|our|its|each|initial|original|\d)",
    re.IGNORECASE,
)
# "How much of 1 mCi was there 24 hours earlier?" is no part of it.
_OF_FIGURE = re.compile(r"\W*how much\s+of\s+\d", re.IGNORECASE)
# What is asked for is there at first: "must it hold", "at calibration", "to start with".
_AT_FIRST = re.compile(
    r"\b(?:order(?:ed)?|at (?:the time of )?(?:calibration|dispatch|shipping|shipment|delivery|the (?:start|beginning|reference))"
    r"|calibrated (?:for|to|activity)|start(?:ing)?(?: out)? (?:with|from|activity)|begin with|original(?:ly)?|initial(?:ly)?|at first"
    r"|(?:must|should|needs? to|ha(?:s|ve) to|do|does|can|to)\s+(?:(?:it|i|we|one|they|you|be|the \w+)\s+)?(?:need to\s+|have to\s+)?"
    r"(?:hold|contain|ship|dispense|prepare|draw up|load|fill|order|buy|calibrate|deliver|supply|delivered|supplied|shipped|available)"
    r"|dispensed?)\b",
    re.IGNORECASE,
)
# What is given is there later: "needed at injection", "to have 50 uCi".
_LATER = re.compile(
    r"\b(?:need(?:s|ed)?|want(?:s|ed)?|requir(?:e|es|ed)|must be|should be|has to be|so that|gives?|yields?|leaves?|provides?|remains?"
    r"|to (?:have|inject|give|get|administer|end up with|be left with|leave)|at (?:the time of )?(?:injection|administration|use)"
    r"|(?:is|are) (?:still )?left)\b",
    re.IGNORECASE,
)
# "What was it two days ago?"; up to the second dose it is what is left of the first.
_AGO = re.compile(
    r"\b(?:was|were|had|did|has been)\b.*?\d?[\w-]+\s+"
    r"(?:ago|earlier|before(?!\s+(?:the\s+)?(?:second|2nd|next|last)\b)|previously|back)\b",
    re.IGNORECASE,
)
# "What activity 8 days before would give 50 uCi?", "24 hours earlier": so long before what is given.
_AHEAD = re.compile(
    r"\b(?:days?|hours?|weeks?|d|h|hrs?|min(?:ute)?s?)\s+(?:earlier|ahead|beforehand|before(?!\s+(?:the\s+)?(?:second|2nd|next|last)\b))",
    re.IGNORECASE,
)
# What was done so long ago with the activity that is given.
_DONE = re.compile(
    r"\b(?:if|when|which|that|after|and|of)\b.*\b(?:calibrated|ordered|delivered|shipped|measured|prepared|received|injected|given|dosed)\b",
    re.IGNORECASE,
)


def asks_earlier(question: str) -> bool:
    """Whether an activity is asked for that has decayed to the stated one."""
    *_, asked = [None, *AMOUNT.finditer(question)]
    if asked is None or not any(figure.unit in ACTIVITY_UNITS for figure in figures(question)):
        return False
    clause = question[asked.start() :]
    was = _AGO.search(clause)
    if _PART.match(clause) and not (_OF_FIGURE.match(clause) and was and "left_over" not in signals(clause)):
        return False
    if (ahead := _AHEAD.search(clause)) and (later := _LATER.search(clause, ahead.end())) and "left_over" not in signals(clause):
        return any(figure.unit in ACTIVITY_UNITS for figure in figures(clause[later.end() :]))
    ago = was is not None and "left_over" not in signals(clause) and not _DONE.search(was.group())
    return ago or bool(_AT_FIRST.search(clause) and _LATER.search(question))
