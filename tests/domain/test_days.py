"""Days as people type them."""

from datetime import date

import pytest

from bart_tool.domain.days import day_in


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2027-06-30", date(2027, 6, 30)),
        ("30-6-2027", date(2027, 6, 30)),
        ("30/06/2027", date(2027, 6, 30)),
        ("30.6.2027", date(2027, 6, 30)),
        ("29-2-2028", date(2028, 2, 29)),
        ("29-2-2027", None),
        ("30-6", None),
        ("6-30-2027", None),
        ("1 mei 2027", date(2027, 5, 1)),
        ("1-5-2027", date(2027, 5, 1)),
        ("2027-05-01", date(2027, 5, 1)),
        (" 1  MEI  2027 ", date(2027, 5, 1)),
        ("May 1, 2027", date(2027, 5, 1)),
        ("1st of may 2027", None),
        ("1 mrt. 2027", date(2027, 3, 1)),
        ("31 december 2027", date(2027, 12, 31)),
        ("31 juni 2027", None),
        ("1 m 2027", None),
        ("mei 2027", None),
        ("1-2-27", None),
        ("27-2-1", None),
        ("٣-2-2027", None),
        ("morgen", None),
    ],
)
def test_a_date_is_read_both_ways_round_or_not_at_all(said: str, day: date | None) -> None:
    assert day_in(said) == day
