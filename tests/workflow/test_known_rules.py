"""Rules that ship, and those of another municipality, beside the questions of a session."""

from pathlib import Path

import pytest

from bart_tool.errors import Exit
from bart_tool.store import question_sets, rule_lists
from bart_tool.store.locations import shipped_sets
from bart_tool.wording.rules import cited
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.phases import close
from tests.cli.run import bart
from tests.workflow.on_disk import store_in
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

PARTIES = ("--party", "wijkraad=3", "--party", "wijkmanager=1")
OWN = """\
format: 1
kind: formal-sources
id: onze-stad
title: Onze stad
sources:
  mandaat:
    title: Mandaatregeling Onze stad
    article: artikel 3
    year: 2024
    about: [mandate/wijkmanager]
  elders:
    title: Regeling over iets anders
    year: 2020
    about: [niet-gevraagd]
"""


def test_every_shipped_rule_is_about_something_that_a_shipped_set_asks() -> None:
    sets = [
        found.choosing(tuple(found.objects.get("decisions", ())))
        for name in question_sets.set_ids()
        if (found := question_sets.load(name)[0])
    ]
    rules = rule_lists.shipped()
    assert "mandaatbesluit" in rules
    for name, rule in rules.items():
        for each in rule.about:
            only = rule.changed(about=(each,))
            assert any(only.items(found) for found in sets), (name, each)


def test_a_file_of_rules_is_no_question_set() -> None:
    assert (shipped_sets() / "sources" / "rotterdam.yaml").is_file()
    assert question_sets.set_ids() == ("bart-basis", "wijk-kern", "wijk-kort", "wijkprogramma")


def test_the_shipped_file_checks_clean() -> None:
    path = shipped_sets() / "sources" / "rotterdam.yaml"
    done = bart(path.parent, "check", str(path), language="nl")
    assert (done.code, done.out) == (0, "rotterdam.yaml: niets mis.\n")


def test_the_year_is_said_once() -> None:
    rules, t = rule_lists.shipped(), words("nl")
    assert cited(rules["wijkraden-taken"], t) == (
        "Verordening op de Wijkraden 2022, artikel 21 en 22 (uit 2021)"
    )
    assert cited(rules["mandaatbesluit"], t).endswith("machtiging Rotterdam 2016")


def test_picked_rules_stand_beside_their_questions_and_say_no_answer(tmp_path: Path) -> None:
    picked = ("--source", "mandaatbesluit", "--source", "wijkraden-taken")
    assert bart(tmp_path, "new", "wijk", *PARTIES, *picked).code == 0
    session = open_session(store_in(tmp_path), "wijk").session
    assert "primary-task/wijkraad" in session.sources
    assert "mandate/wijkmanager/small-urgent-spend" in session.sources
    assert "mandate/wijkraad/small-urgent-spend" not in session.sources
    assert {(each.value, each.to_check) for each in session.sources.values()} == {("", True)}


def test_two_rules_about_one_question_are_both_named(tmp_path: Path) -> None:
    both = ("mandaatbesluit", "ondermandaat-stadsontwikkeling")
    picked = [part for name in both for part in ("--source", name)]
    bart(tmp_path, "new", "wijk", *PARTIES, "--party", "cluster-a=1", *picked)
    sources = open_session(store_in(tmp_path), "wijk").session.sources
    text = sources["mandate/cluster/small-urgent-spend"].text
    assert text.count("; ") == 1
    assert text.endswith("Stadsontwikkeling 2019")


def test_another_municipality_writes_its_own(tmp_path: Path) -> None:
    path = tmp_path / "onze-stad.yaml"
    path.write_text(OWN, encoding="utf-8")
    done = bart(tmp_path, "new", "wijk", *PARTIES, "--source", str(path), language="nl")
    sources = open_session(store_in(tmp_path), "wijk").session.sources
    assert {each.text for each in sources.values()} == {
        "Mandaatregeling Onze stad, artikel 3 (uit 2024)"
    }
    assert {key.rpartition("/")[0] for key in sources} == {"mandate/wijkmanager"}
    assert "Past bij geen vraag die gesteld wordt: elders." in done.err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (OWN.replace("year: 2024", "year: lang geleden"), "regel 9"),
        (OWN.replace("    about: [mandate/wijkmanager]\n", ""), "‘about’ ontbreekt"),
        (OWN.replace("kind: formal-sources", "kind: question-set"), "regel 2"),
    ],
)
def test_what_is_wrong_in_it_is_named_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "onze-stad.yaml"
    path.write_text(text, encoding="utf-8")
    done = bart(tmp_path, "new", "wijk", *PARTIES, "--source", str(path), language="nl")
    assert done.code == Exit.BAD_DATA
    assert line in done.err
    assert not (tmp_path / "wijk").exists()


def test_an_unknown_rule_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    done = bart(tmp_path, "new", "wijk", *PARTIES, "--source", "grondwet", language="nl")
    assert done.code == Exit.NOT_FOUND
    assert "Er is geen bron ‘grondwet’" in done.err
    assert "mandaatbesluit" in done.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_names_them_and_calls_nobody_wrong(tmp_path: Path, language: str) -> None:
    bart(tmp_path, "new", "wijk", *PARTIES, "--source", "mandaatbesluit")
    opened = open_session(store_in(tmp_path), "wijk")
    answers = {"wijkraad": "none", "wijkmanager": "decides"}
    for code, party in opened.session.party_of.items():
        sheet = session_context(opened, code).blank
        said = {
            key: {"value": answers[party]}
            for key in opened.question_set.by_key
            if key.startswith("mandate/wijkmanager/")
        }
        sheet = type(sheet).model_validate(
            {**sheet.model_dump(), "consent": "position", "status": "submitted", "answers": said}
        )
        opened.folder.save_sheet(sheet, None)
    close(opened)
    bart(tmp_path, "report", "wijk", "--language", language)
    text = " ".join((path_of(opened.folder) / "report" / "report.md").read_text("utf-8").split())
    place = "Besluit mandaat, volmacht en machtiging Rotterdam 2016."
    look = {"nl": "Controleer of dit nog geldt.", "en": "Check whether this still holds."}
    assert f"{place} {look[language]}" in text
    for accusing in ("Anders gezien", "Seen otherwise", "fout", "wrong"):
        assert accusing not in text.replace("Een verschil is geen fout", "")
