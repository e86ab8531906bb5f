"""Tables of other survey programs: a map says what their columns and words stand for."""

import random
from pathlib import Path

import pytest
import yaml

from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.route import pages_of
from bart_tool.store.disk import DiskStore
from bart_tool.wording import questions
from bart_tool.workflow.open_session import open_session
from tests.arrivals.arriving import answers, gathered, made
from tests.arrivals.drawn import PARTY, SAID, Drawing
from tests.cli.run import Done, bart

# As a form of a web survey gives it back: a time, own names of columns, choices joined by commas.
SURVEY = """\
Tijdstempel,Jouw code,Hoor je bij?,Hoe duidelijk is het voor jou wie in de wijk wat mag beslissen?,\
Toelichting,In het wijk-MT: wie hakt in de praktijk de knoop door?,\
Welke rollen heeft de wijkraad in de praktijk?,Wat vond je van deze vragenlijst?
2026-11-01 10:00,wr-01,Wijkraad,Heel duidelijk,"Meestal, maar niet altijd",De voorzitter,\
"Netwerker, Oren en ogen van de wijk",Leuk
2026-11-01 11:00,WR-02,wijkraad,Soms wel,,wijkraad,Netwerker,Saai
2026-11-01 11:30,WM-01,wijkmanager,Onduidelijk,,Niemand,Netwerker;Vraagbaak,
"""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    made(tmp_path)
    path = tmp_path / "survey.csv"
    path.write_text(SURVEY, "utf-8")
    return path


def columns(root: Path, *args: str, typed: str | None = None) -> Done:
    return bart(root, "columns", *args, language="en", typed=typed)


def test_what_is_certain_is_mapped_and_what_is_not_is_left_open(
    tmp_path: Path, survey: Path
) -> None:
    file = tmp_path / "columns.yaml"
    done = columns(tmp_path, str(survey), str(file), "--no-input")
    assert (done.code, done.out.strip()) == (65, str(file))
    found = [
        (each["means"], each.get("words")) for each in yaml.safe_load(file.read_text())["columns"]
    ]
    assert found == [
        ("", None),
        ("participant", None),
        ("?", None),
        ("clarity", {"Soms wel": "?"}),
        ("?", None),
        ("?", None),
        ("roles/wijkraad", {"Vraagbaak": "?"}),
        ("", None),
    ]
    assert "not used: column 8, Wat vond je van deze vragenlijst?" in done.err
    assert "5 question marks are left" in done.err


def test_what_is_open_is_never_guessed_when_a_table_is_taken_in(
    tmp_path: Path, survey: Path
) -> None:
    file = tmp_path / "columns.yaml"
    columns(tmp_path, str(survey), str(file), "--no-input")
    done = gathered(tmp_path, str(survey), "--columns", str(file))
    assert done.code == 65
    assert done.err.count("Here is still a question mark") == 5
    assert not (tmp_path / "wijk" / "sheets").exists()


def test_somebody_says_what_is_not_certain_and_the_table_comes_in(
    tmp_path: Path, survey: Path
) -> None:
    file = tmp_path / "columns.yaml"
    # The party; first the wrong one, then back; the note; the question. Then a word a line.
    typed = "\n".join(("1", "<", "1", "1", "1", "3", "other", "0", ""))
    done = columns(tmp_path, str(survey), str(file), typed=typed)
    assert done.code == 0, done.err
    took = gathered(tmp_path, str(survey), "--columns", str(file), "--json")
    assert (took.code, took.json["came_in"]) == (0, ["WM-01", "WR-01", "WR-02"])
    folder = tmp_path / "wijk"
    assert answers(folder, "WR-01") == {
        "clarity": "very-clear",
        "ties-broken-by": "other",
        "roles/wijkraad": {"networker": "unknown", "eyes-and-ears": "unknown"},
    }
    assert answers(folder, "WR-02")["clarity"] == "in-between"
    assert answers(folder, "WM-01")["roles/wijkraad"] == {"networker": "unknown"}
    said = (folder / "sheets" / "WR-01.yaml").read_text("utf-8")
    assert 'words: "De voorzitter"' in said
    assert 'note: "Meestal, maar niet altijd"' in said
    assert "Leuk" not in said


