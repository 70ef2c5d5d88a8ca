-- What the last document of a feed listed: of each entry the hash of its draft (16
-- bytes), the item it became and when that was seen (8 bytes each, big-endian), so
-- that an entry that comes again as it was needs nothing made of it.

PRAGMA user_version = 28;

CREATE TABLE listed (
    source INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
    entries BLOB NOT NULL
) STRICT;

-- It says nothing any more once an item is not what it was, whoever wrote it.

CREATE TRIGGER listed_item_other AFTER UPDATE OF whole ON item
WHEN new.whole IS NOT old.whole
BEGIN
    DELETE FROM listed WHERE source = old.source;
END;

CREATE TRIGGER listed_item_gone AFTER DELETE ON item
BEGIN
    DELETE FROM listed WHERE source = old.source;
END;

CREATE TRIGGER listed_body_gone AFTER DELETE ON body
BEGIN
    DELETE FROM listed
        WHERE source = (SELECT source FROM item WHERE id = old.item);
END;
