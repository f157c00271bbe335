"""A table read as a stream: bytes in, rows of text out, in little memory whatever the file holds; no database."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 5_000_000  # bytes; a row of the widest layout is some 10,000
LONGEST_CELL = 2_000_000  # characters; longer than any column takes, so that a long cell is a refused row, not a crash
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """The file is not a table of this layout. Its text says what is wrong, where, and what to do."""


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number as a spreadsheet counts it (the header is row 1); lines with nothing are left out.

    Raises Unreadable at the first line that is not UTF-8, holds a NUL or is too long, or where quotation marks do
    not match: from there on nobody can say where a cell ends.
    """
    lines = _Lines(file)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, strict=True)
    number = 0
    while True:
        begins = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_explained(error, begins)) from error
        number += 1
        if cells and any(cells):
            yield number, cells


def count_rows(file: BinaryIO) -> int:
    """Read a file to its end for its form alone; how many rows come below the header. Raises Unreadable."""
    file.seek(0)
    return max(0, sum(1 for _ in rows(file)) - 1)


def _explained(error: csv.Error, line: int) -> str:
    if "field larger" in str(error):
        return (
            f"A cell of the row that begins at line {line} is longer than {LONGEST_CELL:,} characters:"
            " a quotation mark may be missing."
        )
    if "new-line" in str(error):
        return f"Line {line} ends in a bare carriage return: save the file as CSV with ordinary line ends."
    return f"The quotation marks of the row that begins at line {line} do not match."


class _Lines:
    """The lines of a file as text, checked one by one; `number` is that of the last line given out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"Line {self.number} is longer than {LONGEST_LINE:,} bytes: this is no table of people.")
        if self.number == 1:
            if line.startswith(_UTF16):
                raise Unreadable("The file is UTF-16: save it as “CSV UTF-8”.")
            line = line.removeprefix(_BOM)
        if b"\0" in line:
            raise Unreadable(f"Line {self.number} holds a NUL byte: this is not a text file, or it is damaged.")
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            byte = line[error.start]
            raise Unreadable(
                f"Line {self.number} is not UTF-8 (byte 0x{byte:02x}): save the file as “CSV UTF-8”."
            ) from error


def header_of(file: BinaryIO) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns, and the rows below them. Raises Unreadable."""
    file.seek(0, io.SEEK_SET)
    table = rows(file)
    first = next(table, None)
    if first is None:
        raise Unreadable("The file is empty.")
    names = [" ".join(cell.split()) for cell in first[1]]
    while names and not names[-1]:
        names.pop()
    return names, table
