-- A number of an event says what it is near and whether it is exact, and words of Han
-- and kana are of fields: events stored before are read anew from their items when they
-- are asked for.

PRAGMA user_version = 36;

UPDATE sketch SET event = NULL;