def test_whose_answers_they_are_is_asked_where_no_column_has_the_codes(tmp_path: Path) -> None:
    folder = made(tmp_path)
    path, file = tmp_path / "survey.csv", tmp_path / "columns.yaml"
    path.write_text("E-mail;clarity\neen@wijk.example;clear\ntwee@wijk.example;unclear\n", "utf-8")
    done = columns(tmp_path, str(path), str(file), typed="1\nWR-02\n0\n")
    assert done.code == 0, done.err
    took = gathered(tmp_path, str(path), "--columns", str(file), "--json")
    assert took.json["came_in"] == ["WR-02"]
    assert answers(folder, "WR-02") == {"clarity": "clear"}
    assert took.code == 65  # of the second it is not said who it is
    assert "@" not in took.out + took.err


def test_a_question_is_asked_again_after_an_answer_that_is_none(
    tmp_path: Path, survey: Path
) -> None:
    typed = "\n".join(("nonsense", "party", "0", "ties-broken-by", "3", "0", "0", ""))
    done = columns(tmp_path, str(survey), typed=typed)
    assert "‘nonsense’ is no question of this session" in done.err
    means = [each["means"] for each in yaml.safe_load(done.out)["columns"]]
    assert means[2:6] == ["party", "clarity", "", "ties-broken-by"]


WRONG = {
    "a question that is not there": ("clarity", "claritie", "‘claritie’ is no question"),
    "a question twice": ("roles/wijkraad", "clarity", "mean the same: clarity"),
    "nobody's answers": ("participant", "", "No column says whose answers"),
    "another part": ("clarity", "clarity: colour", "‘clarity: colour’ is no question"),
    "an unknown key": ("means", "meens", "meens"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_map_that_does_not_fit_is_told_by_line_and_nothing_comes_in(
    tmp_path: Path, survey: Path, wrong: str
) -> None:
    before, after, says = WRONG[wrong]
    file = tmp_path / "columns.yaml"
    columns(tmp_path, str(survey), str(file), "--no-input")
    file.write_text(file.read_text("utf-8").replace('"?"', '""').replace(before, after), "utf-8")
    for done in (
        gathered(tmp_path, str(survey), "--columns", str(file)),
        bart(tmp_path, "check", str(file), "--session", "wijk", language="en"),
    ):
        assert done.code == 65
        assert says in done.out + done.err
        assert "line " in done.out + done.err
    assert not (tmp_path / "wijk" / "sheets").exists()


def test_a_table_whose_columns_changed_is_refused_whole(tmp_path: Path, survey: Path) -> None:
    file = tmp_path / "columns.yaml"
    columns(tmp_path, str(survey), str(file), "--no-input")
    file.write_text(file.read_text("utf-8").replace('"?"', '""'), "utf-8")
    survey.write_text(SURVEY.replace("Hoe duidelijk", "Hoe helder"), "utf-8")
    done = gathered(tmp_path, str(survey), "--columns", str(file))
    assert done.code == 65
    assert "in the map of columns, but not in the table: ‘Hoe duidelijk is het" in done.err
    assert not (tmp_path / "wijk" / "sheets").exists()
    assert not (tmp_path / "wijk" / "damaged").exists()  # it is whole, only not as the map says


def test_a_table_with_a_column_more_is_refused_whole(tmp_path: Path, survey: Path) -> None:
    file = tmp_path / "columns.yaml"
    columns(tmp_path, str(survey), str(file), "--no-input")
    file.write_text(file.read_text("utf-8").replace('"?"', '""'), "utf-8")
    survey.write_text(SURVEY.replace("Tijdstempel,", "Tijdstempel,Nieuw,"), "utf-8")
    done = gathered(tmp_path, str(survey), "--columns", str(file))
    assert (done.code, "counted from the left: 2" in done.err) == (65, True)


def test_a_table_of_unknown_columns_names_the_next_command(tmp_path: Path, survey: Path) -> None:
    done = gathered(tmp_path, str(survey))
    assert done.code == 65
    assert "bart columns TABLE columns.yaml --session wijk" in done.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no table here"),
        (b"one column\na\n", "no table here"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"a,b\n", "no table here"),
    ],
)
def test_what_is_no_table_is_told_so(tmp_path: Path, content: bytes, says: str) -> None:
    made(tmp_path)
    path = tmp_path / "survey.csv"
    path.write_bytes(content)
    done = columns(tmp_path, str(path))
    assert (done.code, done.out) == (65, "")
    assert says in done.err


