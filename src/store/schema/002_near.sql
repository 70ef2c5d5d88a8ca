-- Finds near copies: the smallest hashes of each item's sketch.  Items stored
-- before are found by their address and whole text only.

PRAGMA user_version = 2;

CREATE TABLE sketch_key (
    hash INTEGER NOT NULL,
    item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
    PRIMARY KEY (hash, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_key_item ON sketch_key (item);
