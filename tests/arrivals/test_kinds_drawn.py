"""Of each kind of file that once went wrong twenty more, drawn by chance."""

import random
from pathlib import Path

import openpyxl
import pytest

from bart_tool.store.disk import session_in
from bart_tool.workflow.prepare import usable_set
from tests.arrivals.arriving import answers, gathered, made, report
from tests.arrivals.drawn import Drawing
from tests.cli.run import bart

TWENTY = pytest.mark.parametrize("number", range(20))
SPEND = "mandate/wijkraad/small-urgent-spend"
TIES = "ties-broken-by"
WHO = ("wijkraad", "wijkmanager", "college", "nobody")


@pytest.fixture
def chance(request: pytest.FixtureRequest, seed: int) -> random.Random:
    return random.Random(f"{seed} {request.node.name}")


def sent(root: Path, name: str, rows: list[list[str]], chance: random.Random) -> str:
    """The rows as one of the spreadsheets saves them; what to type on the command line."""
    path = root / name
    path.write_bytes(Drawing(usable_set("wijk-kort")[0].spoken, chance).as_csv(rows))
    return str(path)


@TWENTY
def test_01_low_and_high_in_one_party_is_never_shared(
    tmp_path: Path, number: int, chance: random.Random
) -> None:
    half = chance.randint(1, 3)
    made(tmp_path, parties=(f"wijkraad={2 * half}", "wijkmanager=1"))
    levels = [chance.choice(("none", "informed")) for _ in range(half)]
    levels += [chance.choice(("decides", "enforces")) for _ in range(half)]
    chance.shuffle(levels)
    rows = [["participant", "party", "item", "value", "consent"]]
    rows += [[f"WR-{n:02}", "wijkraad", SPEND, x, "position"] for n, x in enumerate(levels, 1)]
    rows.append(
        ["WM-01", "wijkmanager", SPEND, chance.choice(("advises", "co-decides")), "position"]
    )
    assert gathered(tmp_path, sent(tmp_path, "a.csv", rows, chance)).code == 0
    assert SPEND not in report(tmp_path)["shared"]  # type: ignore[operator]


@TWENTY
def test_02_a_number_counts_who_said_it(tmp_path: Path, number: int, chance: random.Random) -> None:
    said = [chance.choice(("nobody", "dont-know", "wijkraad")) for _ in range(chance.randint(3, 8))]
    made(tmp_path, parties=(f"wijkraad={len(said)}", "wijkmanager=1"))
    rows = [["participant", "party", "item", "value", "consent"]]
    rows += [[f"WR-{n:02}", "wijkraad", TIES, x, "position"] for n, x in enumerate(said, 1)]
    rows.append(["WM-01", "wijkmanager", TIES, "wijkmanager", "position"])
    assert gathered(tmp_path, sent(tmp_path, "a.csv", rows, chance)).code == 0
    item = next(i for i in report(tmp_path)["items"] if i["item"] == TIES)  # type: ignore[attr-defined]
    raad = next(each for each in item["positions"] if each["party"] == "wijkraad")
    told = {**raad["counts"], "dont-know": raad["dont_know"]}
    assert {x: n for x, n in told.items() if n} == {x: said.count(x) for x in set(said)}


@TWENTY
def test_03_and_09_a_later_table_changes_neither_a_choice_nor_an_answer_unasked(
    tmp_path: Path, number: int, chance: random.Random
) -> None:
    folder = made(tmp_path)
    consent, (first, later) = chance.choice(("position", "group", "none")), chance.sample(WHO, 2)
    code, party = chance.choice((("WR-02", "wijkraad"), ("WM-01", "wijkmanager")))
    header, row = ["participant", "party", "item", "value"], [code, party, TIES]
    one = sent(tmp_path, "a.csv", [[*header, "consent"], [*row, first, consent]], chance)
    assert gathered(tmp_path, one).code == 0
    two = sent(tmp_path, "b.csv", [header, [*row, later]], chance)
    done = gathered(tmp_path, two)
    assert (done.code, "handed in before" in done.out) == (0, True)
    assert f"--replace {code}" in done.out
    assert not {"newer", "older"} & set((done.out + done.err).split())
    assert answers(folder, code) == {TIES: first}
    assert gathered(tmp_path, two, "--replace", code).code == 0
    assert answers(folder, code) == {TIES: later}
    assert f'consent: "{consent}"' in (folder / "sheets" / f"{code}.yaml").read_text("utf-8")


