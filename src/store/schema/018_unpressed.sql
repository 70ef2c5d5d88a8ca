-- What a press shows and was written since the last one, story by story and
-- source by source, so that only the topics it touches are pressed.  Nothing is
-- noted while no press stands: the next one makes all anew.

PRAGMA user_version = 18;

DELETE FROM press;

-- When the clock alone makes another edition of the topic; 0: it is to be made
-- anew in any case.
ALTER TABLE topic ADD COLUMN until INTEGER NOT NULL DEFAULT 0;

CREATE TABLE unpressed (story INTEGER PRIMARY KEY) STRICT;
CREATE TABLE unpressed_source (source INTEGER PRIMARY KEY) STRICT;

-- (An OR IGNORE in a trigger would give way to the conflict clause of the statement
-- that sets it off.)

CREATE TRIGGER item_new AFTER INSERT ON item
WHEN EXISTS (SELECT 1 FROM press)
BEGIN
    INSERT INTO unpressed SELECT new.story
        WHERE new.story NOT IN (SELECT story FROM unpressed);
END;

-- All but last_seen, which every fetch may move, and what no edition shows.
CREATE TRIGGER item_other AFTER UPDATE OF source, story, is_lead, why, state,
    published, published_zone, published_precision, date_is_first_seen, updated,
    updated_zone, updated_precision, content, title, url, guid, language,
    site_name, origin, origin_url ON item
WHEN EXISTS (SELECT 1 FROM press)
BEGIN
    INSERT INTO unpressed SELECT old.story
        WHERE old.story NOT IN (SELECT story FROM unpressed);
    INSERT INTO unpressed SELECT new.story
        WHERE new.story NOT IN (SELECT story FROM unpressed);
    INSERT INTO unpressed_source SELECT old.source
        WHERE old.source NOT IN (SELECT source FROM unpressed_source);
END;

CREATE TRIGGER item_gone AFTER DELETE ON item
WHEN EXISTS (SELECT 1 FROM press)
BEGIN
    INSERT INTO unpressed SELECT old.story
        WHERE old.story NOT IN (SELECT story FROM unpressed);
    INSERT INTO unpressed_source SELECT old.source
        WHERE old.source NOT IN (SELECT source FROM unpressed_source);
END;

CREATE TRIGGER body_other AFTER UPDATE ON body
WHEN EXISTS (SELECT 1 FROM press)
BEGIN
    INSERT INTO unpressed SELECT story FROM item
        WHERE id = new.item AND story NOT IN (SELECT story FROM unpressed);
END;

-- A body comes with its item, or back to it, and goes when the item expires:
-- the item says so.

CREATE TRIGGER source_new AFTER INSERT ON source
WHEN EXISTS (SELECT 1 FROM press)
BEGIN
    INSERT INTO unpressed_source SELECT new.id
        WHERE new.id NOT IN (SELECT source FROM unpressed_source);
END;

-- Ok and unchanged are one state of health.
CREATE TRIGGER source_other AFTER UPDATE ON source
WHEN EXISTS (SELECT 1 FROM press)
    AND (old.name, old.title, old.home_url, old.feed_id, old.feed_updated,
         old.feed_updated_zone, old.feed_updated_precision,
         iif(old.state = 'unchanged', 'ok', old.state), old.since, old.error,
         old.address)
    IS NOT
        (new.name, new.title, new.home_url, new.feed_id, new.feed_updated,
         new.feed_updated_zone, new.feed_updated_precision,
         iif(new.state = 'unchanged', 'ok', new.state), new.since, new.error,
         new.address)
BEGIN
    INSERT INTO unpressed_source SELECT old.id
        WHERE old.id NOT IN (SELECT source FROM unpressed_source);
END;

CREATE TRIGGER source_gone AFTER DELETE ON source
WHEN EXISTS (SELECT 1 FROM press)
BEGIN
    INSERT INTO unpressed_source SELECT old.id
        WHERE old.id NOT IN (SELECT source FROM unpressed_source);
END;
