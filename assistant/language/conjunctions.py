"""Words at which a sentence goes over to something else, as parts of regular expressions: no groups, lower case."""

from __future__ import annotations

import re

# They open a clause that tells of something else.
CONTRASTING = r"\b(?:but|while|whereas|although|though)\b"
# Where a sentence goes over to its next clause.
NEXT_CLAUSE = re.compile(rf";|,\sand\s|{CONTRASTING}", re.IGNORECASE)
# Behind them stands what is compared with.
COMPARING = r"\b(?:versus|vs|against|than|compared (?:with|to))\b\.?"
# Between what is compared and what it is compared with stands one of these in a question, verbs among them.
SET_APART = (
    r"\b(?:versus|vs\.?|v\.?|over|than|against|compare[sd]?\s+(?:to|with)|relative\s+to|instead\s+of|rather\s+than|exceed(?:s|ed)?|beat(?:s|en)?"
    r"|outliv(?:e|es|ed)|outlast(?:s|ed)?|outperform(?:s|ed)?|surpass(?:es|ed)?)(?!\w)"
)
