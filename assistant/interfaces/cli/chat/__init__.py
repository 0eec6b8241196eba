"""``assistant chat``: questions and answers in a terminal."""
