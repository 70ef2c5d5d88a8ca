-- Finds reports of one event: terms of the titles of the last days' items.

PRAGMA user_version = 5;

CREATE TABLE event_key (
    hash INTEGER NOT NULL,
    item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
    PRIMARY KEY (hash, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_key_item ON event_key (item);
