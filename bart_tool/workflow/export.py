"""What was found in a closed round as tables, for spreadsheets and other programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.errors import Problem
from bart_tool.export import files
from bart_tool.export.codebook import codebook
from bart_tool.export.files import Content
from bart_tool.export.findings import tables
from bart_tool.report import machine
from bart_tool.store import generated
from bart_tool.wording.finding_sentences import title
from bart_tool.wording.naming import Naming
from bart_tool.workflow.agree import readable
from bart_tool.workflow.findings import found, unchanged
from bart_tool.workflow.open_session import OpenSession, identified

FORMATS = files.FORMATS


def usual_formats() -> tuple[str, ...]:
    """What is written for who names no format: a workbook, or CSV where none can be made."""
    return ("xlsx",) if files.can_be_made("xlsx") else ("csv",)


@dataclass(frozen=True)
class Exported:
    """Where the files are, and how many rows each table has; `problems`: as with a report."""

    opened: OpenSession
    files: tuple[str, ...]
    rows: dict[str, int]
    problems: tuple[Problem, ...]


def export(
    opened: OpenSession,
    *,
    formats: Sequence[str] = ("xlsx",),
    language: Language | None = None,
) -> Exported:
    """Write the tables in place of earlier ones, also in the formats those had.

    They are made of the values that report.json has, and so say no more than that. Raises
    NotAllowed before the round is closed, CannotCreate when what a format takes is not installed,
    Busy when what they are made of changed meanwhile, and as `Store.replace`.
    """
    there = {name.rpartition(".")[2] for name in generated.tables(opened.folder)}
    wanted = [name for name in FORMATS if name in formats or name in there]
    opened = opened.reread()
    result = found(opened)
    files.must_be_there(wanted)
    opened = identified(opened)
    session, asked = opened.session, opened.question_set
    language = language or session.language
    agreed, unread = readable(opened)
    values = machine.report_data(result.findings, asked, session, language, agreed)
    shown = tables(values, Naming(asked, session, language))
    known = codebook(shown, [Naming(asked, session, each) for each in LANGUAGES])
    day = session.closed_on or date.today()
    content = Content("findings", (*shown, known), title(session, language), day)
    made = files.written(wanted, content)
    with unchanged(opened, (opened, result)):
        written = generated.write_tables(opened.folder, made)
    return Exported(
        _up_to_date(opened),
        tuple(map(opened.folder.where, written)),
        {each.name: len(each.rows) for each in content.tables},
        (*result.problems, *unread),
    )


def _up_to_date(opened: OpenSession) -> OpenSession:
    """The session, no longer said to hold something old where these tables are all there is."""
    if not opened.session.report_out_of_date or generated.reports(opened.folder):
        return opened
    return opened.saved(opened.session.changed(report_out_of_date=False))
