"""What a sentence goes on with: the arm told of before it, the unit over its list, or the work of other authors."""

from __future__ import annotations

import re

from assistant.studies.extraction.drafts import ArmDraft
from assistant.studies.extraction.endpoints import list_unit
from assistant.studies.extraction.lengths import OTHERS
from assistant.studies.extraction.mentions import Clause

# "Ten cats received 20 MBq. They lived …": those of the sentence before.
_OF_THEM = re.compile(
    r"\W*(?:They|These|Those|Their|This\s+(?:group|arm|cohort)|(?:Its|The\s+group's)\s+(?:median|mean)"
    r"|(?:The\s+)?[Cc]orrect(?:ed)?\s+(?:value|figure|number|time|median|mean))\b"
)
_THEIRS = re.compile(r"\W*(?:Their|Theirs|They|His|Her|In\s+their)\b")
# "- Cohort 1: 20 MBq, 3 patients. Median survival 9 months."
_OF_ITEM = re.compile(r"\W*(?:(?:median|mean)\s+)?(?:overall\s+)?(?:survival|OS)\b", re.IGNORECASE)
# "Median survival (months): 23.9", a line of a record.
_RECORD = re.compile(r"(?:(?:median|mean)\s+)?(?:overall\s+)?(?:survival|OS)\s*\([^()]*\)\s*:", re.IGNORECASE)


class Thread:
    """Follows a document sentence by sentence beside its context; ``unit`` is that of the list a sentence stands in."""

    def __init__(self) -> None:
        self.unit = ""
        self._told: tuple[int, list[ArmDraft]] = (-1, [])
        self._others = -1

    def follow(self, clause: Clause) -> bool:
        """Moves on; False where a sentence goes on with other authors' work: "Berg and colleagues gave 100 MBq. Their mice …"."""
        self.unit = list_unit(clause) or (self.unit if clause.kind == "item" else "")
        if OTHERS.search(clause.text):
            self._others = clause.block
        return self._others != clause.block or _THEIRS.match(clause.text) is None

    def tell(self, clause: Clause, arms: list[ArmDraft]) -> None:
        """Keeps the arms that a sentence told of."""
        self._told = (clause.block, arms)

    def goes_on_with(self, clause: Clause) -> list[ArmDraft]:
        """The one arm that the sentence before told of, or the record above, where this one only goes on with it."""
        block, arms = self._told
        near = clause.block - block
        goes_on = (near == 0 and _OF_THEM.match(clause.text)) or (near < 3 and _RECORD.match(clause.text))
        goes_on = goes_on or (near == 0 and clause.kind == "item" and _OF_ITEM.match(clause.text))
        return arms if goes_on and len(arms) == 1 and arms[0].life is None else []
