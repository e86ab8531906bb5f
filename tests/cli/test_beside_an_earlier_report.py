"""A report beside an earlier one: what is not shown because of it is told to the facilitator."""

from pathlib import Path

import pytest

from tests.cli.run import bart
from tests.cli.some_session import csv

TOLD = {
    "nl": "Bij sommige vragen staat hier nog het beeld van een eerdere sluiting: de wijkraad.",
    "en": "are shown as at an earlier closing.",
}


def rows(first: int, last: int) -> list[str]:
    return [f"WR-{n:02},wijkraad,ties-broken-by,college,,,,group" for n in range(first, last + 1)]


@pytest.mark.parametrize("language", TOLD)
def test_a_group_in_which_few_changed_is_shown_as_before_and_that_is_told(
    tmp_path: Path, language: str
) -> None:
    parties = ("--party", "wijkraad=6", "--party", "wijkmanager=1")
    assert bart(tmp_path, "new", "wijk", *parties).code == 0
    manager = "WM-01,wijkmanager,ties-broken-by,wijkmanager,,,,position"
    for file, answers in (("a.csv", [manager, *rows(1, 3)]), ("b.csv", rows(4, 5))):
        assert bart(tmp_path, "gather", "wijk", csv(tmp_path, file, *answers)).code == 0
        assert bart(tmp_path, "close", "wijk").code == 0
        done = bart(tmp_path, "report", "wijk", language=language)
        assert done.code == 0
        assert (TOLD[language] in done.err) is (file == "b.csv")
        assert bart(tmp_path, "reopen", "wijk").code == 0
