import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.practitioners.rules import CODE_LETTERS, code_of, is_npi, new_code, read_code

numbers = st.integers(0, len(CODE_LETTERS) ** 5 - 1)


@given(numbers)
def test_a_code_is_read_however_it_is_typed(number):
    code = code_of(number)
    for typed in (code, code.lower(), code.replace("-", " "), code[3:], f" {code[3:].replace('-', '')} "):
        assert read_code(typed) == code


@given(numbers, st.integers(0, 5), st.sampled_from(CODE_LETTERS))
def test_one_wrong_letter_is_always_found(number, place, letter):
    letters = list(code_of(number)[3:].replace("-", ""))
    if letters[place] != letter:
        letters[place] = letter
        assert read_code("".join(letters)) is None


@given(numbers, st.integers(0, 4))
def test_two_neighbours_swapped_are_always_found(number, place):
    letters = list(code_of(number)[3:].replace("-", ""))
    if letters[place] != letters[place + 1]:
        letters[place : place + 2] = letters[place + 1], letters[place]
        assert read_code("".join(letters)) is None


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_is_not(text):
    code = read_code(text)
    assert code is None or read_code(code) == code


def test_new_codes_differ_and_have_no_look_alikes():
    codes = {new_code() for _ in range(1000)}
    assert len(codes) > 990
    assert not set("01ILO") & set("".join(code[3:] for code in codes))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("1234567893", True),
        ("1245319599", True),
        ("1234567890", False),
        ("3412549073", False),
        ("123456789", False),
        ("12345678933", False),
        ("", False),
        ("١٢٣٤٥٦٧٨٩٣", False),
        ("1234567893 ", False),
    ],
)
def test_an_npi_has_its_check_digit_and_a_first_digit_in_use(text, is_one):
    assert is_npi(text) is is_one
