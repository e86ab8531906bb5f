"""An empty table of a session, to fill in in a spreadsheet and take in again."""

import csv
import io
from collections.abc import Iterator, Sequence

from bart_tool.domain.base import Language
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Phase
from bart_tool.errors import NotAllowed
from bart_tool.store import workbook
from bart_tool.store.cell_words import CONSENT
from bart_tool.store.tables import BESIDE, REQUIRED
from bart_tool.wording import welcome
from bart_tool.wording.questions import (
    asked_of,
    codes_in_full,
    how_many,
    option_in_full,
    written_codes,
)
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession

HEADER = (*REQUIRED, "certainty", "note", "quote", *BESIDE)
_EMPTY = ("",) * (len(HEADER) - len(REQUIRED) - len(BESIDE) + 1)  # what is to be filled in
_SEPARATOR = ";"  # what spreadsheets in Dutch expect, and others take too


def template(opened: OpenSession, language: Language | None = None) -> str:
    """A row for each answer that is asked of each code, the question and what may be filled in.

    Nothing that was answered stands in it. Raises NotAllowed when nobody answers now.
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=_SEPARATOR)
    writer.writerow(HEADER)
    for row in _rows(opened, language or opened.session.language):
        writer.writerow([*row[: -len(BESIDE)], *map(_no_formula, row[-len(BESIDE) :])])
    return target.getvalue()


def template_workbook(opened: OpenSession, language: Language | None = None) -> bytes:
    """The same as XLSX, in which one chooses from a list. Raises CannotCreate too."""
    workbook.must_be_there()
    rows = [HEADER, *_rows(opened, language or opened.session.language)]
    return workbook.written(rows, _choices(opened, rows), HEADER.index("value") + 1)


def _rows(opened: OpenSession, language: Language) -> Iterator[tuple[str, ...]]:
    session = opened.session
    if session.phase is not Phase.ANSWERING:
        raise NotAllowed("forms-not-answering", session=session.session)
    for code, party in session.party_of.items():
        kind = session.kind_of[party]
        asked = session.said_to(opened.question_set, kind)
        yield (code, party, CONSENT, *_EMPTY, *_consent(opened, code, language))
        for item in asked.route(kind):
            said = f"{asked_of(asked, item, language)} {how_many(item.question, words(language))}"
            yield (code, party, item.key, *_EMPTY, said.strip(), allowed(asked, item, language))


def _consent(opened: OpenSession, code: str, language: Language) -> tuple[str, str]:
    """How one may be shown: the question, and what each choice means, as every door says it."""
    t, invitation = words(language), session_context(opened, code)
    asked, warning = welcome.consent_question(invitation, t)
    choices = welcome.CONSENTS.items()
    meant = (f"{each} ({t(name)}: {t(says, k=invitation.k)})" for each, (name, says) in choices)
    return f"{asked} {warning}".strip(), " | ".join(meant)


def _choices(opened: OpenSession, rows: Sequence[tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Row -> what may be chosen there, where that is one of a list."""
    found: dict[int, tuple[str, ...]] = {}
    for number, row in enumerate(rows[1:], 2):
        if row[REQUIRED.index("item")] == CONSENT:
            found[number] = tuple(welcome.CONSENTS)
            continue
        item = opened.question_set.by_key[row[REQUIRED.index("item")]]
        if item.question.answered == "one":
            options = opened.question_set.options(item.question, item.subject)
            found[number] = (*(each.id for each in options), *written_codes(item.question))
    return found


def allowed(question_set: QuestionSet, item: Item, language: Language) -> str:
    """What may be filled in for `item`: each id with its name and what it means, and the codes."""
    t = words(language)
    options = question_set.options(item.question, item.subject)
    said = [f"{each.id} ({option_in_full(each, language)})" for each in options]
    if not options:
        said.append(t("(own words)"))
    return " | ".join((*said, *codes_in_full(item.question, t)))


def _no_formula(cell: str) -> str:
    """`cell` as text: a spreadsheet reckons with what begins so."""
    return f"'{cell}" if cell[:1] in tuple("=+-@") else cell
