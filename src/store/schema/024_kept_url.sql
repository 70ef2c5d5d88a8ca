-- The address of an article that was published finds it when its item is long
-- forgotten.

PRAGMA user_version = 24;

ALTER TABLE kept ADD COLUMN url_key TEXT; -- empty: none; NULL: not looked up yet
CREATE INDEX kept_url ON kept (topic, url_key);
