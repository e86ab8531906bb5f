"""On a phone in the room it is asked, explained and limited in the words of the set too."""

from pathlib import Path

import pytest

from tests.tui.test_one_wording import SETS, missing, opened, row_by_row
from tests.web.phone import begun, pages


@pytest.mark.parametrize("set_name", SETS)
def test_the_pages_ask_in_the_words_of_the_set(tmp_path: Path, set_name: str) -> None:
    session = opened(tmp_path, set_name)
    phone = begun(*pages(session))
    for number, each in enumerate(row_by_row(session), 1):
        shown = phone.open(f"/q/{number}").words()
        # What a choice means stands under or behind its name, with no dash between them.
        assert missing([said.replace(" – ", " ") for said in each], shown) == [], number
