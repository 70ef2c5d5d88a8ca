-- What the last press made of each topic's stories, so that the next one makes
-- only what was touched anew (mill/recall.c).  A topic without a row makes all.

PRAGMA user_version = 31;

CREATE TABLE pressed (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL UNIQUE,
    stories BLOB NOT NULL
) STRICT;

-- Entries of other topics' stories name a source as one that reported the same.
CREATE TRIGGER source_renamed AFTER UPDATE OF name, title ON source
WHEN EXISTS (SELECT 1 FROM press)
    AND (old.name, old.title) IS NOT (new.name, new.title)
BEGIN
    INSERT INTO unpressed SELECT DISTINCT story FROM item
        WHERE source = new.id AND story NOT IN (SELECT story FROM unpressed);
END;
