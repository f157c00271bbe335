"""The search index: two tables derived from the others, and from nothing else. `search rebuild` makes them anew.

They have no foreign keys on purpose: what they name is removed from them by `index.refresh`, in the transaction that
removes it, which needs to find the old rows still there.
"""

from sqlalchemy import Column, Float, Index, Integer, SmallInteger, Table, Text

from directory.credentials.rules import LADDER, Kind
from directory.database import Base

ANY_CONDITION = 0
NEVER_ENDS = 2**31 - 1


def until_column(kind: str, rung: str) -> str:
    """The column with the minute (since 1970) until which a fact stands at a rung or higher; 0 when it does not."""
    return f"{kind}_{rung}_until"


# One row per condition and practice, in the order a search reads them: the table is its own B-tree.
search_entry = Table(
    "search_entry",
    Base.metadata,
    Column("condition_id", SmallInteger, primary_key=True, autoincrement=False),
    Column("band", SmallInteger, primary_key=True, autoincrement=False),
    Column("lon", Integer, primary_key=True, autoincrement=False),
    Column("location_id", Integer, primary_key=True, autoincrement=False),
    Column("code_order", Integer, nullable=False),
    Column("x", Float(53), nullable=False),
    Column("y", Float(53), nullable=False),
    Column("z", Float(53), nullable=False),
    Column("attrs", Integer, nullable=False),
    Column("languages", Text, nullable=False),
    *(Column(until_column(kind, rung), Integer, nullable=False) for kind in Kind for rung in LADDER),
    sqlite_with_rowid=False,
)

# One row per practice that search may show: what its card says, and where its entries are.
search_listing = Table(
    "search_listing",
    Base.metadata,
    Column("location_id", Integer, primary_key=True, autoincrement=False),
    Column("practitioner_id", Integer, nullable=False),
    Column("band", SmallInteger, nullable=False),
    Column("lon", Integer, nullable=False),
    Column("conditions", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index(None, "practitioner_id"),
)
