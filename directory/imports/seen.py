"""What the rows of one file were known by, so that a later row cannot say otherwise of the same person."""

import sqlite3


class Seen:
    """Keys and the rows they stood in first, in a nameless file of SQLite's own: memory stays flat for any number."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID")

    def first(self, key: str, row: int) -> int:
        """The row in which a key stood first; this one, when it is new."""
        added = self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, row)).rowcount
        if added:
            return row
        return int(self._rows.execute("SELECT row FROM seen WHERE key = ?", (key,)).fetchone()[0])

    def close(self) -> None:
        """Let the file go."""
        self._rows.close()
