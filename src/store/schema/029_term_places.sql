-- A term of an event says whether it stands in the title, the text or both: those
-- stored before are read anew from their items when they are asked for.

PRAGMA user_version = 29;

UPDATE sketch SET event = NULL;
