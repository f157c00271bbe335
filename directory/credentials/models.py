"""What was claimed, and each check of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.catalog.models import TrainingBody
from directory.credentials import rules
from directory.database import Base, UtcDateTime
from directory.jurisdictions.models import Jurisdiction, Regulator
from directory.practitioners.models import Practitioner


def _one_of(column: str, values: Any) -> str:
    return f"{column} IN ({', '.join(repr(str(v)) for v in values)})"


class Credential(Base):
    """A licence, permission, training, certification or insurance that a practitioner says they hold.

    A licence or permission counts only in its `jurisdiction_code`. Dates end in `time_zone`. A renewal is a new row
    that names the one it `supersedes_id`; a withdrawn or superseded row is history, not a current claim.
    """

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint(_one_of("kind", rules.Kind), name="kind"),
        CheckConstraint(
            "kind NOT IN ('licence', 'permission') OR jurisdiction_code IS NOT NULL", name="jurisdiction_of_kind"
        ),
        CheckConstraint("hours_total >= 0 AND hours_in_person >= 0 AND hours_in_person <= hours_total", name="hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    issuer: Mapped[str | None] = mapped_column(String(200))
    regulator_id: Mapped[int | None] = mapped_column(ForeignKey("regulator.id"))
    training_body_id: Mapped[int | None] = mapped_column(ForeignKey("training_body.id"))
    title: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[str | None] = mapped_column(String(60))
    jurisdiction_code: Mapped[str | None] = mapped_column(ForeignKey("jurisdiction.code"))
    time_zone: Mapped[str] = mapped_column(String(40))
    limits: Mapped[str | None] = mapped_column(String(400))
    hours_total: Mapped[float | None] = mapped_column(Float(53))
    hours_in_person: Mapped[float | None] = mapped_column(Float(53))
    completed_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    claimed_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("credential.id"), unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    practitioner: Mapped[Practitioner] = relationship()
    jurisdiction: Mapped[Jurisdiction | None] = relationship()
    regulator: Mapped[Regulator | None] = relationship()
    training_body: Mapped[TrainingBody | None] = relationship()
    checks: Mapped[list["Check"]] = relationship(
        back_populates="credential",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Check.performed_at, Check.id",
    )

    def touches(self) -> int | None:
        return self.practitioner_id


class Check(Base):
    """A FHIR VerificationResult: who looked, when, how, at which source, what was found, and when to look again.

    `performed_on` and `next_due_on` are local days in the credential's zone. `findings` holds what each field showed:
    {"number": {"claimed": …, "found": …, "agrees": true}}.
    """

    __tablename__ = "verification_check"
    __table_args__ = (
        CheckConstraint(_one_of("status", rules.Verification), name="status"),
        CheckConstraint(_one_of("found", rules.HOLDER_STATUSES), name="found"),
        CheckConstraint("need IN ('none', 'initial', 'periodic')", name="need"),
        CheckConstraint("validation_type IN ('nothing', 'primary', 'multiple')", name="validation_type"),
        CheckConstraint(_one_of("validation_process", rules.PROCESSES), name="validation_process"),
        CheckConstraint("failure_action IN ('fatal', 'warn', 'rec-only', 'none')", name="failure_action"),
        CheckConstraint(
            "status <> 'validated' OR need = 'none' OR validation_type = 'nothing' OR next_due_on IS NOT NULL"
            " OR need = 'initial'",
            name="next_due",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credential.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    need: Mapped[str] = mapped_column(String(10))
    validation_type: Mapped[str] = mapped_column(String(10))
    validation_process: Mapped[str] = mapped_column(String(20))
    failure_action: Mapped[str] = mapped_column(String(10))
    found: Mapped[str] = mapped_column(String(20), default="unknown")
    performed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    performed_on: Mapped[date]
    performed_by: Mapped[str] = mapped_column(String(60))
    next_due_on: Mapped[date | None]
    findings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("verification_check.id"))

    credential: Mapped[Credential] = relationship(back_populates="checks")
    sources: Mapped[list["CheckSource"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    def touches(self) -> int | None:
        return self.credential.practitioner_id


class CheckSource(Base):
    """Where a check looked: FHIR VerificationResult.primarySource, with the day and the answer of that source."""

    __tablename__ = "check_source"
    __table_args__ = (
        CheckConstraint("validation_status IN ('successful', 'failed', 'unknown')", name="validation_status"),
        CheckConstraint(_one_of("type", rules.SOURCE_TYPES), name="type"),
        CheckConstraint("communication_method IN ('manual', 'portal', 'pull', 'push')", name="communication_method"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("verification_check.id", ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(20))
    communication_method: Mapped[str] = mapped_column(String(10))
    validation_status: Mapped[str] = mapped_column(String(12))
    validated_on: Mapped[date]
    address: Mapped[str | None] = mapped_column(String(400))
