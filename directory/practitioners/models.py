"""The public person and where they practise."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.catalog.models import Condition, Profession, Question
from directory.database import Base, UtcDateTime
from directory.jurisdictions.models import Jurisdiction


class Practitioner(Base):
    """One person. `visibility` says whether search may show them; what is proven about them is elsewhere.

    `languages` are BCP 47 tags; `visit_modes` are of rules.VISIT_MODES; `attested_on` is the day the person, or the
    operator who vouched for a roster, last said that this record is right.
    """

    __tablename__ = "practitioner"
    __table_args__ = (
        CheckConstraint("visibility IN ('unlisted', 'listed', 'hidden')", name="visibility"),
        CheckConstraint("origin IN ('own', 'import', 'demo')", name="origin"),
        CheckConstraint("accepting_new IN ('yes', 'no', 'unknown')", name="accepting_new"),
        CheckConstraint("pronoun IN ('she', 'he', 'they')", name="pronoun"),
        CheckConstraint("given_name <> '' AND family_name <> ''", name="name"),
        Index(None, "family_name", "given_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(100), unique=True)
    npi: Mapped[str | None] = mapped_column(String(10), unique=True)
    given_name: Mapped[str] = mapped_column(String(100))
    family_name: Mapped[str] = mapped_column(String(100))
    former_name: Mapped[str | None] = mapped_column(String(200))
    pronoun: Mapped[str | None] = mapped_column(String(4))
    profession_id: Mapped[int] = mapped_column(ForeignKey("profession.id"), index=True)
    languages: Mapped[list[str]] = mapped_column(JSON)
    visit_modes: Mapped[list[str]] = mapped_column(JSON)
    accepting_new: Mapped[str] = mapped_column(String(8), default="unknown")
    visibility: Mapped[str] = mapped_column(String(8), default="unlisted", index=True)
    origin: Mapped[str] = mapped_column(String(8))
    is_claimed: Mapped[bool] = mapped_column(default=False)
    attested_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    profession: Mapped[Profession] = relationship()
    locations: Mapped[list["PracticeLocation"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="PracticeLocation.position"
    )
    conditions: Mapped[list["ConditionTreated"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    answers: Mapped[list["Answer"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def touches(self) -> int | None:
        return self.id


class PracticeLocation(Base):
    """Where the person practises. `region` is ISO 3166-2; lat and lon are degrees (WGS 84) as good as `precision`.

    Prices are in cents of `currency`. `hours` is {"mon": [["08:00", "19:00"]], …}; no key means not known.
    """

    __tablename__ = "practice_location"
    __table_args__ = (
        UniqueConstraint("practitioner_id", "position"),
        CheckConstraint("lat BETWEEN -90 AND 90", name="lat"),
        CheckConstraint("lon BETWEEN -180 AND 180", name="lon"),
        CheckConstraint("precision IN ('address', 'postal', 'town', 'approximate')", name="precision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str | None] = mapped_column(String(160))
    street: Mapped[str | None] = mapped_column(String(200))
    locality: Mapped[str | None] = mapped_column(String(100))
    region: Mapped[str] = mapped_column(ForeignKey("jurisdiction.code"))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    lat: Mapped[float] = mapped_column(Float(53))
    lon: Mapped[float] = mapped_column(Float(53))
    precision: Mapped[str] = mapped_column(String(12))
    phone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    website: Mapped[str | None] = mapped_column(String(300))
    booking_url: Mapped[str | None] = mapped_column(String(300))
    currency: Mapped[str | None] = mapped_column(String(3))
    first_visit_price: Mapped[int | None]
    first_visit_minutes: Mapped[int | None]
    later_visit_price: Mapped[int | None]
    later_visit_minutes: Mapped[int | None]
    hours: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    access: Mapped[list[str]] = mapped_column(JSON, default=list)
    details_updated_on: Mapped[date | None]

    jurisdiction: Mapped[Jurisdiction] = relationship()

    def touches(self) -> int | None:
        return self.practitioner_id


class ConditionTreated(Base):
    """The person says they treat this, since when, and how many people with it they saw in the last year (a band)."""

    __tablename__ = "condition_treated"

    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"), primary_key=True)
    condition_id: Mapped[int] = mapped_column(ForeignKey("condition.id"), primary_key=True, index=True)
    since_year: Mapped[int | None]
    seen_last_year: Mapped[str | None] = mapped_column(String(10))

    condition: Mapped[Condition] = relationship()

    def touches(self) -> int | None:
        return self.practitioner_id


class Answer(Base):
    """The person's own words to a question, general or about one condition. Never verified, always dated."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("practitioner_id", "question_id", "condition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    condition_id: Mapped[int | None] = mapped_column(ForeignKey("condition.id"), index=True)
    text: Mapped[str] = mapped_column(String(600))
    language: Mapped[str] = mapped_column(String(8))
    answered_on: Mapped[date]

    question: Mapped[Question] = relationship()

    def touches(self) -> int | None:
        return self.practitioner_id
