-- Items that the editor put into another story than the store would (merge,
-- split), and where they came from, so that they go back when she thinks again.

PRAGMA user_version = 10;

CREATE TABLE moved (
    item INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
    home INTEGER NOT NULL, -- the story that it goes back to
    was TEXT NOT NULL,     -- why it was in that
    own INTEGER NOT NULL,  -- the story made for it when it was split off, or 0
    split INTEGER NOT NULL -- the item that the split names, 0 for none
) STRICT;
CREATE INDEX moved_home ON moved (home);
CREATE INDEX moved_own ON moved (own);
