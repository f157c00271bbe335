"""The memory itself. Events name subjects by key, not by foreign key, so that they outlive what they name."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base, UtcDateTime


class Event(Base):
    """One past fact. `subject` is "practitioner:17"; `data` holds keys and codes, never names of people."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "subject", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    tag: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
