-- What an item's title and first words say of an event, so that they need not
-- be read again for each item that may report the same.

-- Numbers of 8 bytes as in hashes: the title's marks, then its terms
-- (store_near.c); NULL of items stored before, whose text is read.
ALTER TABLE sketch ADD COLUMN event BLOB;

-- The hashes of terms have lost their last four bits.
UPDATE OR REPLACE event_key SET hash = hash & -16;

PRAGMA user_version = 11;