@TWENTY
def test_11_an_empty_form_is_called_that(
    tmp_path: Path, number: int, chance: random.Random
) -> None:
    folder = made(tmp_path)
    code = chance.choice(("WR-01", "WR-03", "WM-01"))
    assert bart(tmp_path, "form", "wijk", code, language=chance.choice(("nl", "en"))).code == 0
    (form,) = folder.rglob(f"{code}.html")
    called = chance.choice(
        (f"{code}.html", "formulier.htm", f"{code} (1).html", "antwoorden", "a.txt")
    )
    (tmp_path / called).write_bytes(form.read_bytes())
    done = gathered(tmp_path, str(tmp_path / called))
    assert (done.code, "empty form" in done.err, "indent" in done.err) == (65, True, False)
    assert not (folder / "damaged").exists()


@TWENTY
def test_16_an_xlsform_is_called_that(tmp_path: Path, number: int, chance: random.Random) -> None:
    book, pages = (
        openpyxl.Workbook(),
        {
            "survey": ["type", "name", "label", "required"],
            "choices": ["list_name", "name", "label"],
            "settings": ["form_title", "form_id"],
        },
    )
    titles = ["survey", "choices", *(["settings"] if chance.random() < 0.5 else [])]
    chance.shuffle(titles)
    book.remove(book.worksheets[0])
    for title in titles:
        page = book.create_sheet(title)
        page.append(pages[title])
        page.append([chance.choice(("text", "clarity", "Hoe duidelijk?")) for _ in pages[title]])
    book.save(tmp_path / "vragen.xlsx")
    done = bart(tmp_path, "check", str(tmp_path / "vragen.xlsx"), language="en")
    assert (done.code, "XLSForm" in done.out, "CSV UTF-8" in done.out) == (65, True, False)


@TWENTY
def test_17_a_table_without_answers_is_refused_and_no_copy_kept(
    tmp_path: Path, number: int, chance: random.Random
) -> None:
    folder = made(tmp_path)
    who = chance.sample(["Opdrachtgever", "Team", "Sturing", "Privacy", "Bestuur", "Audit"], 4)
    rows = [[chance.choice(("Activiteit", "Taak", "")), *who]]
    for task in ("Toelating", "Inzet", "Toezicht achteraf"):
        rows.append([task, *(chance.choice(("R", "A", "C", "I", "A/R", "")) for _ in who)])
    done = gathered(tmp_path, sent(tmp_path, "raci.csv", rows, chance))
    assert (done.code, "indent" in done.err) == (65, False), done.err
    assert "Refused" in done.err
    assert not (folder / "damaged").exists()


@TWENTY
def test_17_its_first_column_is_a_list_of_decisions_to_ask_about(
    tmp_path: Path, number: int, chance: random.Random
) -> None:
    tasks = chance.sample(["Toelating", "Inzet, ook ’s nachts", "Toets van buiten", "Één bank"], 3)
    is_table = chance.random() < 0.5
    rows = [["Activiteit", "Team", "Bestuur"], *([task, "A/R", "C"] for task in tasks)]
    lines = tmp_path / "lijst.txt"
    lines.write_text("".join(f"{chance.choice(('', '- '))}{task}\n" for task in tasks), "utf-8")
    file = sent(tmp_path, "raci.csv", rows, chance) if is_table else str(lines)
    new = ("new", "zorg", "--set", "wijk-kort", "--party", "wijkraad=3", "--decisions", file)
    done = bart(tmp_path, *new, language="en")
    assert done.code == 0, done.err
    session, _ = session_in(tmp_path / "zorg").read()
    assert [each.label.nl for each in session.decisions.values()] == tasks


def test_17_a_list_that_is_not_there_makes_no_session(tmp_path: Path) -> None:
    new = ("new", "zorg", "--party", "wijkraad=3", "--decisions", str(tmp_path / "nee.txt"))
    assert bart(tmp_path, *new).code == 66
    assert not (tmp_path / "zorg").exists()
