-- What was answered, and what people thought of it; the statements are those for the files of a home.

CREATE TABLE answers (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX answers_of_conversation ON answers (conversation, number);

CREATE TABLE feedback (
    answer_key TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    feedback TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY
);
-- A key has a whole question in it, which is longer than an index takes.
CREATE UNIQUE INDEX feedback_once ON feedback (md5(answer_key), given_by);
