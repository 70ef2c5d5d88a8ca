-- Complaints about the editor's decisions that were told already.

PRAGMA user_version = 9;

CREATE TABLE told (
    hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
