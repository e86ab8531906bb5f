"""The measures give what their published or hand-worked examples say."""

import doctest

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bart_tool.analysis import codes, coorientation, measures
from bart_tool.disclosure import publish
from bart_tool.domain import agreement
from bart_tool.report import tokens

EXAMPLES = (codes, coorientation, agreement, measures, publish, tokens)

LEVELS = st.dictionaries(st.integers(0, 6), st.integers(0, 9), min_size=1).filter(
    lambda counts: sum(counts.values()) > 0
)


@pytest.mark.parametrize("module", EXAMPLES, ids=lambda module: module.__name__)
def test_every_worked_example_in_a_docstring_holds(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((30, 40, 210, 130, 530, 50, 10), 0.7256876),
        ((1, 0, 0, 0, 0, 1), 0.0),
        ((1, 1, 0, 0, 0, 0), 0.848),
        ((2, 0, 0, 0, 0, 1), 0.082),
        ((7, 0, 0, 0, 0, 1), 0.456),
        ((1, 1, 1, 1, 1, 1), 0.444),
    ],
)
def test_consensus_is_what_tastle_and_wierman_give(
    counts: tuple[int, ...], expected: float
) -> None:
    digits = len(str(expected).partition(".")[2])
    assert round(measures.consensus(counts), digits) == expected


@given(LEVELS)
def test_the_median_is_that_of_the_people_written_out(counts: dict[int, int]) -> None:
    people = sorted(level for level, chose in counts.items() for _ in range(chose))
    low, high = people[(len(people) - 1) // 2], people[len(people) // 2]
    assert measures.middle_levels(counts) == (low, high)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=7).filter(any))
def test_consensus_lies_between_none_and_full(counts: list[int]) -> None:
    index = measures.consensus(counts)
    assert -1e-9 <= index <= 1 + 1e-9
    if sum(1 for chose in counts if chose) == 1:
        assert index == pytest.approx(1)


def test_consensus_and_krippendorff_agree_on_which_group_is_more_of_one_mind() -> None:
    # alpha needs units to compare; each group judges the same two units, one of them alike
    tight = krippendorff.alpha(
        value_counts=[[0, 5, 1, 0, 0], [0, 0, 0, 0, 6]], level_of_measurement="ordinal"
    )
    loose = krippendorff.alpha(
        value_counts=[[2, 1, 0, 1, 2], [0, 0, 0, 0, 6]], level_of_measurement="ordinal"
    )
    assert tight > loose
    assert measures.consensus([0, 5, 1, 0, 0]) > measures.consensus([2, 1, 0, 1, 2])


def test_a_measure_without_people_is_refused() -> None:
    with pytest.raises(ValueError, match="one person"):
        measures.middle_levels({})
    with pytest.raises(ValueError, match="at least one"):
        measures.consensus([0, 0])
    with pytest.raises(ValueError, match="one value"):
        measures.middle_of([])
