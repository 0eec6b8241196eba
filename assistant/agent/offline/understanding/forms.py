"""What form of answer a question wants: a reason, a person, a time, a place, a number, a yes or no; else ``what``."""

from __future__ import annotations

import re

from assistant.agent.offline.understanding.kinds import wanted_kinds

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
_OPENING = re.compile(rf"\W*(?:(?:so|and|but|ok|hey|hi|since\b.*,|if\b.*,)\W*)*(?:{dict(_FORMS)['yesno']})", re.IGNORECASE)
# A question behind what leads to it, "in arm B, did they live longer?", where nothing is asked before.
_VERB = "is|are|was|were|am|did|does|do|has|have|had|can|could|may|will|would"
_LED = re.compile(
    rf"(?!.*\b(?:what|which|how|why|who|whose|whom|where)\b)[^?]*[,;:.!]\s+(?:(?:so|and|but|then|ok)\s+)?(?:{_VERB})\s+(?!not\b)\w[^?]*\?*\s*",
    re.IGNORECASE,
)
# "R they", "ok to", "anything new".
_LOOSELY = re.compile(
    r"\W*(?:r (?:they|you|we|u|there|the)\b|(?:ok|okay|fine|safe|allowed) to\b|any(?:thing|one|body) "
    r"(?!(?:on|about|else|new|regarding|of|i|we|you|to|in|from|for)\b))",
    re.IGNORECASE,
)
# A noun and where it lies, "pH within limits?", "PFS at least 6 months?", "A vs B, significant?", and no number that is asked for.
_LYING = re.compile(
    r"\W*(?!(?:reason|date|number|name|list|year|time|doses?|how|survival)\b)(?:[\w’'/.()-]+\s+){1,8}?"
    r"(?:(?:above|below|within|outside|out of|at least|at most|(?:long|short|high|low|great|larg|small)er than|(?:more|less|fewer) than)"
    r"\s+[^,;?]+"
    r"|in (?:the )?(?:clinic|use|spec|range|limits?)(?: yet| already)?)\?\s*"
    r"|[^?]*\w,\s(?:(?:statistically )?significant|approved|possible|allowed|safe|better|worse|different|the same)\s*\?\s*",
    re.IGNORECASE,
)
# "How could it be obtained when the burden is high?" asks for no time.
_ASKED_BEFORE = re.compile(r"\b(?:how|what|which|where)\b", re.IGNORECASE)
_ASKED_BEHIND = re.compile(
    r"(?:[,:;]|\s[–—-](?!.*\b(?:what|which|how|why|where|when)\b))\s*(?:is|has|was|did|does|are|were|have|can|do)\s+(?:it|they|that|those|this|these|there|the|any)\b[^?]*\?*$",
    re.IGNORECASE,
)
# A statement that is to be confirmed: "two doses lived longer, right?", "so they got two?".
_TAGGED = re.compile(
    r"(?:[,;]\s*(?:is that |that.?s |am i )?|(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bbe)\s+)"
    r"(?:right|correct|true|yes|no|ok|okay|eh|huh|innit|(?:is|was|are|were|do|did|does|has|have)n.?t (?:it|they|that|he|she|there))\W*$",
    re.IGNORECASE,
)
_TO_CONFIRM = re.compile(r"\W*(?:so|then|and so)\b(?! (?:far|what|much|many|long)\b)[^?]*\?\W*$", re.IGNORECASE)
# A clipped question of what a thing is or whether something was done by now: "platform patented?", "phase 2 already started?". What was
# used or given is asked as a thing: "cell line used?". "Study done with S-9?" asks if it was.
_CLIPPED = re.compile(
    r"\W*(?!(?:reason|date|number|name|list|year)\b)(?:[\w’'/.-]+,?\s+){1,10}?"
    r"(?:(?:patented|proprietary|(?:statistically )?significant|approved"
    r"|licensed|registered|randomi[sz]ed|blinded|published|peer[- ]reviewed|reimbursed|profitable"
    r"|preclinical|placebo[- ]controlled|ongoing|under ?way)(?:\s+(?:yet|already|so far))?"
    r"|already\s+\w+(?:ed|un|wn|en|ne|ld)|(?:\w+(?:ed|un|wn|en|ne)|given)\s+(?:yet|already)"
    r"|(?:done|tested|run|conducted|carried out|approved|licensed|completed)\s+(?:in|with|on|for|by)\s+(?:[\w’'/.-]+\s*){1,4})\s*\?*\s*",
    re.IGNORECASE,
)
# "S-9 = sarcoma?", and no amount that is to be converted.
_EQUATED = re.compile(r"\W*(?!.*(?:^|\s)\d)[\w -]+\s?=\s?[a-z][a-z -]+\W*", re.IGNORECASE)
_HAS_ONE = re.compile(r"\W*(?:(?:is|are) there|do (?:you|they|we) have|(?:can|could|may) i (?:get|have))\b", re.IGNORECASE)


