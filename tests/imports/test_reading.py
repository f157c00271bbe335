"""A file's form: what is a table, what is not, and that nothing is half done when it is not."""

import io
import tracemalloc

import pytest

from directory.imports.reading import LONGEST_CELL, LONGEST_LINE, Unreadable, count_rows, header_of, rows


def read(content: bytes) -> list[tuple[int, list[str]]]:
    return list(rows(io.BytesIO(content)))


def test_rows_are_numbered_as_a_spreadsheet_does_and_blank_lines_are_left_out():
    assert read(b"a,b\r\n1,2\r\n\r\n,\r\n3,4") == [(1, ["a", "b"]), (2, ["1", "2"]), (5, ["3", "4"])]


def test_a_quoted_cell_keeps_its_commas_quotes_and_line_breaks():
    assert read(b'a,b\n"x, ""y""\nz",2\n3,4\n') == [(1, ["a", "b"]), (2, ['x, "y"\nz', "2"]), (3, ["3", "4"])]


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    header, _ = header_of(io.BytesIO("\ufeffgiven_name, family_name ,,\n".encode()))
    assert header == ["given_name", "family_name"]


def test_counting_leaves_the_header_out():
    assert count_rows(io.BytesIO(b"a\n1\n\n2\n")) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,\x002\n", "Line 2 holds a NUL byte"),
        ("a,b\n1,2\nRen\xe9,4\n".encode("latin-1"), "Line 3 is not UTF-8 (byte 0xe9)"),
        ("a,b\n".encode("utf-16"), "The file is UTF-16"),
        (b'a,b\n1,"2\n3,4\n', "The quotation marks of the row that begins at line 2 do not match"),
        (b'a,b\n1,"2" x\n', "The quotation marks of the row that begins at line 2 do not match"),
        (b"a,b\r1,2\r", "Line 1 ends in a bare carriage return"),
        (b"a,b\n" + b"x" * (LONGEST_LINE + 1), "Line 2 is longer than 5,000,000 bytes"),
        (b'a,b\n1,"' + b"x\n" * LONGEST_CELL, "A cell of the row that begins at line 2 is longer than"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(content: bytes, says: str):
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert str(refused.value).startswith(says)


def test_an_empty_file_is_refused():
    with pytest.raises(Unreadable, match=r"^The file is empty\.$"):
        header_of(io.BytesIO(b"\n\n"))


def test_a_giant_line_is_never_held_whole():
    class Endless(io.RawIOBase):
        """A line without an end."""

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    tracemalloc.start()
    with pytest.raises(Unreadable, match="Line 1 is longer"):
        next(rows(io.BufferedReader(Endless())))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * LONGEST_LINE


def test_many_rows_need_no_more_memory_than_few():
    class Long(io.RawIOBase):
        """A header and then a number of rows."""

        def __init__(self, count: int) -> None:
            self.left = count

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:
            if self.left <= 0:
                return 0
            block = (b"one,two\n" * (len(buffer) // 8))[: len(buffer)]
            self.left -= len(block) // 8
            buffer[: len(block)] = block
            return len(block)

    tracemalloc.start()
    assert sum(1 for _ in rows(io.BufferedReader(Long(200_000)))) >= 200_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000
