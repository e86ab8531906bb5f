"""A forged sheet finds nothing out: before closing nothing that is said depends on what lies there.

The attack that once worked: hand in a sheet under somebody else's code with a guess in it, and read
from *same*, *newer*, *older* or *differs* what that person said. It found 13 of 13 answers.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.question_set import Item
from bart_tool.domain.sheet import Sheet
from bart_tool.store import log, sheets
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.any_answers import any_sheet
from tests.cli.run import bart
from tests.cli.some_session import HEADER, in_conflict, made

TARGET = "WR-01"
ITEMS = (
    "primary-task/wijkraad",
    "ties-broken-by",
    "roles/wijkraad",
    "purpose/wijkraad",
)
WORDS = ("wij horen bij elkaar", "wij letten op", "onder ons")


def values_of(opened: OpenSession, item: Item) -> list[Any]:
    """Everything that can be said to an item, as far as it can be counted."""
    if item.question.answered == "words":
        return list(WORDS)
    options = [each.id for each in opened.question_set.options(item.question, item.subject)]
    if item.question.answered == "several":
        return [{}, *({option: "formal"} for option in options[:4]), {options[0]: "informal"}]
    return [*options, "dont-know", "prefer-not"]


def other_answers(opened: OpenSession, item: str) -> Sheet:
    """A sheet of the target with a few answers, none of them to `item`."""
    whole = any_sheet(opened.session, opened.question_set, TARGET, random.Random(5))
    few = [key for key in whole.answers if key != item][:3]
    return whole.changed(answers={key: whole.answers[key] for key in few})


def stored(opened: OpenSession, item: str) -> Iterator[Sheet]:
    """What may lie in the session of the target: nothing but this one answer differs."""
    whole = other_answers(opened, item)
    values = values_of(opened, opened.question_set.by_key[item])
    for value, revision in [*((value, 1) for value in values), (values[0], 2), (values[1], 2)]:
        answer = Answer(value=value, revision=revision)
        yield whole.changed(answers={**whole.answers, item: answer})
    yield whole
    yield whole.changed(wiped={item: 1})


def forged(opened: OpenSession, item: str, folder: Path) -> list[list[str]]:
    """Ways to hand in a guess under the code of somebody else; each is what to type."""
    guess = values_of(opened, opened.question_set.by_key[item])[1]
    base = other_answers(opened, item)
    tries: dict[str, str] = {}
    for name, revision, status in (
        ("same.yaml", 1, "submitted"),
        ("later.yaml", 2, "submitted"),
        ("draft.yaml", 9, "draft"),
    ):
        answers = {**base.answers, item: Answer(value=guess, revision=revision)}
        tries[name] = sheets.dump(base.changed(answers=answers, status=status))
    tries["alone.yaml"] = sheets.dump(base.changed(answers={item: Answer(value=guess)}))
    said = guess if isinstance(guess, str) else ";".join(f"{k}:{v}" for k, v in guess.items())
    tries["rows.csv"] = f"{HEADER}\n{TARGET},wijkraad,{item},{said},,,,\n"
    for name, text in tries.items():
        (folder / name).write_text(text, "utf-8")
    return [["gather", "wijk", str(folder / name)] for name in tries]


@pytest.mark.parametrize("item", ITEMS)
def test_whatever_somebody_said_a_forged_sheet_hears_the_same(
    tmp_path: Path, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, inbox = tmp_path / "sessions", tmp_path / "inbox"
    inbox.mkdir()
    made(root)
    opened = open_session(DiskStore(root), "wijk")
    calls = forged(opened, item, inbox)
    everything = ["gather", "wijk", str(inbox)]
    calls += [everything, ["status", "wijk"], ["gather", "wijk", "--settle"]]
    calls += [[*everything, "--json"], ["status", "wijk", "--json"]]
    worlds = list(stored(opened, item))
    heard = []
    path = tmp_path / "bart.log"
    monkeypatch.setattr(log, "log_file", lambda: path)
    for sheet in worlds:
        path.unlink(missing_ok=True)
        for folder in ("sheets", "conflicts"):
            for each in (root / "wijk" / folder).glob("*.yaml"):
                each.unlink()
        opened.folder.save_sheet(sheet, None)
        said = [bart(root, *call, "--debug") for call in calls]
        heard.append(([(done.code, done.out, done.err) for done in said], path.read_text("utf-8")))
    assert len(worlds) >= len(WORDS) + 4
    for number, other in enumerate(heard):
        assert other == heard[0], worlds[number].answers.get(item)
    codes = [code for code, _, _ in heard[0][0]]
    assert codes == [0, 0, 65, 0, 0, 65, 0, 77, 65, 0]


def test_a_forged_sheet_is_found_at_closing(tmp_path: Path) -> None:
    folder = in_conflict(tmp_path)
    status = bart(tmp_path, "status", "wijk", language="en")
    assert "twice" not in status.out + status.err
    closing = bart(tmp_path, "close", "wijk", language="en")
    assert "1 answer came in twice and differs. Settle it: bart gather wijk --settle" in closing.out
    assert bart(tmp_path, "gather", "wijk", "--settle", typed="1\n").code == 0
    assert "college" in (folder / "sheets" / "WR-01.yaml").read_text("utf-8")


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_settling_before_closing_is_refused_in_one_sentence(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    in_conflict(tmp_path)
    done = bart(tmp_path, "gather", "wijk", "--settle", *options, typed="1\n", language="en")
    assert (done.code, done.out) == (77, "")
    assert "Settling answers can only be done after the round is closed" in done.err
    assert not (tmp_path / "wijk" / "conflicts" / "settled.yaml").exists()


SAID = ("niet verder vertellen", "dit mag wel")


@pytest.mark.parametrize(
    ("consents", "printed"),
    [(("position", "position"), SAID[1:]), (("position", "group"), ())],
)
def test_settling_prints_words_only_where_they_may_be_printed(
    tmp_path: Path, consents: tuple[str, str], printed: tuple[str, ...]
) -> None:
    made(tmp_path)
    own, other = consents
    files = {
        "a.csv": [
            f"WR-01,wijkraad,ties-broken-by,college,certain,{SAID[0]},,{own}",
            f"WR-01,wijkraad,purpose/wijkraad,{SAID[0]},,,,{own}",
            f"WR-02,wijkraad,ties-broken-by,college,,,,{other}",
        ],
        "b.csv": [
            f"WR-01,wijkraad,ties-broken-by,nobody,,{SAID[1]},ja,{own}",
            f"WR-01,wijkraad,purpose/wijkraad,{SAID[1]},,,ja,{own}",
        ],
    }
    for name, rows in files.items():
        (tmp_path / name).write_text("\n".join((HEADER, *rows, "")), "utf-8")
        assert bart(tmp_path, "gather", "wijk", str(tmp_path / name)).code == 0
    assert bart(tmp_path, "close", "wijk").code == 0
    asked = bart(tmp_path, "gather", "wijk", "--settle", typed="0\n0\n", language="en")
    for_program = bart(tmp_path, "gather", "wijk", "--settle", "--json", language="en")
    for done in (asked, for_program):
        for words in SAID:
            assert (words in done.out + done.err) == (words in printed)
    assert "(sure, own words, which may not be shown)\n" in asked.err
    assert "came first: own words, which may not be shown\n" in asked.err
    left_out = [
        each["own_words_left_out"]
        for conflict in for_program.json["conflicts"]
        for each in conflict["answers"]
    ]
    assert left_out == [True, not printed] * 2


def test_a_table_takes_the_place_of_what_came_before_where_that_is_asked(tmp_path: Path) -> None:
    folder = in_conflict(tmp_path)
    (tmp_path / "c.csv").write_text(
        f"{HEADER}\nWR-01,wijkraad,ties-broken-by,bewoners,,,,position\n"
        "WR-02,wijkraad,ties-broken-by,bewoners,,,,position\n",
        "utf-8",
    )
    args = ("gather", "wijk", str(tmp_path / "c.csv"), "--replace", "WR-01")
    done = bart(tmp_path, *args, language="en")
    lines = done.out.splitlines()
    assert (done.code, lines[:3]) == (
        0,
        [
            "c.csv: in place of what came before (WR-01)",
            "c.csv: handed in before (WR-02)",
            "Replaced: WR-01",
        ],
    )
    assert "bewoners" in (folder / "sheets" / "WR-01.yaml").read_text("utf-8")
    closing = bart(tmp_path, "close", "wijk", "--json").json
    assert closing["conflicts"] == [{"participant": "WR-02", "item": "ties-broken-by"}]


def test_who_is_to_be_replaced_must_be_in_the_session(tmp_path: Path) -> None:
    in_conflict(tmp_path)
    file = str(tmp_path / "answers.csv")
    done = bart(tmp_path, "gather", "wijk", file, "--replace", "WR-99", language="en")
    assert (done.code, done.out) == (66, "")
