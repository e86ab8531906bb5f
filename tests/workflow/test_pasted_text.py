"""A sheet pasted with a mail around it: taken in whole as it was, or not at all."""

import json
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Sheet
from bart_tool.store import sheets
from bart_tool.workflow.gather import gather_pasted
from bart_tool.workflow.intake_outcome import Gathered
from bart_tool.workflow.open_session import OpenSession
from tests.cli.run import bart
from tests.cli.some_session import HEADER, csv, made
from tests.workflow.on_disk import ALL_TYPES, begun_session, said, snapshot
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

LONG = "Dit zeggen wij al jaren tegen elkaar, en toch weet niemand precies wie het nu eigenlijk is."
SAYS: Mapping[str, Any] = {
    **ALL_TYPES,
    "who": {"value": "college", "note": LONG, "certainty": "guess"},
    "words/wijkraad": {"value": f"> {LONG} {{a}} “b” \u00a0c"},
}
# What a mail program adds below; some mark it and some do not.
SIGNATURES = ("", "\n-- \nJan\nTel: 06\n", "\n\nMet groet,\nJan\nTel.: 06 {mobiel}\n")


@pytest.fixture
def opened(quick_path: Path) -> OpenSession:
    return begun_session(quick_path / "sessions")


def as_yaml(sheet: Sheet) -> str:
    return sheets.dump(sheet)


