"""What a practitioner's record may hold; pure."""

import secrets

VISIT_MODES = ("in-person", "home", "video")
ACCEPTING = ("yes", "no", "unknown")
PRONOUNS = ("she", "he", "they")
ACCESS_FEATURES = ("step-free", "parking", "transit", "elevator", "accessible-washroom")

# No 0, 1, I, L or O. Their number is prime, so one check letter finds every single slip and every swap of neighbours.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_DATA_LENGTH = 5
_NPI_PREFIX_SUM = 24


def new_code() -> str:
    """A fresh record code such as NW-7F3K-2K; five random letters and a check letter."""
    return code_of(secrets.randbelow(len(CODE_LETTERS) ** _DATA_LENGTH))


def code_of(number: int) -> str:
    """The record code of a number from 0 to some 28 million."""
    letters = []
    for _ in range(_DATA_LENGTH):
        number, letter = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    data = "".join(letters)
    return _written(data + _check_letter(data))


def read_code(text: str) -> str | None:
    """The code a person typed, in its written form; None when its letters cannot be right."""
    letters = "".join(c for c in text.upper() if c.isascii() and c.isalnum()).removeprefix("NW")
    if len(letters) != _DATA_LENGTH + 1 or any(c not in CODE_LETTERS for c in letters):
        return None
    return _written(letters) if _check_letter(letters[:-1]) == letters[-1] else None


def is_npi(text: str) -> bool:
    """Whether ten digits, the first 1 or 2, satisfy the NPI check digit: Luhn over 80840 and the number."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()) or text[0] not in "12":
        return False
    doubled = (int(c) * 2 for c in text[-2::-2])
    return (_NPI_PREFIX_SUM + sum(map(int, text[-1::-2])) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


def _check_letter(data: str) -> str:
    total = sum(weight * CODE_LETTERS.index(c) for weight, c in enumerate(data, start=2))
    return CODE_LETTERS[-total % len(CODE_LETTERS)]


def _written(letters: str) -> str:
    return f"NW-{letters[:4]}-{letters[4:]}"
