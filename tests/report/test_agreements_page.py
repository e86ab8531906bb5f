"""The page of agreements, which may be public, and what the report says of them."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from bart_tool.domain.agreement import (
    Agreement,
    AgreementDraft,
    Assent,
    Check,
    Unagreed,
    Withdrawal,
)
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.report import html, markdown
from bart_tool.report.agreements_page import compose_page, title
from bart_tool.store import yaml_text
from bart_tool.store.disk import DiskStore
from bart_tool.wording.labels import TESTED, label
from bart_tool.workflow import agree as agreeing
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.publish import publish, publish_agreements
from tests.golden import check_golden
from tests.tui.participant.hostile import ALL as HOSTILE
from tests.tui.participant.hostile import raw_in
from tests.workshop import path_of

TODAY = date(2026, 3, 18)
THREE = (
    AgreementDraft(
        topic="decision/small-urgent-spend",
        sentence="De wijkmanager geeft tot 500 euro uit en meldt dat binnen een week.",
        parties=(
            Assent(party="wijkraad"),
            Assent(party="wijkmanager"),
            Assent(party="cluster-stadsbeheer", condition="zolang het binnen het jaarbudget past"),
        ),
        mandate="within",
        written_in="het wijkakkoord",
        done_by=("wijkmanager",),
        owner="wijkmanager",
        check_on=date(2026, 6, 30),
        specified="yes",
        agreed="partly",
    ),
    AgreementDraft(
        topic="ties-broken-by",
        sentence="Komen we er niet uit, dan hakt de rayondirecteur binnen een week de knoop door.",
        parties=(Assent(party="wijkraad"), Assent(party="wijkmanager")),
        mandate="submitted",
        mandate_words="de rayondirecteur",
        owner="wijkmanager",
        check_on=date(2026, 4, 30),
    ),
    AgreementDraft(
        topic="decision/extra-programme",
        sentence="Wie een extra wijkprogramma begint, bespreken we in het voorjaar.",
        mandate="parked",
        owner="wijk-mt",
    ),
)


def demo_with_agreements(root: Path, language: Language = "nl") -> OpenSession:
    opened = make_demo(DiskStore(root), language).opened
    for draft in THREE:
        opened = agreeing.agree(opened, draft, TODAY).opened
    later = date(2026, 4, 30)
    check = Check(on=later, kept="partly", note="een keer duurde het langer")
    return agreeing.record_check(opened, "a-2", check, later).opened


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> OpenSession:
    return demo_with_agreements(tmp_path_factory.mktemp("demo"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_reads_as_it_was_last_read(demo: OpenSession, language: Language) -> None:
    md, page = map(Path, publish_agreements(demo, language))
    text = md.read_text("utf-8")
    check_golden(f"reports/agreements.{language}.md", text)
    called = title(demo.session, language)
    assert page.read_text("utf-8") == html.render(text, language, called, folds=False)
    assert "<details" not in page.read_text("utf-8")  # an agreement is looked up on the spot
    assert "anoniem" not in text.lower()
    assert "duurde het langer" not in text  # noted for the parties, not for everybody


def test_the_page_is_the_same_whatever_was_answered_and_when_nothing_was(
    demo: OpenSession, tmp_path: Path
) -> None:
    pages = [path.read_bytes() for path in map(Path, publish_agreements(demo))]
    other = demo_with_agreements(tmp_path)
    for path in (path_of(other.folder) / "sheets").iterdir():
        path.unlink()
    assert not picture_of(open_session(DiskStore(tmp_path), "demo")).picture.sheets
    assert [path.read_bytes() for path in map(Path, publish_agreements(other))] == pages


def test_no_answer_code_or_count_of_the_demo_stands_on_the_page(demo: OpenSession) -> None:
    page = "\n".join(path.read_text("utf-8") for path in map(Path, publish_agreements(demo)))
    text = page[page.index("<body") :] + markdown_of(demo)
    for code in demo.session.party_of:
        assert code not in text
    assert re.search(r"\b[0-9]+ (van|of) [0-9]+\b", text) is None
    question_set = demo.question_set
    chosen: set[str] = set()
    for sheet in picture_of(demo).picture.sheets:
        for key, answer in sheet.answers.items():
            item = question_set.by_key[key]
            labels = {
                option.id: option.label.in_language("nl")
                for option in question_set.options(item.question, item.subject)
            }
            values = answer.value if isinstance(answer.value, dict) else {answer.value: ""}
            chosen |= {labels.get(each, each) for each in values}
            chosen |= {answer.note, answer.words} - {""}
    # Answers point at positions, and agreements name them; yes, partly and no are tests here too.
    named = [*question_set.parties.values(), *question_set.actors.values()]
    common = {each.label.nl.lower() for each in named} | {each.the.nl.lower() for each in named}
    common |= {label(TESTED, each, "nl") for each in ("yes", "partly", "no")}
    common |= {"duidelijk"}  # a level, and a word with which the page itself asks
    answers = {each for each in chosen if each.lower() not in common and len(each) > 3}
    assert len(answers) > 40
    assert {each for each in answers if each.lower() in text.lower()} == set()


def markdown_of(opened: OpenSession) -> str:
    kept = agreeing.agreements(opened).agreements
    return markdown.render(compose_page(kept, opened.question_set, opened.session, "nl"))


def test_no_file_of_the_session_but_its_own_is_read_for_the_page(
    demo: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    for name in ("sheets", "sheet", "conflict_sheets", "people", "decisions"):
        monkeypatch.setattr(type(demo.folder), name, never)
    assert len(publish_agreements(demo)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_agreements_the_page_says_so(tmp_path: Path, language: Language) -> None:
    opened = make_demo(DiskStore(tmp_path)).opened
    text = Path(publish_agreements(opened, language)[0]).read_text("utf-8")
    assert text.endswith({"nl": "niets afgesproken.\n", "en": "agreed yet.\n"}[language])


def test_hostile_words_are_words_on_the_page_and_in_the_report(tmp_path: Path) -> None:
    payload = f"<script>alert(1)</script> ![x](http://example.org/x.png) # | {HOSTILE}"
    opened = make_demo(DiskStore(tmp_path)).opened
    opened = agreeing.agree(
        opened,
        AgreementDraft(
            topic="ties-broken-by",
            sentence=payload[:290],
            parties=(Assent(party="wijkraad", condition=payload),),
            mandate="submitted",
            mandate_words=payload,
            written_in=f"{payload}\n# kop\n- punt",
        ),
        TODAY,
    ).opened
    check = Check(on=TODAY, kept="no", note=payload)
    opened = agreeing.record_check(opened, "a-1", check, TODAY).opened
    made = (*publish_agreements(opened), *publish(opened, formats=("md", "html", "json")).files)
    for path in map(Path, made):
        text = path.read_text("utf-8")
        if path.suffix == ".json":
            assert json.loads(text)["agreements"][0]["written_in"].endswith("# kop\n- punt")
        else:
            assert raw_in(path.read_bytes()) == []
            assert "<script" not in text.replace("\\<script", "")
            assert "<img" not in text
            assert "\n# kop" not in text


def test_the_report_lists_what_was_agreed_and_nothing_where_nothing_was(tmp_path: Path) -> None:
    before = make_demo(DiskStore(tmp_path))
    texts = {path.name: path.read_text("utf-8") for path in map(Path, before.files)}
    assert "## Afspraken" not in texts["appendix.md"]
    assert json.loads(texts["report.json"])["agreements"] == []
    opened = before.opened
    for draft in THREE:
        opened = agreeing.agree(opened, draft, TODAY).opened
    after = publish(opened, formats=("md", "json"))
    report, data, appendix = (path.read_text("utf-8") for path in map(Path, after.files))
    part = appendix[appendix.index("## Afspraken") :].partition("\n## ")[0]
    assert [" ".join(each.split()) for each in part.split("\n\n")[1].split("\n- ")] == [
        "- Kleine, dringende uitgave: **De wijkmanager geeft tot 500 euro uit en meldt dat binnen "
        "een week.** Dat mogen de partijen zelf beslissen. Wie het bewaakt: de wijkmanager. "
        "Nakijken op 30-6-2026.",
        "Wie de knoop doorhakt: **Komen we er niet uit, dan hakt de rayondirecteur binnen een "
        "week de knoop door.** Voorgelegd aan de rayondirecteur. Wie het bewaakt: de wijkmanager. "
        "Nakijken op 30-4-2026.",
        "Extra wijkprogramma: **Wie een extra wijkprogramma begint, bespreken we in het "
        "voorjaar.** Geparkeerd. Wie het bewaakt: het wijk-MT.",
    ]
    # Nothing else in the report changed.
    assert report == texts["report.md"]
    listed = "- [Afspraken](#afspraken)\n"
    assert appendix.replace(f"{part}\n", "").replace(listed, "") == texts["appendix.md"]
    agreed = json.loads(data)
    assert [each["id"] for each in agreed["agreements"]] == ["a-1", "a-2", "a-3"]
    assert agreed["agreements"][1] == {
        "id": "a-2",
        "topic": "ties-broken-by",
        "sentence": THREE[1].sentence,
        "parties": [
            {"party": "wijkraad", "condition": ""},
            {"party": "wijkmanager", "condition": ""},
        ],
        "mandate": "submitted",
        "mandate_words": "de rayondirecteur",
        "written_in": "",
        "owner": "wijkmanager",
        "done_by": [],
        "unagreed": [],
        "check_on": "2026-04-30",
        "checks": [],
        "withdrawn": None,
        "round": 1,
        "changed_on": "2026-03-18",
        "tests": {"specified": None, "agreed": None, "kept": None},
    }
    assert {**agreed, "agreements": []} == json.loads(texts["report.json"])


def test_agreements_that_cannot_be_read_are_named_and_the_report_is_made(tmp_path: Path) -> None:
    opened = make_demo(DiskStore(tmp_path)).opened
    path = path_of(opened.folder) / "agreements.yaml"
    path.write_text(
        yaml_text.write({"format": 1, "kind": "agreements", "agreements": "geen"}), "utf-8"
    )
    made = publish(opened)
    assert [(each.code, each.where.file) for each in made.problems] == [
        ("expected-list", "agreements.yaml")
    ]
    assert "## Afspraken" not in Path(made.files[0]).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_what_nobody_agreed_to_the_page_says_only_what_was_filled_in(
    demo: OpenSession, language: Language
) -> None:
    bare = Agreement(id="a-1", topic="ties-broken-by", sentence="Zo doen we het.")
    said = bare.changed(mandate="within", check_on=date(2026, 6, 30))
    for one in (bare, said):
        page = compose_page([one], demo.question_set, demo.session, language)
        text = " ".join(markdown.render(page).split())
        for word in (
            "mandaat",
            "mandate",
            "mogen wij",
            "Wie mag",
            "Wie het ermee eens",
            "Who agrees",
        ):
            assert word not in text
        for untrue in ("Dit is samen", "This is what parties agreed", "…", "Terugkijken"):
            assert untrue not in text
        headings = [line for line in markdown.render(page).splitlines() if line.startswith("#")]
        assert len(headings) == 3  # the page, under what it stands, the sentence
        assert {"nl": "nog niemand stemde in", "en": "nobody said yet"}[language] in text
    text = markdown.render(compose_page([said], demo.question_set, demo.session, language))
    assert "30" in text
    assert "30" not in markdown.render(
        compose_page([bare], demo.question_set, demo.session, language)
    )


def test_what_was_withdrawn_stands_apart_with_its_day_and_without_its_reason(
    demo: OpenSession,
) -> None:
    gone = Agreement(
        id="a-1",
        topic="ties-broken-by",
        sentence="Zo deden we het.",
        parties=(Assent(party="wijkraad"),),
        check_on=date(2026, 6, 30),
        withdrawn=Withdrawal(on=date(2026, 5, 1), why="het werkte niet"),
    )
    text = markdown.render(compose_page([gone], demo.question_set, demo.session, "nl"))
    assert "## Ingetrokken: geldt niet meer" in text
    assert "- **Ingetrokken:** op 1-5-2026\n" in text
    assert "het werkte niet" not in text
    assert "Terugkijken" not in text


def test_who_must_act_and_did_not_agree_stands_on_the_page_with_what_was_said(
    demo: OpenSession,
) -> None:
    said = Unagreed(party="wijkmanager", said="vraagt het eerst na")
    made = THREE[0].changed(parties=(Assent(party="wijkraad"),), unagreed=(said,))
    one = Agreement(id="a-1", **{name: getattr(made, name) for name in AgreementDraft.model_fields})
    page = compose_page([one], demo.question_set, demo.session, "nl")
    text = " ".join(markdown.render(page).split())
    assert "stemde niet in:** de wijkmanager (daarover gezegd: vraagt het" in text


def test_what_is_gone_from_the_session_is_still_named(demo: OpenSession) -> None:
    gone = Agreement(
        id="a-9",
        topic="decision/gone",
        sentence="Iets van vroeger.",
        parties=(Assent(party="cluster-van-vroeger"),),
        owner="oude-positie",
    )
    for language in LANGUAGES:
        page = compose_page([gone], demo.question_set, demo.session, language)
        text = markdown.render(page)
        for word in ("decision/gone", "cluster-van-vroeger", "oude-positie"):
            assert word in text
