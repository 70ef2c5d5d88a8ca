-- Who could not be told of what is published, while it lasts.

PRAGMA user_version = 20;

CREATE TABLE delivery (
    name TEXT PRIMARY KEY,     -- post_publish, hub
    since INTEGER NOT NULL,
    reported INTEGER NOT NULL, -- when the operator was told last
    error TEXT NOT NULL
) STRICT, WITHOUT ROWID;
