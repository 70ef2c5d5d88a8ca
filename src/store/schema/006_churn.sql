-- Fetches on end at which all entries of a source had changed.

PRAGMA user_version = 6;

ALTER TABLE source ADD COLUMN churned INTEGER NOT NULL DEFAULT 0;
