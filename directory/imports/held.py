"""Someone whom the directory holds already, as plain values that a row is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from directory.credentials.rules import Verification


class Proof(StrEnum):
    """What the checks of a credential say: nothing yet, something good, or something that a file must not undo."""

    NONE = "none"
    GOOD = "good"
    AGAINST = "against"


CLAIMED = (
    "kind", "issuer", "regulator_id", "training_body_id", "title", "number", "jurisdiction_code", "hours_total",
    "completed_on", "expires_on",
)  # fmt: skip


LINKS = {"regulator_id", "training_body_id"}  # looked up from what is claimed, not claimed themselves
_FAILED = {Verification.VAL_FAIL, Verification.REVAL_FAIL, Verification.ENTERED_IN_ERROR}
_NOT_VALID = {"inactive", "issued-in-error", "revoked", "suspended"}


def proof_of(checks: Sequence[tuple[str, str]]) -> tuple[Proof, bool]:
    """What checks (status and finding, oldest first) say together, and whether a new one is due already."""
    settled = [c for c in checks if c[0] not in {Verification.ATTESTED, Verification.IN_PROCESS}]
    if not settled:
        return Proof.NONE, False
    status, found = settled[-1]
    against = status in _FAILED or found in _NOT_VALID
    return Proof.AGAINST if against else Proof.GOOD, status == Verification.REQ_REVALID


@dataclass(slots=True)
class HeldClaim:
    """A credential in force: the columns of CLAIMED, and what its checks say."""

    id: int
    columns: dict[str, Any]
    time_zone: str
    proof: Proof = Proof.NONE
    is_due: bool = False


@dataclass(slots=True)
class Held:
    """A record: columns of the person and of the first practice, condition ids, and the credentials in force."""

    person: dict[str, Any]
    place: dict[str, Any] | None = None
    conditions: set[int] = field(default_factory=set)
    claims: list[HeldClaim] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.person["id"])

    @property
    def is_theirs(self) -> bool:
        """Whether the record belongs to the person, or to nobody's file: no import may write over it."""
        return bool(self.person["is_claimed"]) or self.person["origin"] != "import"

    @property
    def is_from_roster(self) -> bool:
        """Whether an operator's roster vouches for the record, so that a public register does not write over it."""
        return self.person["external_id"] is not None or self.person["visibility"] == "listed"