def test_of_several_sessions_one_must_be_named(tmp_path: Path, survey: Path) -> None:
    made(tmp_path, "tweede")
    done = columns(tmp_path, str(survey), "--no-input")
    assert (done.code, "--session NAME" in done.err) == (2, True)
    assert columns(tmp_path, str(survey), "--session", "tweede").code == 65


def test_a_map_is_not_written_over(tmp_path: Path, survey: Path) -> None:
    file = tmp_path / "columns.yaml"
    file.write_text("mine", "utf-8")
    assert columns(tmp_path, str(survey), str(file)).code == 73
    assert file.read_text("utf-8") == "mine"


# Drawn by chance: the questions in one of their wordings, choices by label, one column an option.


class Survey:
    """The answers of `SAID` as another program gives them back."""

    def __init__(self, question_set: QuestionSet, chance: random.Random) -> None:
        self.chance, self.cells = chance, Drawing(question_set, chance)
        self.set = question_set
        self.page_of = {i.key: page for page in pages_of(question_set.items) for i in page.items}
        self.language = chance.choice(LANGUAGES)

    def name(self, item: Item) -> str:
        """What the column of `item` is called."""
        page = self.page_of[item.key]
        names = [questions.asked_of(self.set, item, self.language), item.key.replace("/", "_")]
        if page.is_table:
            above = questions.asked_at_once(self.set, page, self.language)
            row = questions.asked_in_row(self.set, item, self.language)
            names.append(f"{above} [{row}]")
        return self.chance.choice(names)

    def rows(self) -> list[list[str]]:
        """The whole table, its columns in any order."""
        said = {code: answered for code, _, answered in SAID}
        table = {"Code": list(said), "Groep 7b": [PARTY[code[:2]] for code in said]}
        for key in dict.fromkeys(key for answered in said.values() for key in answered):
            item = self.set.by_key[key]
            values = [said[code].get(key, ("", "", ""))[0] for code in said]
            table.update(self.columns(item, values))
        names = self.chance.sample(list(table), len(table))
        cells = zip(*(table[name] for name in names), strict=True)
        return [names, *map(list, cells)]

    def columns(self, item: Item, values: list[str]) -> dict[str, list[str]]:
        name = self.name(item)
        if item.question.answered != "several" or self.chance.random() < 0.3:
            return {name: [self.cells.value(item, value) if value else "" for value in values]}
        found = {}
        for option in self.set.options(item.question, item.subject):
            tags = [dict(p.split(":") for p in v.split(";") if p).get(option.id) for v in values]
            called = option.label.in_language(self.language)
            form = self.chance.choice(("{} [{}]", "{}: {}", "{} - {}"))
            no = self.chance.choice(("", "Nee", "0", "No"))
            found[form.format(name, called)] = [
                self.cells.code_word("tag", tag) if tag else no for tag in tags
            ]
        return found


@pytest.mark.parametrize("number", range(20))
def test_twenty_surveys_say_what_the_answers_were(
    tmp_path: Path, number: int, request: pytest.FixtureRequest, seed: int
) -> None:
    chance = random.Random(f"{seed} {request.node.name}")
    folder = made(tmp_path)
    opened = open_session(DiskStore(tmp_path), "wijk")
    survey = Survey(opened.question_set, chance)
    path, file = tmp_path / "survey.csv", tmp_path / "columns.yaml"
    path.write_bytes(survey.cells.as_csv(survey.rows()))
    done = columns(tmp_path, str(path), str(file), typed="party\n")
    assert done.code == 0, done.err
    took = gathered(tmp_path, str(path), "--columns", str(file), "--json")
    assert took.code == 0, took.err
    for code, _, said in SAID:
        found = answers(folder, code)
        for key, (value, _, _) in said.items():
            tagged = dict(part.split(":") for part in value.split(";")) if ":" in value else value
            assert found.pop(key) == tagged, key
        assert found == {}
