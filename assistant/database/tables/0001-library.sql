-- The library. Rows are of those ingests whose number lies in [since, until); since is null until an ingest is published.

CREATE TABLE store (
    single BOOLEAN PRIMARY KEY DEFAULT true CHECK (single),
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    encoder TEXT,
    spelling TEXT,
    passages BIGINT NOT NULL DEFAULT 0,
    tokens BIGINT NOT NULL DEFAULT 0
);
INSERT INTO store DEFAULT VALUES;

CREATE TABLE ingests (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number BIGINT UNIQUE,
    began TIMESTAMPTZ NOT NULL DEFAULT now(),
    published TIMESTAMPTZ
);

CREATE TABLE texts (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    date TEXT,
    sha256 TEXT NOT NULL UNIQUE,
    characters INTEGER NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE documents (
    key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT NOT NULL REFERENCES texts (id),
    position BIGINT,
    ingest BIGINT NOT NULL REFERENCES ingests (id),
    facts_version TEXT,
    superseded_by TEXT,
    old_path TEXT,
    old_url TEXT,
    since BIGINT,
    until BIGINT
);
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX documents_staged ON documents (ingest) WHERE since IS NULL;
CREATE INDEX documents_ended ON documents (until) WHERE until IS NOT NULL;
CREATE UNIQUE INDEX documents_once ON documents (id) WHERE since IS NOT NULL AND until IS NULL;

CREATE TABLE sources (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position BIGINT,
    location TEXT NOT NULL,
    path TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES texts (id),
    url TEXT,
    file_sha256 TEXT,
    reader TEXT,
    since BIGINT NOT NULL,
    until BIGINT
);
CREATE UNIQUE INDEX sources_once ON sources (location) WHERE until IS NULL;
CREATE INDEX sources_by_document ON sources (document);

CREATE TABLE passages (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document BIGINT NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    key TEXT NOT NULL,
    page INTEGER,
    section TEXT,
    columns TEXT,
    length INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    terms TSVECTOR NOT NULL
);
CREATE INDEX passages_by_document ON passages (document, start);
CREATE INDEX passages_by_id ON passages (id);
CREATE INDEX passages_by_key ON passages (key);
CREATE INDEX passages_by_term ON passages USING gin (terms);

CREATE TABLE facts (
    document BIGINT NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (document, number)
);

-- A vector that stands here is in Chroma too.
CREATE TABLE vectors (key TEXT PRIMARY KEY, vector BYTEA NOT NULL);

CREATE TABLE vocabulary (term TEXT PRIMARY KEY, passages BIGINT NOT NULL);
CREATE INDEX vocabulary_by_beginning ON vocabulary (term text_pattern_ops);
CREATE INDEX vocabulary_by_end ON vocabulary (reverse(term) text_pattern_ops);
