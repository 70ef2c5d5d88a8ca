-- A new item's story is noted by the statement behind its insert
-- (store_press.c), since a trigger doubled what that took.

PRAGMA user_version = 30;

DROP TRIGGER item_new;
