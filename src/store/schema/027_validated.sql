-- Where a document's validators are from, when a redirect led there.

PRAGMA user_version = 27;

ALTER TABLE document ADD COLUMN validated TEXT NOT NULL DEFAULT '';
