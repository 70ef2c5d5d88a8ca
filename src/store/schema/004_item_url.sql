-- The editor names an item by its address too.
CREATE INDEX item_url ON item (url);

PRAGMA user_version = 4;
