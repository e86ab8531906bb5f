"""What the verbs promise a facilitator: nothing by surprise, nothing lost, nothing outside."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from bart_tool.cli.main import VERBS, Verbs
from bart_tool.domain.names import CODE_PATTERN, is_device_name, typed_code
from bart_tool.store.disk import DiskStore
from bart_tool.wording.translation import words
from bart_tool.workflow.course import overview
from tests.cli.run import bart
from tests.cli.some_session import answered, closed, csv, in_conflict, listing, made

ITEM = "ties-broken-by"


def sheet_of(folder: Path, code: str) -> str:
    return (folder / "sheets" / f"{code}.yaml").read_text("utf-8")


# Gather


def test_of_a_partly_good_csv_the_good_rows_come_in_and_the_bad_are_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    file = csv(
        tmp_path,
        "a.csv",
        f"WR-01,wijkraad,{ITEM},college,,,,",
        "WR-01,wijkraad,upholds-agreement,koning,,,,",
        "WR-01,wijkraad,no-such-item,college,,,,",
        f"WR-02,wijkmanager,{ITEM},college,,,,",
        f"WR-03,nobody-knows,{ITEM},college,,,,",
        f"WM-01,wijkmanager,{ITEM},nobody,vast,,,",
        f"WR-02,wijkraad,{ITEM},wijkraad,certain,,,",
    )
    done = bart(tmp_path, "gather", "wijk", file, language="en")
    assert (done.code, done.out) == (
        65,
        "a.csv: rows not used (5)\na.csv: first time (WR-01, WR-02)\nCame in: WR-01, WR-02\n"
        "WR-01: 1 of 74 answered.\nWR-02: 1 of 74 answered.\n",
    )
    named = [line for line in done.err.split("\n") if line.strip().startswith("a.csv, row")]
    assert {line.split("row ")[1][0] for line in named} == set("34567")
    assert "college" in sheet_of(folder, "WR-01")
    assert "upholds-agreement" not in sheet_of(folder, "WR-01")
    assert "certain" in sheet_of(folder, "WR-02")
    assert not (folder / "sheets" / "WM-01.yaml").exists()


def test_who_is_not_in_the_session_is_refused_unless_people_may_be_added(tmp_path: Path) -> None:
    folder = made(tmp_path)
    file = csv(tmp_path, "a.csv", f"WR-09,wijkraad,{ITEM},college,,,,")
    refused = bart(tmp_path, "gather", "wijk", file)
    assert (refused.code, refused.out) == (
        65,
        "a.csv: van iemand die niet meedoet (WR-09)\nEr is niets binnengekomen.\n",
    )
    assert "--add-people" in refused.err
    assert not (folder / "sheets").exists()
    added = bart(tmp_path, "gather", "wijk", file, "--add-people")
    assert (added.code, added.err) == (0, "")
    assert (
        added.out == "a.csv: eerste keer (WR-09)\nBinnengekomen: WR-09\nWR-09: 1 van 74 ingevuld.\n"
        "Aan de sessie toegevoegd: WR-09\n"
    )
    assert "WR-09" in bart(tmp_path, "status", "wijk").out


def test_the_consent_that_was_given_is_asked_of_the_facilitator_where_a_csv_is_silent(
    tmp_path: Path,
) -> None:
    folder = made(tmp_path)
    silent = csv(tmp_path, "a.csv", f"WR-01,wijkraad,{ITEM},college,,,,")
    bart(tmp_path, "gather", "wijk", silent)
    assert 'consent: "unchosen"' in sheet_of(folder, "WR-01")
    other = csv(tmp_path, "b.csv", f"WR-02,wijkraad,{ITEM},college,,,,")
    bart(tmp_path, "gather", "wijk", other, "--consent", "position")
    assert 'consent: "position"' in sheet_of(folder, "WR-02")
    for name, code, kept in (("c.csv", "WR-01", "unchosen"), ("d.csv", "WR-02", "position")):
        correction = csv(tmp_path, name, f"{code},wijkraad,{ITEM},nobody,,,,")
        bart(tmp_path, "gather", "wijk", correction)
        assert f'consent: "{kept}"' in sheet_of(folder, code)
    chosen = csv(tmp_path, "e.csv", f"WR-01,wijkraad,{ITEM},nobody,,,,position")
    bart(tmp_path, "gather", "wijk", chosen)
    assert 'consent: "position"' in sheet_of(folder, "WR-01")


@pytest.mark.parametrize(("first", "second"), [("college", "wethouder"), ("wethouder", "college")])
@pytest.mark.parametrize("which", [1, 2])
def test_settling_follows_the_order_in_which_the_answers_came(
    tmp_path: Path, first: str, second: str, which: int
) -> None:
    made(tmp_path)
    for name, value in (("a.csv", first), ("b.csv", second)):
        file = csv(tmp_path, name, f"WR-01,wijkraad,{ITEM},{value},,,,position")
        assert bart(tmp_path, "gather", "wijk", file).code == 0
    assert bart(tmp_path, "close", "wijk").code == 0
    chosen = bart(tmp_path, "gather", "wijk", "--settle", typed=f"9\n{which}\n", language="en")
    assert (chosen.code, chosen.out) == (0, f"Settled: WR-01, {ITEM}\n")
    assert bart(tmp_path, "report", "wijk").code == 0
    report = (tmp_path / "wijk" / "report" / "report.json").read_text("utf-8")
    standings, other = (first, second) if which == 1 else (second, first)
    assert f'"{standings}": 1' in report
    assert f'"{other}"' not in report


@pytest.mark.parametrize(("typed", "standing"), [("3", "college"), ("4", "wethouder")])
def test_of_two_whole_sheets_of_one_person_all_is_settled_at_once(
    tmp_path: Path, typed: str, standing: str
) -> None:
    made(tmp_path)
    other, ours, theirs = "upholds-agreement", "wijkraad", "wijkmanager"
    for name, value, also in (("a.csv", "college", ours), ("b.csv", "wethouder", theirs)):
        file = csv(
            tmp_path,
            name,
            f"WR-01,wijkraad,{ITEM},{value},,,,position",
            f"WR-01,wijkraad,{other},{also},,,,position",
            f"WM-01,wijkmanager,{ITEM},{value},,,,position",
        )
        assert bart(tmp_path, "gather", "wijk", file).code == 0
    bart(tmp_path, "close", "wijk", "--yes")
    # One of WM-01 cannot be settled together with others, and is left for later.
    done = bart(tmp_path, "gather", "wijk", "--settle", typed=f"0\n{typed}\n", language="en")
    assert done.code == 65
    assert sorted(done.out.splitlines()) == [f"Settled: WR-01, {ITEM}", f"Settled: WR-01, {other}"]
    assert "for all 2 of WR-01: the one that came later" in done.err
    assert "of WM-01:" not in done.err
    assert bart(tmp_path, "gather", "wijk", "--settle").out == f"WM-01  {ITEM}\n"
    assert bart(tmp_path, "report", "wijk").code == 0
    report = (tmp_path / "wijk" / "report" / "report.json").read_text("utf-8")
    assert f'"{standing}": 1' in report
    assert f'"{ours if standing == "college" else theirs}": 1' in report


def test_an_answer_that_came_after_settling_is_asked_about_anew(tmp_path: Path) -> None:
    in_conflict(tmp_path)
    bart(tmp_path, "close", "wijk")
    assert bart(tmp_path, "gather", "wijk", "--settle", typed="1\n").code == 0
    bart(tmp_path, "reopen", "wijk")
    third = csv(tmp_path, "third.csv", f"WR-01,wijkraad,{ITEM},nobody,,,,position")
    assert bart(tmp_path, "gather", "wijk", third).code == 0
    closing = bart(tmp_path, "close", "wijk", "--yes", language="en")
    assert "1 answer came in twice and differs." in closing.out
    done = bart(tmp_path, "gather", "wijk", "--settle", typed="3\n", language="en")
    assert done.out == f"Settled: WR-01, {ITEM}\n"
    assert [line.strip()[:2] for line in done.err.split("\n")].count("3.") == 1


def test_after_closing_settling_shows_the_answers_in_that_order(tmp_path: Path) -> None:
    in_conflict(tmp_path)
    bart(tmp_path, "close", "wijk")
    done = bart(tmp_path, "gather", "wijk", "--settle", typed="0\n", language="en")
    one, two = (line for line in done.err.split("\n") if line.strip()[:2] in ("1.", "2."))
    assert "came first: " in one
    assert "college" in one
    assert "came later: " in two
    assert "gemeenteraad" in two


# Closing


def test_closing_asks_first_when_somebody_would_be_left_out(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    stays = bart(tmp_path, "close", "wijk", typed="\n", language="en")
    assert (stays.code, stays.out) == (0, "")
    assert "Not handed in: CL-01, WR-03." in stays.err
    assert stays.err.endswith("The round stays open. Nothing has changed.\n")
    assert 'phase: "answering"' in (folder / "session.yaml").read_text("utf-8")
    done = bart(tmp_path, "close", "wijk", typed="yes\n", language="en")
    assert done.code == 0
    assert done.out.startswith("The round is closed.\nNot handed in: CL-01, WR-03.")
    assert 'phase: "closed"' in (folder / "session.yaml").read_text("utf-8")


def test_what_can_be_undone_is_not_asked_of_who_said_yes_or_cannot_be_asked(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    for sure in (("--yes",), ()):
        done = bart(tmp_path, "close", "wijk", *sure, typed="no\n" if sure else None)
        assert (done.code, "(ja/nee)" in done.err) == (0, False)
        assert 'phase: "closed"' in (folder / "session.yaml").read_text("utf-8")
        assert bart(tmp_path, "reopen", "wijk").code == 0
    for command in (
        *(("erase", "wijk", "WR-01"), ("erase", "wijk", "WR-01", "--json")),
        *(("delete", "wijk"), ("delete", "wijk", "--json")),
    ):
        refused = bart(tmp_path, *command)
        assert refused.code == 2
        assert "--yes" in refused.err
    assert (folder / "sheets" / "WR-01.yaml").exists()


def test_a_session_goes_only_when_its_name_is_typed(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    for typed in ("ja\n", "wij\n", "\n"):
        done = bart(tmp_path, "delete", "wijk", typed=typed)
        assert (done.code, done.out) == (0, "")
        assert "3 bladen met antwoorden" in done.err
        assert "Er is niets verwijderd." in done.err
    assert (folder / "sheets" / "WR-01.yaml").exists()
    done = bart(tmp_path, "delete", "wijk", typed="wijk\n")
    assert "Sessie wijk is verwijderd." in done.out
    assert "mail waarmee een blad is verstuurd" in done.out
    assert not [path for path in tmp_path.iterdir() if "wijk" in path.name]
    assert bart(tmp_path, "status", "wijk").code == 66


def test_a_session_is_put_away_whole_and_comes_back(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    refused = bart(tmp_path, "archive", "wijk")
    assert refused.code == 77  # people still answer
    assert "bart close wijk" in refused.err
    assert "bart delete wijk" in refused.err
    assert bart(tmp_path, "close", "wijk").code == 0
    assert "bart archive wijk --undo" in bart(tmp_path, "archive", "wijk").out
    (line,) = overview(DiskStore(tmp_path))
    assert line.is_hidden
    late = csv(tmp_path, "late.csv", f"CL-01,cluster-groen,{ITEM},college,,,,")
    refused = bart(tmp_path, "gather", "wijk", late)
    assert (refused.code, "bart reopen wijk" in refused.err) == (77, True)
    said = bart(tmp_path, "archive", "wijk", "--undo", "--json").json
    assert said == {"session": "wijk", "archived": False}
    assert bart(tmp_path, "archive", "wijk").code == 0
    assert bart(tmp_path, "reopen", "wijk").code == 0  # who works in it wants to see it
    assert not overview(DiskStore(tmp_path))[0].is_hidden
    assert "archived" not in (folder / "session.yaml").read_text("utf-8")


def test_what_was_put_away_is_in_sight_where_its_day_nears(tmp_path: Path) -> None:
    answered(tmp_path)
    until = date.today() + timedelta(days=40)
    assert bart(tmp_path, "form", "wijk", "--keep-until", str(until)).code == 0
    assert bart(tmp_path, "close", "wijk").code == 0
    assert bart(tmp_path, "archive", "wijk").code == 0
    (far,) = overview(DiskStore(tmp_path))
    (near,) = overview(DiskStore(tmp_path), until - timedelta(days=30))
    assert (far.is_hidden, near.is_hidden) == (True, False)


def test_a_day_to_erase_by_that_has_gone_by_is_refused(tmp_path: Path) -> None:
    past = ("--keep-until", "2020-01-31")
    done = bart(tmp_path, "new", "wijk", "--party", "wijkraad=3", *past)
    assert (done.code, done.out) == (2, "")
    assert "--keep-until: 2020-01-31 is al voorbij. Kies een dag die nog komt." in done.err
    made(tmp_path)
    assert bart(tmp_path, "form", "wijk", *past).code == 2
    assert not (tmp_path / "wijk" / "forms").exists()


def test_status_says_when_the_answers_must_be_erased(tmp_path: Path) -> None:
    answered(tmp_path)
    today = date.today()
    for days, told in (
        (31, ""),
        (30, "nog 30 dagen"),
        (1, "nog 1 dag."),
        (0, "vandaag"),
    ):
        until = today + timedelta(days=days)
        assert bart(tmp_path, "form", "wijk", "WR-03", "--keep-until", str(until)).code == 0
        done = bart(tmp_path, "status", "wijk")
        assert told in done.out
        assert ("bart delete wijk" in done.out) == bool(told)
        said = bart(tmp_path, "status", "wijk", "--json").json
        assert (said["keep_until"], said["days_left"]) == (str(until), days if told else None)


def test_closing_names_the_parties_that_are_not_shown(tmp_path: Path) -> None:
    made(tmp_path)
    file = csv(tmp_path, "group.csv", f"WM-01,wijkmanager,{ITEM},college,,,,group")
    assert bart(tmp_path, "gather", "wijk", file).code == 0
    done = bart(tmp_path, "close", "wijk")
    assert "Wijkmanager: niet in beeld, want iemand hier wil alleen als groep in beeld" in done.out


# Taking in what does not fit


def test_a_csv_of_which_no_row_fits_is_not_called_damaged(tmp_path: Path) -> None:
    folder = made(tmp_path)
    file = csv(tmp_path, "fout.csv", "WR-01,wijkraad,no-such-item,college,,,,position")
    done = bart(tmp_path, "gather", "wijk", file)
    assert (done.code, done.out) == (
        65,
        "fout.csv: rijen niet gebruikt (1)\nEr is niets binnengekomen.\n",
    )
    assert "rij 2" in done.err
    assert not (folder / "damaged").exists()


# Help


@pytest.mark.parametrize("verb", ["new", "answer", "form", "gather"])
def test_help_has_dutch_words_for_what_to_fill_in(tmp_path: Path, verb: str) -> None:
    said = bart(tmp_path, verb, "--help").out
    assert not any(word in said for word in ("TEXT ", "INTEGER", "RANGE", "DIRECTORY", "PATH"))


def test_the_help_of_every_verb_is_all_in_the_language_that_was_asked(tmp_path: Path) -> None:
    english = bart(tmp_path, "--help", language="en").out + "".join(
        bart(tmp_path, verb, "--help", language="en").out for verb in VERBS
    )
    told = {line.strip() for line in english.split("\n") if " " in line.strip()}
    for verb in VERBS:
        said = [line.strip() for line in bart(tmp_path, verb, "--help").out.split("\n")]
        # What one types is the same in both: an example, or an option with its choices.
        typed = re.compile(r".*\bbart .*|--party cluster-.*|--\S+ \S+")
        same = [line for line in said if line in told and not typed.fullmatch(line)]
        assert same == [], verb


@pytest.mark.parametrize(
    ("verb", "name", "begun", "found"),
    [
        ("new", "set_name", "wijk-k", ["wijk-kern", "wijk-kort"]),
        ("sets", "name", "bart", ["bart-basis"]),
        ("report", "number", "", ["1"]),
        ("compare", "other", "2", []),
        ("check", "session", "w", ["wijk"]),
    ],
)
def test_the_shell_completes_sets_sessions_and_rounds(
    tmp_path: Path, verb: str, name: str, begun: str, found: list[str]
) -> None:
    made(tmp_path)
    command = Verbs(words("nl")).get_command(None, verb)  # type: ignore[arg-type]
    assert command is not None
    (parameter,) = (each for each in command.params if each.name == name)
    context = click.Context(command)
    context.params = {"session": "wijk", "sessions": tmp_path}
    assert [each.value for each in parameter.shell_complete(context, begun)] == found


# Report and preview


def test_before_closing_only_a_report_without_answers_can_be_made(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    refused = bart(tmp_path, "report", "wijk")
    assert (refused.code, refused.out) == (77, "")
    assert not (folder / "report").exists()
    done = bart(tmp_path, "report", "wijk", "--preview-without-answers")
    assert (done.code, done.err) == (0, "")
    names = [Path(line).name for line in done.out.split()]
    assert names == ["preview.md", "preview.json", "preview-appendix.md"]
    assert not [name for name in listing(folder) if "report/report" in name]
    assert '"answered": 0' in (folder / "report" / "preview.json").read_text("utf-8")
    assert "college" not in (folder / "report" / "preview.json").read_text("utf-8")


def test_reopening_says_that_the_report_is_out_of_date(tmp_path: Path) -> None:
    closed(tmp_path)
    bart(tmp_path, "report", "wijk")
    done = bart(tmp_path, "reopen", "wijk", "WR-01", language="en")
    assert done.code == 0
    assert "The earlier report is now out of date." in done.out
    assert "WR-01" in done.out


# Check


def test_check_names_every_problem_with_its_line_and_a_remedy(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    path = folder / "session.yaml"
    lines = path.read_text("utf-8").split("\n")
    lines[lines.index('language: "nl"')] = 'language: "fr"'
    at = next(n for n, line in enumerate(lines) if line.startswith("k:"))
    lines[at] = "k: 1"
    lines.insert(0, "colour: red")
    path.write_text("\n".join(lines), encoding="utf-8")
    for language, line_word in (("en", "line"), ("nl", "regel")):
        done = bart(tmp_path, "check", "wijk", language=language)
        assert done.code == 65
        problems = [each for each in done.out.split("\n") if each.startswith("session.yaml")]
        wrong = {1, lines.index('language: "fr"') + 1, at + 2}
        assert {int(p.split(f"{line_word} ")[1].split(":")[0]) for p in problems} == wrong
        for problem in problems:
            what = problem.partition(": ")[2]
            assert what.rstrip().endswith(".")
            assert len(what) > len("This is wrong.")


def test_check_of_a_set_says_where_and_what_to_do(tmp_path: Path) -> None:
    folder = made(tmp_path)
    text = (folder / "question_set.yaml").read_text("utf-8")
    mine = tmp_path / "mine.yaml"
    mine.write_text(text.replace("scale: mandate", "scale: mandat", 1), encoding="utf-8")
    if mine.read_text("utf-8") == text:
        mine.write_text(text.replace('scale: "mandate"', 'scale: "mandat"', 1), encoding="utf-8")
    done = bart(tmp_path, "check", str(mine), language="en")
    assert done.code == 65
    assert "mine.yaml, line " in done.out
    assert "Add it under “scales” or correct the name." in done.out


# New, step by step


def test_a_session_is_made_step_by_step_with_mistakes_on_the_way(tmp_path: Path) -> None:
    made(tmp_path)
    typed = [
        "Rozenwijk",  # the wijk
        "Rozen Wijk",  # no name for a session
        "wijk",  # taken
        "rozenwijk",
        "wijk-lang",  # no such set
        "wijk-kort",
        "zeven",  # no number
        "7",
        "1",
        "Stadsbeheer",
        "2",
        "",  # no more clusters
        "<",  # back to the people
        "5",
        "1",
        "Stadsbeheer",
        "2",
        "",
        "",  # nobody answers here
        "",  # yes
    ]
    done = bart(tmp_path, "new", typed="\n".join([*typed, ""]), language="en")
    assert done.code == 0
    for said in (
        "“Rozen Wijk” cannot be the name of a session.",
        "There is a session “wijk” already. Choose another name.",
        "There is no question set “wijk-lang”.",
        "Type a number.",
    ):
        assert done.err.count(said) == 1
    assert done.out.startswith("Session rozenwijk is ready for answers.\n")
    assert "WR-05\n" in done.out
    assert "Stadsbeheer: CL-01, CL-02\n" in done.out
    session = (tmp_path / "rozenwijk" / "session.yaml").read_text("utf-8")
    assert 'question_set: "wijk-kort"' in session
    assert 'title: "Rozenwijk"' in session


def test_saying_no_at_the_end_makes_nothing(tmp_path: Path) -> None:
    typed = "Rozenwijk\n\n\n7\n1\n\nnee\n"
    assert bart(tmp_path, "new", typed=typed).code == 130
    assert listing(tmp_path) == []


def test_a_session_without_anybody_is_asked_again(tmp_path: Path) -> None:
    typed = "Rozenwijk\n\n\n0\n0\n\n3\n0\n\n\n\n"
    done = bart(tmp_path, "new", typed=typed, language="en")
    assert done.code == 0
    assert "At least one party must have people." in done.err


# Hostile names (T14)

HOSTILE = [
    "..",
    "../elders",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "a\0b",
    "con",
    "NUL",
    "nul.yaml",
    "COM1",
    "wijk.",
    "wijk ",
    "-wijk",
    "wijk\n",
    "wijk/../wijk",
    "~root",
    "$HOME",
    "%2e%2e%2f",
    "\x1b[2J",
    "wijk\u202e",
    "ｗｉｊｋ",
    "WIJK",
    "a" * 300,
    "é",
    "*",
    "?",
    "",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_leads_outside_the_folder_of_sessions(tmp_path: Path, name: str) -> None:
    root = tmp_path / "sessions"
    root.mkdir()
    answered(root)
    before = listing(tmp_path)
    content = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for args in (
        ("new", "--party", "wijkraad=1", "--", name),
        ("status", "--", name),
        ("gather", "--", name, str(root / "answers.csv")),
        ("close", "--", name),
        ("report", "--", name),
        ("export", "--", name),
        ("export", "--format", "xlsform", "--", name),
        ("erase", "--yes", "--", name, "WR-01"),
        ("delete", "--yes", "--", name),
        ("erase", "--yes", "--", "wijk", name),
        ("mind", "--", "wijk", name),
        ("answer", "--plain", "--", "wijk", name),
        ("reopen", "--", "wijk", name),
        ("agreements", "--", name),
        ("sets", "--", name),
        ("check", "--session", name, str(root / "answers.csv")),
    ):
        if args == ("sets", "--", "") or (args[0] == "check" and not name):
            continue  # nothing was named, so the sets are listed and the file is checked
        done = bart(root, *args)
        assert done.code in (2, 65, 66), (args, done)
        assert done.err
        assert not set(done.out + done.err) & {"\x1b", "\0", "\u202e"}
    assert listing(tmp_path) == before
    assert {path: path.read_bytes() for path in content} == content


def test_codes_in_a_csv_do_not_lead_outside_either(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    root.mkdir()
    folder = made(root)
    before = listing(folder)
    for name in HOSTILE:
        typed = typed_code(name.replace("\0", ""))
        if re.fullmatch(CODE_PATTERN, typed) and not is_device_name(typed):
            continue  # no name for a session, but in capitals a code like any other
        code = '"' + name.replace("\0", "").replace('"', '""') + '"'
        file = csv(root, "a.csv", f"{code},wijkraad,{ITEM},college,,,,")
        done = bart(root, "gather", "wijk", file, "--add-people")
        assert done.code == 65 or not name.strip()
        assert "\x1b" not in done.out + done.err
    now = [each for each in listing(folder) if not each.startswith("damaged")]
    assert [each for each in now if not each.endswith(".lock")] == [
        each for each in before if not each.endswith(".lock")
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["sessions"]
    assert sorted(each.name for each in root.iterdir()) == ["a.csv", "wijk"]


def test_a_session_folder_that_may_not_be_looked_into_is_named_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(tmp_path)
    assert bart(tmp_path, "new", "anders", "--party", "wijkraad=3").code == 0

    def closed(look: Callable[[Path], Any]) -> Callable[[Path], Any]:
        def refuse(path: Path) -> Any:
            if path.parent.name == "anders":
                raise PermissionError(13, "no")
            return look(path)

        return refuse

    for name in ("lstat", "is_file"):
        monkeypatch.setattr(Path, name, closed(getattr(Path, name)))
    done = bart(tmp_path, "status", "anders", language="en")
    assert (done.code, done.out) == (66, "")
    assert done.err.startswith("anders cannot be read.")
    gone = bart(tmp_path, "status", "andere", language="en")
    assert "There are: wijk." in gone.err


@pytest.mark.parametrize("verb", ["answer", "mind", "reopen", "erase"])
def test_a_code_is_taken_in_small_letters_too(tmp_path: Path, verb: str) -> None:
    made(tmp_path)
    more = {"answer": ("--plain",), "erase": ("--yes",)}.get(verb, ())
    said = bart(tmp_path, verb, "wijk", "wr-01", *more, typed="stop\n")
    assert "wr-01" not in said.out + said.err
    assert said.code != 2
    nobody = bart(tmp_path, verb, "wijk", "xx-01", *more, typed="stop\n")
    assert "XX-01" in nobody.err
