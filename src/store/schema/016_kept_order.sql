-- The text for the page of its day stands first among those of a kept entry, so
-- that it can be had without unpacking the others.

PRAGMA user_version = 16;

-- Now: html, atom, rss.
UPDATE kept SET texts = pack(
        substr(unpack(texts, atom_bytes + rss_bytes + html_bytes),
               atom_bytes + rss_bytes + 1)
        || substr(unpack(texts, atom_bytes + rss_bytes + html_bytes), 1,
                  atom_bytes + rss_bytes))
    WHERE retracted = 0;
