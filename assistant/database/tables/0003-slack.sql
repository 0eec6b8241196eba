-- The queue of the team's bots.

CREATE TABLE events (id TEXT PRIMARY KEY, seen DOUBLE PRECISION NOT NULL);
CREATE INDEX events_by_time ON events (seen);

CREATE TABLE tasks (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane TEXT NOT NULL,
    message TEXT UNIQUE,
    task TEXT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    outcome TEXT,
    stale INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    asked DOUBLE PRECISION NOT NULL,
    arrived DOUBLE PRECISION NOT NULL,
    began DOUBLE PRECISION,
    not_before DOUBLE PRECISION NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    answer TEXT
);
CREATE INDEX open_tasks ON tasks (lane, asked, number) WHERE state IN ('waiting', 'working');

CREATE TABLE posts (
    task BIGINT NOT NULL,
    part INTEGER NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT,
    streams INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task, part)
);

CREATE TABLE threads (key TEXT PRIMARY KEY, conversation TEXT NOT NULL, used DOUBLE PRECISION NOT NULL);
