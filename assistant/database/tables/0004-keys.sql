-- The API keys of the HTTP interface: never a key itself, only its SHA-256.

CREATE TABLE api_keys (name TEXT PRIMARY KEY, digest TEXT NOT NULL, made_at TEXT NOT NULL);
