"""Words at which a sentence goes over to something else, as parts of regular expressions: no groups, lower case."""

from __future__ import annotations

# They open a clause that tells of something else.
CONTRASTING = r"\b(?:but|while|whereas|although|though)\b"
# Behind them stands what is compared with.
COMPARING = r"\b(?:versus|vs|against|than|compared (?:with|to))\b\.?"
