"""What form of answer a question wants: a reason, a person, a time, a place, a number, a yes or no; else ``what``."""

from __future__ import annotations

import re

from assistant.agent.offline.kinds import wanted_kinds

_FORMS = (
    ("why", r"why|how come|what makes|reason|rationale|motivation|explain why|what explains"),
    ("who", r"who|whom|whose"),
    ("when", r"when|what date|which date|what year|which year|what day was"),
    ("where", r"where|which city|what city|which state|what state|which country|what country"),
    ("how many", r"how many|how much|number of|how often"),
    (
        "yesno",
        r"(?:any|is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)(?:n.?t)?(?=\s)"
        r"|whether(?=\s)|(?:same|identical|different)(?=\s(?:\w+\s){1,6}(?:both|two)\b)",
    ),
)
# "How could it be obtained when the burden is high?" asks for no time.
_ASKED_BEFORE = re.compile(r"\b(?:how|what|which|where)\b", re.IGNORECASE)
_ASKED_BEHIND = re.compile(
    r"[,:;]\s*(?:is|has|was|did|does|are|were|have|can|do)\s+(?:it|they|that|this|there|the|any)\b[^?]*\?*$", re.IGNORECASE
)
# A statement that is to be confirmed: "two doses lived longer, right?", "so they got two?".
_TAGGED = re.compile(
    r"(?:[,;]\s*(?:is that |that.?s |am i )?|(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bbe)\s+)"
    r"(?:right|correct|true|yes|no|ok|okay|eh|huh|innit|(?:is|was|are|were|do|did|does|has|have)n.?t (?:it|they|that|he|she|there))\W*$",
    re.IGNORECASE,
)
_TO_CONFIRM = re.compile(r"\W*(?:so|then|and so)\b(?! (?:far|what|much|many|long)\b)[^?]*\?\W*$", re.IGNORECASE)
_HAS_ONE = re.compile(r"\W*(?:(?:is|are) there|do (?:you|they|we) have|(?:can|could|may) i (?:get|have))\b", re.IGNORECASE)


def form_of(question: str) -> str:
    """The form that the words of ``question`` show first."""
    for form, pattern in _FORMS:
        if form == "yesno":
            if _HAS_ONE.match(question) and any(kind.sure for kind in wanted_kinds(question, "what")):
                return "what"  # "is there a phone number" wants it
            if re.match(rf"\W*(?:(?:so|and|but|ok|hey|hi|since\b.*,|if\b.*,)\W*)*(?:{pattern})", question, re.IGNORECASE):
                return form
            if _ASKED_BEHIND.search(question):
                return form
        elif (asked := re.search(rf"\b(?:{pattern})\b", question, re.IGNORECASE)) and not (
            form == "when" and _ASKED_BEFORE.search(question[: asked.start()])
        ):
            return form
    return "yesno" if _is_to_be_confirmed(question) else "what"


def _is_to_be_confirmed(question: str) -> bool:
    """Whether what is put as a question is a statement, which the sources may deny."""
    asks = re.search(r"\b(?:what|which)\b", question, re.IGNORECASE)
    return not asks and any(form.search(question) for form in (_TAGGED, _TO_CONFIRM))
