"""What the catalogue holds: rows that records refer to, and documents that pages show."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.database import Base


class Region(Base):
    """One of the nine parts of the body that conditions are listed by."""

    __tablename__ = "region"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    name_en: Mapped[str] = mapped_column(String(80))
    name_fr: Mapped[str] = mapped_column(String(80))


class Condition(Base):
    """A complaint people search by. A group includes its children; a search-only one cannot be claimed as treated.

    `texts` holds the guide: summary, self_note, see_doctor_first, note (may be null), and the lists ask and synonyms,
    each with _en and _fr; the flag see_doctor_first (the note also stands above results); sources (source slugs).
    """

    __tablename__ = "condition"
    __table_args__ = (CheckConstraint("kind IN ('condition', 'group', 'search-only')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    region_slug: Mapped[str] = mapped_column(ForeignKey("region.slug"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("condition.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    name_en: Mapped[str] = mapped_column(String(120))
    name_fr: Mapped[str] = mapped_column(String(120))
    inline_en: Mapped[str] = mapped_column(String(120))
    inline_fr: Mapped[str] = mapped_column(String(120))
    review: Mapped[str | None] = mapped_column(String(120))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_current: Mapped[bool] = mapped_column(default=True)

    words: Mapped[list["ConditionWord"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class ConditionWord(Base):
    """A folded name or synonym, in either language, that leads to one condition."""

    __tablename__ = "condition_word"

    folded: Mapped[str] = mapped_column(String(120), primary_key=True)
    condition_id: Mapped[int] = mapped_column(ForeignKey("condition.id", ondelete="CASCADE"), index=True)


class Profession(Base):
    """A health profession. `nucc` are NUCC taxonomy codes, mere identifiers: none implies permission to needle."""

    __tablename__ = "profession"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int]
    name_en: Mapped[str] = mapped_column(String(80))
    name_fr: Mapped[str] = mapped_column(String(80))
    titles: Mapped[list[str]] = mapped_column(JSON)
    nucc: Mapped[list[str]] = mapped_column(JSON)
    is_current: Mapped[bool] = mapped_column(default=True)


class TrainingBody(Base):
    """Who teaches or certifies; being listed is not approval."""

    __tablename__ = "training_body"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    programs: Mapped[list[str]] = mapped_column(JSON)
    is_current: Mapped[bool] = mapped_column(default=True)


class Question(Base):
    """Something to ask before a needle goes in.

    `body` holds text, why, good_answer and warning_sign, each with _en and _fr, and answered_by, a list of facts.
    """

    __tablename__ = "question"
    __table_args__ = (CheckConstraint("answer_mode IN ('verified', 'statement', 'ask')", name="answer_mode"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    group_slug: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    answer_mode: Mapped[str] = mapped_column(String(20))
    on_short_sheet: Mapped[bool]
    per_condition: Mapped[bool]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_current: Mapped[bool] = mapped_column(default=True)


class Document(Base):
    """A text shown as it is. `body` by kind, every text with its _en and _fr:

    guide: title, blocks, sources, from_leads · safety: emergency (title, text), seek-help-soon (groups), suitability
    (rows), effects-note (text) · term: term, plain, also_called · source: title, url, language · question-group: name ·
    question-text: condition-fallback (text) · claim: an evidence claim that an editor has signed and dated.
    """

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    slug: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    review: Mapped[str | None] = mapped_column(String(120))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReviewClock(Base):
    """How long something may take or stay unchecked, in days; an operator can change each."""

    __tablename__ = "review_clock"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    days: Mapped[int | None]
    position: Mapped[int]
    label_en: Mapped[str] = mapped_column(String(200))
    label_fr: Mapped[str] = mapped_column(String(200))
    value_en: Mapped[str] = mapped_column(String(200))
    value_fr: Mapped[str] = mapped_column(String(200))
