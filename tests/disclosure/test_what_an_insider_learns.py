"""How often somebody in a group, who knows the own answer, learns what another one said.

Of every way in which a group can answer, counted per member: how many in a thousand members know
for sure what another one said. SECURITY.md says these figures.
"""

from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest

from tests.disclosure.worlds import SAID, alone

PAGE = Path(__file__).parent.parent.parent / "SECURITY.md"
# Kind of question -> of groups of 3, 4, 5 and 6: how many in a thousand.
LEARN = {
    "choice": (32, 26, 0, 0),
    "who": (32, 26, 0, 0),
    "scale": (32, 26, 0, 0),
    "multi": (9, 6, 0, 0),
}
SIZES = (3, 4, 5, 6)


def learns(kind: str, people: int) -> int:
    """Members in a thousand who learn another's answer, over all that a group can say."""
    others: defaultdict[object, set[tuple[str, ...]]] = defaultdict(set)
    members: defaultdict[object, int] = defaultdict(int)
    for own, *rest in product(SAID[kind], repeat=people):
        said = tuple(sorted(rest))
        closed = (tuple(("group", each) for each in sorted((own, *rest))),)
        known = alone(kind, closed)[0].items["item"]["wijkraad"], own
        others[known].add(said)
        members[known] += 1
    sure = sum(
        members[known]
        for known, may_be in others.items()
        if len(may_be) == 1 and len({*next(iter(may_be))}) == 1
    )
    return round(1000 * sure / sum(members.values()))


@pytest.mark.parametrize("kind", LEARN)
def test_so_many_members_learn_what_another_one_said(kind: str) -> None:
    assert tuple(learns(kind, people) for people in SIZES) == LEARN[kind]


def test_the_page_on_security_says_these_figures() -> None:
    page = PAGE.read_text("utf-8")
    for kind, figures in LEARN.items():
        row = f"| {kind} | " + " | ".join(f"{each / 10:.1f}".replace(".", ",") for each in figures)
        assert f"{row} |" in page
