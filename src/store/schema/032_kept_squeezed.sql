-- Kept entries are packed as bodies are (RFC 8878), which takes a fifth of the time.
-- Those of before stay as they are (RFC 1950) until they are written anew.

PRAGMA user_version = 32;
