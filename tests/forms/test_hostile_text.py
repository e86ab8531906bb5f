"""Text never runs in a browser (T9): whatever somebody wrote, the form and the report show it."""

from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import BrowserContext, Page

from bart_tool.domain.agreement import Agreement, Assent, Check
from bart_tool.domain.answer import Answer
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Route
from bart_tool.domain.session import Session
from bart_tool.forms import render as form_page
from bart_tool.merge.engine import merge
from bart_tool.report import compose, html, markdown, tokens
from bart_tool.report.agreements_page import compose_page
from bart_tool.report.document import Document
from bart_tool.report.figures.drawing import as_file
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.form_content import FormQuestions, content
from tests import workshop
from tests.figures import figure
from tests.forms import filling
from tests.forms.conftest import watched
from tests.report.test_golden_reports import Case
from tests.workshop import analysed

SENTINEL = "window.__ran = (window.__ran || 0) + 1"
PAYLOADS = (
    f"<script>{SENTINEL}</script>",
    f"</script><script>{SENTINEL}</script>",
    f'<img src=x onerror="{SENTINEL}">',
    f"<svg onload='{SENTINEL}'>",
    f'"><iframe srcdoc="<script>parent.{SENTINEL}</script>">',
    f"[x](javascript:{SENTINEL})",
    "![x](http://example.invalid/x.png)",
    "<link rel=stylesheet href=http://example.invalid/x.css>",
    f"'-{SENTINEL}-'",
    "{{ 7 * 7 }}${7*7}<!--",
    "<style>*{display:none}</style>",
    f'\u2028</title></textarea></style><body onload="{SENTINEL}">',
)
ALL = " ".join(PAYLOADS)


def hostile_set(hostile: str = ALL) -> QuestionSet:
    """A small set in which every text is hostile."""
    whole = workshop.set_data(
        workshop.MANDATE_QUESTION,
        workshop.WHO_QUESTION,
        workshop.CHOICE_QUESTION,
        workshop.ROLES_QUESTION,
        workshop.TEXT_QUESTION,
    )
    more = {"example": {"nl": "x", "en": "x"}, "help": {"nl": "x", "en": "x"}}
    # New maps: the workshop's questions are everybody's.
    whole["questions"] = [{**question, **more} for question in whole["questions"]]
    return QuestionSet.model_validate(_poisoned(whole, hostile))


def _poisoned(value: Any, hostile: str) -> Any:
    if isinstance(value, dict):
        is_text = set(value) == {"nl", "en"}
        return {k: f"{v} {hostile}" if is_text else _poisoned(v, hostile) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_poisoned(each, hostile) for each in value]
    return value


@pytest.fixture
def answer_context() -> AnswerContext:
    the_set = hostile_set()
    session = workshop.session(the_set, {"wijkraad": 2}, title=ALL)
    return AnswerContext(
        question_set=the_set,
        kind="wijkraad",
        party_label=the_set.parties["wijkraad"].label,
        blank=workshop.sheet(session, "WR-01", {}, status="draft"),
        read=lambda: None,
        save=lambda _sheet, _expected: "",
        title=ALL,
        functions=PAYLOADS,
    )


def page_of(answer_context: AnswerContext) -> str:
    return form_page(
        content(
            answer_context,
            FormQuestions(Route(answer_context.question_set, answer_context.kind), "nl"),
        )
    )


def nothing_ran(page: Page) -> None:
    assert page.evaluate("window.__ran") is None
    assert page.wrong == []  # type: ignore[attr-defined]


def test_no_text_runs_in_the_form(
    context: BrowserContext, answer_context: AnswerContext, tmp_path: Path
) -> None:
    path = tmp_path / "form.html"
    path.write_text(
        form_page(
            content(
                answer_context,
                FormQuestions(Route(answer_context.question_set, answer_context.kind), "nl"),
            )
        ),
        encoding="utf-8",
    )
    page = watched(context.new_page())
    page.goto(path.as_uri())
    assert PAYLOADS[0] in page.locator("#app").inner_text()
    page.locator("button.main").click()
    page.locator('input[value="position"]').check()
    for payload in PAYLOADS:
        assert payload.replace("\u2028", "") in page.locator("#app").inner_text().replace(
            "\u2028", ""
        )
    page.locator("button.main").click()
    for where in ("q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11"):
        filling.go(page, where)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        for box in page.locator("form .option input").all()[:1]:
            box.evaluate("each => each.click()")
        for area in page.locator("textarea:visible, input[type=text]:visible").all():
            area.fill(ALL[:1000])
        assert PAYLOADS[0] in page.locator("#app").inner_text()
    for where in ("p", "o", "f", "x"):
        filling.go(page, where)
        nothing_ran(page)
    page.reload()
    page.get_by_role("button", name="Ja, ik ben").click()
    filling.go(page, "p")
    filling.at(page, "Mijn beeld")
    nothing_ran(page)