def as_json(sheet: Sheet) -> str:
    return json.dumps(sheet.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def in_one_line(sheet: Sheet) -> str:
    return json.dumps(sheet.model_dump(mode="json"), ensure_ascii=False) + "\n"


def paste(opened: OpenSession, text: str) -> Gathered:
    return gather_pasted(opened, text.encode(), "geplakt")


def answers_here(opened: OpenSession) -> Mapping[str, Answer]:
    found = opened.folder.sheet("WR-01")
    assert found is not None
    return found[0].answers


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" if line else ">\n" for line in text.splitlines())


def with_odd_spaces(text: str) -> str:
    lines = text.split("\n")
    return "\n".join("\u00a0" * (len(line) - len(line.lstrip())) + line.lstrip() for line in lines)


def wrapped(text: str) -> str:
    return "\n".join(
        part
        for line in text.split("\n")
        for part in textwrap.wrap(
            line, 76, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
        or [""]
    )


def flowed(text: str) -> str:
    return wrapped(text).replace("jaren\n", "jaren \n")


@pytest.mark.parametrize("form", [as_yaml, as_json, in_one_line])
@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize(
    "noise", [str, quoted, lambda text: quoted(quoted(text)), with_odd_spaces, "\ufeff{}".format]
)
def test_the_noise_of_a_mail_changes_nothing(
    opened: OpenSession,
    form: Callable[[Sheet], str],
    noise: Callable[[str], str],
    signature: str,
) -> None:
    sheet = said(opened, "WR-01", SAYS)
    text = "Hallo,\r\nHierbij.\r\n\r\n" + noise(form(sheet) + signature)
    done = paste(opened, text)
    assert [each.outcome for each in done.files] == ["first-time"]
    assert done.is_whole
    assert answers_here(opened) == sheet.answers


def test_lines_that_were_broken_between_words_are_joined(opened: OpenSession) -> None:
    answers = {"who": {"value": "college", "note": LONG, "certainty": "guess"}}
    sheet = said(opened, "WR-01", answers)
    text = as_json(sheet)
    assert wrapped(text) != text
    for each in (wrapped(text), flowed(text), quoted(wrapped(text))):
        done = paste(opened, each)
        assert done.is_whole
    assert answers_here(opened) == sheet.answers


@pytest.mark.parametrize("width", range(20, 120, 3))
@pytest.mark.parametrize("form", [as_yaml, as_json, in_one_line])
def test_lines_broken_at_a_column_are_never_joined_wrongly(
    opened: OpenSession, form: Callable[[Sheet], str], width: int
) -> None:
    sheet = said(opened, "WR-01", SAYS)
    lines = form(sheet).split("\n")
    cut = [line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width)]
    done = paste(opened, "\n".join(cut))
    if done.came_in:
        assert answers_here(opened) == sheet.answers
    else:  # where “answer-sheet” itself is broken there is nothing to see of a sheet
        (problem,) = done.refused
        assert problem.code == "pasted-broken" or (width < 40 and problem.code == "pasted-nothing")


@pytest.mark.parametrize("form", [as_yaml, as_json, in_one_line])
def test_half_of_a_sheet_is_not_taken_in(opened: OpenSession, form: Callable[[Sheet], str]) -> None:
    sheet = said(opened, "WR-01", {"who": {"value": "college", "note": LONG}})
    text = form(sheet).rstrip()
    before = snapshot(path_of(opened.folder))
    cut = text.rpartition("\n")[0] if form is as_yaml else text[:-1]
    done = paste(opened, cut)
    assert [problem.code for problem in done.refused] == ["pasted-broken"]
    assert paste(opened, "Beste Jan, tot morgen!").refused[0].code == "pasted-nothing"
    assert paste(opened, "").refused[0].code == "pasted-nothing"
    assert snapshot(path_of(opened.folder)) == before


@pytest.mark.parametrize("form", [as_yaml, as_json, in_one_line])
@pytest.mark.parametrize("signature", SIGNATURES)
def test_what_was_wiped_comes_along(
    opened: OpenSession, form: Callable[[Sheet], str], signature: str
) -> None:
    sheet = said(opened, "WR-01", {"who": {"value": "college"}}).changed(
        wiped={"words/wijkraad": 2}
    )
    assert paste(opened, quoted(form(sheet) + signature)).is_whole
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert found[0].wiped == sheet.wiped


def test_a_long_text_broken_in_a_sheet_of_yaml_is_refused(opened: OpenSession) -> None:
    sheet = said(opened, "WR-01", SAYS)
    assert wrapped(as_yaml(sheet)) != as_yaml(sheet)
    done = paste(opened, wrapped(as_yaml(sheet)))
    assert [problem.code for problem in done.refused] == ["pasted-broken"]
    assert not done.came_in


def test_rows_are_taken_in_and_broken_rows_are_not(opened: OpenSession) -> None:
    rows = f'{HEADER}\nWR-01,wijkraad,who,college,,"twee\n\nregels",,\nWR-02,wijkraad,who,x,,,,\n'
    done = paste(opened, quoted(f"Hierbij:\n\n{rows}\nGroet, Jan\n"))
    assert done.came_in == ("WR-01",)
    assert [problem.code for problem in done.problems] == ["answer-unknown-actor"]
    assert answers_here(opened)["who"].note == "twee\n\nregels"
    broken = f"{HEADER}\nWR-02,wijkraad,who,college,,een lange\ntoelichting,,\n"
    assert paste(opened, broken).refused[0].code == "pasted-broken"


# At the front door


def test_what_is_pasted_is_taken_in(tmp_path: Path) -> None:
    made(tmp_path)
    row = "WR-01,wijkraad,ties-broken-by,college,,,,position"
    done = bart(tmp_path, "gather", "wijk", "-", typed=f"{HEADER}\n{row}\n")
    assert (done.code, done.out) == (
        0,
        "geplakte tekst: eerste keer (WR-01)\nBinnengekomen: WR-01\nWR-01: 1 van 74 ingevuld.\n",
    )
    assert "Ctrl-D" in done.err
    nothing = bart(tmp_path, "gather", "wijk", "-", typed="Hallo\n")
    assert nothing.code == 65
    assert "geplakte tekst: In deze tekst staat geen antwoordblad." in nothing.err


def test_nobody_is_asked_to_paste_who_may_not_be_asked(tmp_path: Path) -> None:
    made(tmp_path)
    assert bart(tmp_path, "gather", "wijk", "-", "--no-input", typed="x").code == 2
    file = csv(tmp_path, "a.csv")
    assert bart(tmp_path, "gather", "wijk", "-", file).code == 2
    empty = bart(tmp_path, "gather", "wijk", "-")
    assert (empty.code, "Ctrl-D" in empty.err) == (65, False)
