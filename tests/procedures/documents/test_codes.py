"""The public id and its check character."""

from procedures.documents import codes
from procedures.documents.codes import ALPHABET, Mistyped

EXAMPLE = "84G7ZWYRD6Z1RV0P"


def test_the_published_example_is_well_formed() -> None:
    assert codes.is_well_formed(EXAMPLE)
    assert codes.check_character(EXAMPLE[:15]) == "P"
    assert codes.grouped(EXAMPLE) == "84G7-ZWYR-D6Z1-RV0P"


def test_every_single_slip_is_found() -> None:
    slips = [
        EXAMPLE[:place] + letter + EXAMPLE[place + 1 :]
        for place in range(16)
        for letter in ALPHABET
        if letter != EXAMPLE[place]
    ]
    assert len(slips) == 16 * 31
    assert not any(codes.is_well_formed(slip) for slip in slips)


def test_every_swap_of_neighbours_is_found() -> None:
    for _ in range(50):
        code = codes.new_id()
        for place in range(15):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or not codes.is_well_formed(swapped)


def test_typing_is_forgiven_case_groups_and_look_alikes() -> None:
    assert codes.normalise(" 84g7 zwyr-d6zl RVOP ") == EXAMPLE


def test_a_wrong_code_says_what_is_wrong() -> None:
    assert codes.normalise("84G7") == Mistyped("length")
    assert codes.normalise("84G7ZWYRD6Z1RV0U") == Mistyped("letter")
    assert codes.normalise("84G7ZWYRD6Z1RV0Q") == Mistyped("check")


def test_new_ids_differ_and_hold() -> None:
    made = {codes.new_id() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.is_well_formed(code) for code in made)
