"""A report that somebody edited is never written over, and can be made a page of again."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from bart_tool.errors import Exit, NotFound
from bart_tool.report import renderers
from bart_tool.report.machine import METHOD
from bart_tool.report.points import PICTURED
from bart_tool.store import generated, yaml_text
from bart_tool.store.protocol import fingerprint_of
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.erase import erase
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.publish import publish, render_again
from tests.cli.run import bart
from tests.report.test_pdf import bare, text_of
from tests.report.test_word import house_style
from tests.workflow.on_disk import store_in, told_at
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

PAGES = ("md", "html", "json")
DRAWN = "topic-decision-small-urgent-spend.svg"
MINE = "\n## Nagekomen\n\nWR-01 vraagt om <b>tijd</b>.\n"


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return publish(make_demo(store_in(tmp_path)).opened, formats=PAGES).opened


def report(opened: OpenSession, name: str = "report.md") -> Path:
    return path_of(opened.folder) / "report" / name


def word_file(opened: OpenSession) -> Any:
    return docx.Document(BytesIO(report(opened, "report.docx").read_bytes()))


def edit(opened: OpenSession) -> str:
    text = report(opened).read_text("utf-8") + MINE
    report(opened).write_text(text, "utf-8")
    return text


def pictures(opened: OpenSession) -> list[str]:
    return sorted(path.name for path in report(opened, "figures").glob("*.svg"))


def test_what_nobody_edited_is_written_anew_without_a_word(opened: OpenSession) -> None:
    for language in ("en", "nl"):
        made = publish(opened, formats=PAGES, language=language)  # type: ignore[arg-type]
        assert not made.kept_edits
        assert not generated.is_edited(opened.folder)
    assert list(report(opened, "").glob("edited*")) == []


def test_an_edited_report_is_kept_under_a_number_of_its_own(opened: OpenSession) -> None:
    text = edit(opened)
    made = publish(opened)
    assert made.kept_edits == (str(report(opened, "edited-report.1.md")),)
    assert told_at(made.kept_edits[0]).read_text("utf-8") == text
    assert MINE not in report(opened).read_text("utf-8")
    assert not publish(opened).kept_edits
    edit(opened)
    report(opened).write_text("# Heel anders\n", "utf-8")
    assert publish(opened).kept_edits == (str(report(opened, "edited-report.2.md")),)


def test_a_report_of_which_nothing_is_known_is_kept_too(opened: OpenSession) -> None:
    report(opened, "made.yaml").unlink()
    report(opened).write_text("# Van een eerdere versie\n", "utf-8")
    assert publish(opened).kept_edits
    report(opened, "made.yaml").write_text("kapot: [", "utf-8")
    assert not publish(opened).kept_edits  # it is what would be written anyhow


def test_the_page_is_made_again_from_what_was_edited(opened: OpenSession) -> None:
    text = edit(opened)
    made = render_again(opened)
    page = report(opened, "report.html").read_text("utf-8")
    assert made.is_edited
    assert report(opened).read_text("utf-8") == text
    assert '<div class="inside" id="nagekomen">' in page
    assert "&lt;b&gt;tijd&lt;/b&gt;" in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == PICTURED


def test_without_an_edit_the_page_is_the_same_again(opened: OpenSession) -> None:
    before = report(opened, "report.html").read_bytes()
    assert not render_again(opened).is_edited
    assert report(opened, "report.html").read_bytes() == before


def test_a_picture_that_somebody_changed_is_not_put_in_the_page(opened: OpenSession) -> None:
    picture = report(opened, "figures") / DRAWN
    picture.write_text('<svg onload="alert(1)"><script>alert(1)</script></svg>', "utf-8")
    render_again(opened)
    page = report(opened, "report.html").read_text("utf-8")
    assert "onload" not in page
    assert "Deze plaat is er niet meer." in page
    publish(opened)
    assert "onload" not in picture.read_text("utf-8")


def test_pictures_of_an_earlier_report_do_not_stay(opened: OpenSession) -> None:
    assert DRAWN in pictures(opened)
    stray = report(opened, "figures") / "topic-no-longer.svg"
    stray.write_text("<svg/>", "utf-8")
    publish(opened)
    assert not stray.exists()


def test_erasing_removes_what_bart_wrote_and_names_what_a_person_edited(
    opened: OpenSession,
) -> None:
    edit(opened)
    publish(opened, formats=PAGES)
    edit(opened)
    gone = erase(opened, "WR-01")
    assert gone.edited == ("report/report.md", "report/edited-report.1.md")
    assert all((path_of(opened.folder) / each).exists() for each in gone.edited)
    assert {*gone.removed} >= {"report/report.html", "report/report.json"}
    assert pictures(opened) == []
    assert gone.opened.session.report_out_of_date
    made = publish(gone.opened)
    # the same text, kept once
    assert made.kept_edits == (str(report(opened, "edited-report.1.md")),)


def test_erasing_leaves_nothing_of_a_report_that_nobody_edited(opened: OpenSession) -> None:
    gone = erase(opened, "WR-01")
    assert gone.edited == ()
    assert generated.reports(opened.folder) == ()
    assert not report(opened, "made.yaml").exists()
    left = [
        p for p in report(opened, "").rglob("*") if p.is_file() and not p.name.endswith(".lock")
    ]
    assert [path.name for path in left] == ["earlier.yaml"] * len(left)


def test_there_must_be_a_report_to_make_a_page_of(opened: OpenSession) -> None:
    report(opened).unlink()
    with pytest.raises(NotFound) as caught:
        render_again(opened)
    assert caught.value.code == "no-report-to-render"


def test_the_command_says_what_became_of_the_edit(tmp_path: Path, opened: OpenSession) -> None:
    edit(opened)
    rendered = bart(tmp_path, "report", "demo", "--render", "--json")
    assert json.loads(rendered.out) == {
        "session": "demo",
        "files": [str(report(opened, "report.html")), str(report(opened, "appendix.html"))],
        "edited": True,
    }
    said = bart(tmp_path, "report", "demo")
    assert said.code == 0
    assert "edited-report.1.md" in said.err
    again = bart(tmp_path, "report", "demo", "--render")
    assert "Niemand heeft de teksten bewerkt" in again.err
    both = bart(tmp_path, "report", "demo", "--render", "--preview-without-answers")
    assert both.code == Exit.WRONG_USE
    erased = bart(tmp_path, "erase", "demo", "WR-02", "--yes")
    assert erased.code == Exit.BAD_DATA
    assert "edited-report.1.md" in erased.out
    assert bart(tmp_path, "reopen", "demo").code == 0
    assert bart(tmp_path, "report", "demo", "--render").code == Exit.NOT_ALLOWED


@pytest.mark.of_the_disk("the colours are a file beside the sessions")
def test_own_colours_are_found_checked_and_never_written_over(
    tmp_path: Path, opened: OpenSession
) -> None:
    made = bart(tmp_path, "report", "demo", "--own-colours", "--format", "html")
    assert (made.code, (tmp_path / "tokens.css").is_file()) == (0, True)
    twice = bart(tmp_path, "report", "demo", "--own-colours")
    assert twice.code == Exit.CANNOT_CREATE
    (tmp_path / "tokens.css").write_text(":root { --main: #7a1f5c; --paper: red; }", "utf-8")
    done = bart(tmp_path, "report", "demo", "--format", "html")
    assert done.code == Exit.BAD_DATA
    assert "tokens.css, regel 1: --paper: ‘red’ doet niet mee." in done.err
    checked = bart(tmp_path, "check", str(tmp_path / "tokens.css"), "--json")
    assert checked.code == Exit.BAD_DATA
    assert [each["kind"] for each in json.loads(checked.out)] == ["own-colours"]
    page = report(opened, "report.html").read_text("utf-8")
    assert "--main: #7a1f5c;" in page
    assert "--main: #7a1f5c;" in (report(opened, "figures") / DRAWN).read_text("utf-8")
    (path_of(opened.folder) / "tokens.css").write_text(":root { --main: #224488; }", "utf-8")
    assert bart(tmp_path, "report", "demo", "--render").code == 0
    assert "--main: #224488;" in report(opened, "report.html").read_text("utf-8")


@pytest.mark.of_the_disk("the template is a file beside the sessions")
def test_a_report_for_word_fills_the_own_template_or_says_that_it_is_none(
    tmp_path: Path, opened: OpenSession
) -> None:
    (tmp_path / "template.docx").write_bytes(house_style())
    assert bart(tmp_path, "report", "demo", "--format", "docx").code == 0
    made = word_file(opened)
    assert made.paragraphs[0].text == "Voorblad"
    # The session's own goes before that of the folder of sessions.
    (path_of(opened.folder) / "template.docx").write_text("Beste mensen,", "utf-8")
    done = bart(tmp_path, "report", "demo", "--format", "md,docx")
    assert done.code == Exit.BAD_DATA
    assert "template.docx: Dit is geen Word-bestand dat bart kan vullen" in done.err
    assert word_file(opened).paragraphs[0].text != "Voorblad"
    assert report(opened, "report.md").is_file()


def test_what_was_edited_stands_in_the_pdf_and_the_word_file_too(
    tmp_path: Path, opened: OpenSession
) -> None:
    assert bart(tmp_path, "report", "demo", "--format", "pdf,docx").code == 0
    edit(opened)
    done = bart(tmp_path, "report", "demo", "--render")
    assert done.code == 0
    assert [Path(line).name for line in done.out.split()] == [
        "report.html",
        "report.pdf",
        "report.docx",
        "appendix.html",
    ]
    assert bare("WR-01 vraagt om <b>tijd</b>.") in text_of(
        report(opened, "report.pdf").read_bytes()
    )
    word = word_file(opened)
    assert [each.text for each in word.paragraphs][-1] == "WR-01 vraagt om <b>tijd</b>."
    assert len(word.inline_shapes) == PICTURED


BESIDE = "Hier ligt nog report.pdf van eerder."


def test_a_missing_extra_is_one_sentence_and_nothing_changes(
    tmp_path: Path, opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files() -> dict[str, bytes]:
        found = path_of(opened.folder).rglob("*")
        return {str(path): path.read_bytes() for path in found if path.is_file()}

    assert bart(tmp_path, "report", "demo", "--format", "md,pdf").code == 0
    before = files()
    monkeypatch.setattr(renderers, "find_spec", lambda _name: None)
    # Also when a PDF of before would lie there beside a newer report: then that is named.
    begun = {("--format", "md,pdf"): "Voor pdf is iets nodig", ("--format", "md"): BESIDE}
    for how, says in (begun | {("--render",): BESIDE}).items():
        done = bart(tmp_path, "report", "demo", *how, language="nl")
        assert done.code == Exit.CANNOT_CREATE
        assert done.err.startswith(says)
        assert 'python -m pip install -c constraints.txt ".[pdf]"' in done.err
        assert len(done.err.strip().splitlines()) == 1
        assert (done.out, files()) == ("", before)


@pytest.mark.of_the_disk("there are no links in a database")
def test_a_link_in_place_of_the_pictures_is_not_written_through(
    tmp_path: Path, opened: OpenSession
) -> None:
    for path in report(opened, "figures").iterdir():
        path.unlink()
    report(opened, "figures").rmdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    report(opened, "figures").symlink_to(outside)
    with pytest.raises(NotFound):
        open_session(store_in(tmp_path), "demo")
    assert list(outside.iterdir()) == []


def test_an_edited_appendix_is_kept_and_made_a_page_of_too(opened: OpenSession) -> None:
    text = report(opened, "appendix.md").read_text("utf-8") + MINE
    report(opened, "appendix.md").write_text(text, "utf-8")
    made = render_again(opened)
    assert made.is_edited
    assert "&lt;b&gt;tijd&lt;/b&gt;" in report(opened, "appendix.html").read_text("utf-8")
    kept = publish(opened, with_appendix=False).kept_edits
    assert kept == (str(report(opened, "edited-appendix.1.md")),)
    assert told_at(kept[0]).read_text("utf-8") == text


def test_without_appendix_an_earlier_one_does_not_stay(tmp_path: Path, opened: OpenSession) -> None:
    assert bart(tmp_path, "report", "demo", "--no-appendix").code == 0
    assert generated.reports(opened.folder) == ("report.md", "report.html", "report.json")
    assert "appendix" not in report(opened).read_text("utf-8")
    assert bart(tmp_path, "report", "demo").code == 0
    assert report(opened, "appendix.md").is_file()


def made_by_version_1(opened: OpenSession) -> dict[str, bytes]:
    """Have the report lie there as version 0.1.0 left it, with a picture of its own."""
    drawn = report(opened, "figures") / "claims.svg"
    drawn.write_text("<svg/>", "utf-8")
    report(opened).write_text("# Van toen\n\n![kaart](figures/claims.svg)\n", "utf-8")
    for name in ("appendix.md", "appendix.html"):
        report(opened, name).unlink()
    names = ("report.md", "report.html", "report.json")
    content = {name: report(opened, name).read_bytes() for name in names}
    marks = {name: [fingerprint_of(each)] for name, each in content.items()}
    made = {"format": 1, "kind": "made-report", "language": "nl", "marks": marks}
    report(opened, "made.yaml").write_text(yaml_text.write(made), "utf-8")
    return content


def test_a_report_by_an_earlier_method_is_kept_beside_the_new_one(
    tmp_path: Path, opened: OpenSession
) -> None:
    old = made_by_version_1(opened)
    said = bart(tmp_path, "report", "demo", "--format", "md,html,json")
    assert said.code == 0
    assert "Dat van de vorige methode blijft zoals het is" in said.err
    for name, content in old.items():
        kept = report(opened, name.replace("report", "report-method-1"))
        assert kept.read_bytes() == content
    assert report(opened).read_bytes() != old["report.md"]
    assert "claims.svg" in pictures(opened)  # what the kept text shows
    assert "methode" not in bart(tmp_path, "report", "demo").err  # said once
    assert report(opened, "report-method-1.md").read_bytes() == old["report.md"]
    assert json.loads(report(opened, "report.json").read_text("utf-8"))["method"] == METHOD


def test_what_somebody_edited_in_it_is_kept_as_an_edit(opened: OpenSession) -> None:
    made_by_version_1(opened)
    edit(opened)
    made = publish(opened)
    assert made.kept_edits == (str(report(opened, "edited-report.1.md")),)
    names = [Path(each).name for each in made.earlier]
    assert names == ["report-method-1.html", "report-method-1.json"]


def test_erasing_removes_the_report_by_an_earlier_method_too(opened: OpenSession) -> None:
    made_by_version_1(opened)
    publish(opened)
    erase(opened, "WR-01")
    assert list(report(opened, "").glob("report-method-1.*")) == []
    assert pictures(opened) == []