# "Did they live past 60 days when they got two?" asks for no time, and "do patients who relapsed get it?" for nobody.
_TELLING = re.compile(
    r"\b(?:know|knows|known|tell|told|say|says|said|state|stated|explain|mention|see|show|find"
    r"|give (?:me|us|(?:a|the) (?:date|day|time|name|year))"
    r"|clear|idea)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:[,;]|\b(?:and|or))\s*$", re.IGNORECASE)
# "Was it Mr Holm who approved it?"
_CLEFT = re.compile(r"\bit\s+(?:\w+\.?\s+){0,4}$", re.IGNORECASE)
_RELATIVE = frozenset(["who", "when", "where"])


def asks_for_one(question: str) -> bool:
    """Whether it is asked if there is something that is told by its form alone, and which: "is there a phone number?"."""
    return bool(_HAS_ONE.match(question)) and any(kind.sure for kind in wanted_kinds(question, "what"))


def form_of(question: str) -> str:
    """The form that the words of ``question`` show first."""
    opening = _OPENING.match(question)
    for form, pattern in _FORMS:
        if form == "yesno":
            if asks_for_one(question):
                return "what"
            if opening:
                return form
            behind = _ASKED_BEHIND.search(question)
            if (behind and not _ASKED_BEFORE.search(question[: behind.start()])) or _LED.fullmatch(question):
                return form
        elif (asked := re.search(rf"\b(?:{pattern})\b", question, re.IGNORECASE)) and not (
            (form == "when" and _ASKED_BEFORE.search(question[: asked.start()]))
            or (form in _RELATIVE and opening and _is_relative(question, asked))
        ):
            return form
    return "yesno" if _is_to_be_confirmed(question) or _is_clipped(question) else "what"


def _is_relative(question: str, asked: re.Match[str]) -> bool:
    """Whether a "who", "when" or "where" only tells of which case: not in "was it published, and where?", "do you know who said so?"."""
    before, behind = question[: asked.start()], question[asked.end() :]
    return not (_TELLING.search(before) or _CLEFT.search(before) or _JOINED.search(before) or not re.search(r"\w", behind))


def _is_clipped(question: str) -> bool:
    """Whether a question without its verb asks if a thing is so: nothing in it asks which, and it does not only count or time."""
    clipped = _CLIPPED.fullmatch(question) or (question.rstrip().endswith("?") and _EQUATED.fullmatch(question))
    clipped = clipped or _LYING.fullmatch(question) or _LOOSELY.match(question)
    return bool(clipped) and not re.search(r"\b(?:what|which|how|when|where|who|why)\b", question, re.IGNORECASE)


def _is_to_be_confirmed(question: str) -> bool:
    """Whether what is put as a question is a statement, which the sources may deny."""
    asks = re.search(r"\b(?:what|which)\b", question, re.IGNORECASE)
    return not asks and any(form.search(question) for form in (_TAGGED, _TO_CONFIRM))
