-- What a topic shows of an entry, and since when: another topic may show another
-- member of the story, more of it, or other words of the editor's.  An entry that
-- has no row yet is of the time that the entry has.

PRAGMA user_version = 34;

CREATE TABLE shown (
    story INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    topic TEXT NOT NULL,
    content BLOB NOT NULL, -- of all that the source and the editor say
    seen BLOB NOT NULL,    -- of that which the topic publishes
    updated INTEGER NOT NULL,
    updated_zone INTEGER,
    updated_precision INTEGER NOT NULL,
    PRIMARY KEY (story, topic)
) STRICT, WITHOUT ROWID;

ALTER TABLE entry DROP COLUMN content;
