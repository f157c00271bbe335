"""One page of a numbered list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """Where a list stands: the number of this page (from 1), how many a page holds, and how many there are."""

    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def first_position(self) -> int:
        """The position in the whole list of the first item of this page, from 1."""
        return (self.number - 1) * self.per_page + 1
