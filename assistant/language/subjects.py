"""What those are called who are treated in a study, as patterns: mice, dogs, patients."""

SUBJECT = "(?:mouse|rat|dog|cat|monkey|macaque|primate|pig|minipig|rabbit|hamster|animal|patient|subject|participant|volunteer|man|woman)"
"""One of them. "Human" and "adult" stand before other nouns more often."""
SUBJECTS = (
    "(?:mice|rats|dogs|cats|monkeys|macaques|primates|pigs|minipigs|swine|rabbits|hamsters|animals|littermates|patients|subjects"
    "|participants|volunteers|humans|people|men|women|children|adults)"
)
"""Several of them."""
