-- Tombstones stay when the story behind them is long forgotten.

PRAGMA user_version = 19;

CREATE INDEX kept_retracted ON kept (topic) WHERE retracted <> 0;