def test_no_text_runs_where_the_form_has_no_script(
    context: BrowserContext, answer_context: AnswerContext, tmp_path: Path
) -> None:
    text = page_of(answer_context)
    start, end = text.rindex("<script>"), text.rindex("</script>")
    path = tmp_path / "form.html"
    path.write_text(text[:start] + text[end + len("</script>") :], encoding="utf-8")
    page = watched(context.new_page())
    page.goto(path.as_uri())
    assert PAYLOADS[0] in page.locator("#plain").inner_text()
    nothing_ran(page)


# Out of what the text may try to break: sixty payloads in a long run.
WRAPS = ("{}", '">{}', "'>{}", "--></style>{}", "]]></td>{}")[: figure(1, 5)]


def hostile_report(hostile: str = ALL) -> Document:
    """A report in which the title, the parties, a decision, a source and all words are hostile.

    And every text of the set: questions, options, levels, decisions.
    """
    case = Case(
        {"wijkraad": 3, "wijkmanager": 1},
        {"wijkraad": ["position"] * 3, "wijkmanager": ["position"]},
        {
            "decisions": {"own": {"label": {"nl": hostile, "en": hostile}}},
            "sources": {"clarity": {"text": hostile, "value": "clear"}},
        },
    )
    the_set, session, sheets = case.made()
    noted = [
        each.model_copy(
            update={
                "answers": {
                    **each.answers,
                    "clarity": Answer(value="unclear", note=hostile[:1000], quote=True),
                    "orphan-problem": Answer(value="other", words=hostile[:1000], quote=True),
                }
            }
        )
        for each in sheets
    ]
    whole = session.model_dump()
    for party in whole["parties"]:
        party["label"] = {"nl": hostile, "en": hostile}
    titled = Session.model_validate({**whole, "title": hostile})
    the_set = QuestionSet.model_validate(_poisoned(the_set.model_dump(mode="json"), hostile))
    found = analysed(the_set, titled, merge(noted))
    report = compose.report(found, the_set, titled, "nl", "appendix")
    appendix = compose.appendix(found, the_set, titled, "nl")
    return Document((*report.blocks, *appendix.blocks))


@pytest.mark.parametrize("wrap", WRAPS)
def test_no_text_runs_in_the_report(context: BrowserContext, tmp_path: Path, wrap: str) -> None:
    document = hostile_report(" ".join(wrap.format(payload) for payload in PAYLOADS))
    text = markdown.render(document)
    path = tmp_path / "report.html"
    own, _ = tokens.parse(ALL, "tokens.css")
    path.write_text(
        html.render(text, "nl", ALL, pictures=document.pictures, tokens=own), encoding="utf-8"
    )
    page = watched(context.new_page())
    page.goto(path.as_uri())
    shown = page.locator("body").inner_text()
    assert PAYLOADS[0] in shown
    assert page.locator("figure svg").count() == len(document.pictures) > 4
    nothing_ran(page)


def test_no_text_runs_in_a_picture_on_its_own(context: BrowserContext, tmp_path: Path) -> None:
    document = hostile_report()
    assert any("&lt;script&gt;" in svg for svg in document.pictures.values())
    for name, svg in document.pictures.items():
        path = tmp_path / f"{name}.svg"
        path.write_text(as_file(svg, tokens.shipped()), encoding="utf-8")
        ElementTree.parse(path)  # also strict readers can read it
        page = watched(context.new_page())
        page.goto(path.as_uri())
        nothing_ran(page)
        page.close()


def test_no_text_runs_in_a_report_that_was_edited(context: BrowserContext, tmp_path: Path) -> None:
    edited = "\n\n".join((f"# {ALL}", "## a", "## b", "## c", *PAYLOADS, f"| {ALL} |\n| - |"))
    path = tmp_path / "report.html"
    path.write_text(html.render(edited, "nl", ALL), encoding="utf-8")
    page = watched(context.new_page())
    page.goto(path.as_uri())
    assert PAYLOADS[0] in page.locator("body").inner_text()
    assert page.locator("img, script, iframe, link").count() == 0
    nothing_ran(page)


def test_no_text_runs_in_the_page_of_agreements(context: BrowserContext, tmp_path: Path) -> None:
    the_set = hostile_set()
    session = workshop.session(the_set, {"wijkraad": 2}, title=ALL)
    made = [
        Agreement(
            id=f"a-{number}",
            topic="decision/spend" if number % 2 else ALL,
            sentence=payload,
            parties=(Assent(party="wijkraad", condition=ALL[:1000]),),
            mandate="submitted" if number % 3 else "parked",
            mandate_words=ALL[:1000],
            written_in=payload,
            owner="wijkraad",
            checks=(Check(on=date(2026, 3, 18), kept="no", note=payload),),
        )
        for number, payload in enumerate(PAYLOADS, 1)
    ]
    text = markdown.render(compose_page(made, the_set, session, "nl"))
    path = tmp_path / "agreements.html"
    path.write_text(html.render(text, "nl", ALL), encoding="utf-8")
    page = watched(context.new_page())
    page.goto(path.as_uri())
    shown = page.locator("body").inner_text()
    for payload in PAYLOADS[:9]:
        assert shown.count(payload) >= 2, payload
    nothing_ran(page)
    assert page.evaluate("document.querySelectorAll('script, img, iframe, link, svg').length") == 0
