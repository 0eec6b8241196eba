"""The model that needs no model. A question goes through its rooms in one direction, which the import contract of pyproject.toml keeps:

``model``, ``turn`` and ``decision``   messages → the next message: tool calls, or a draft of cited sentences
``reply``                             what is looked up, then what is said of each part of the question
``absent``, ``narrowing``, ``settling``   what nothing has; a name beside the studies; whether studies or sentences answer
``answers``                           what each aspect calls for and says: survival, benefit, decay; ``answers/text.py`` quotes
``deriving``                          calculations of stated figures: which figures, which operation, whether both are meant
``verdicts``                          Yes or No: whether a sentence affirms or denies what is asked
``sentences``                         which sentence of the found passages answers, and whether it says enough of what is asked
``understanding``                     question → topic: aspect, studies and arms, form, unit, figures; follow-ups
``phrasing``, ``findings``, ``encoders``   how facts are worded; what the tools brought; what turns texts into vectors

To follow one question read ``reply.next_step``, then ``understanding/topic.py``, ``answers/__init__.py`` for its aspect and, where no
study answers, ``sentences/lookup.py``.
"""
