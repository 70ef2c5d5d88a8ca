-- What an event's numbers mean has changed (sorts of action, rare terms): those
-- stored before are read anew from their items when they are asked for.

PRAGMA user_version = 25;

UPDATE sketch SET event = NULL;
