"""Making the report: findings to files in the session's folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.session import Phase
from bart_tool.errors import Problem
from bart_tool.report import compose, html, machine, markdown
from bart_tool.store import made_reports
from bart_tool.workflow.agree import readable
from bart_tool.workflow.desk import Desk
from bart_tool.workflow.findings import empty, found

Format = Literal["md", "html", "json"]
FORMATS: tuple[Format, ...] = ("md", "html", "json")


@dataclass(frozen=True)
class Published:
    """The files that were written, and what they say as values.

    `held_back`: groups left out because they changed by too few people since an earlier report;
    `not_counted`: those that changed by more, so that beside it no people of them are counted;
    `left_out`: party -> the items it is left out of because of who came or went since an earlier
    round.
    """

    desk: Desk
    paths: tuple[Path, ...]
    findings: Findings
    held_back: frozenset[str]
    not_counted: frozenset[str]
    left_out: dict[str, frozenset[str]]
    problems: tuple[Problem, ...]


def publish(
    desk: Desk,
    *,
    formats: Sequence[Format] = ("md", "json"),
    language: Language | None = None,
    earlier_not_shared: bool = False,
) -> Published:
    """Write the report in place of an earlier one, also in the formats that one had.

    `earlier_not_shared`: nobody has seen an earlier report, so nothing need be held back for it.
    Raises NotAllowed before the round is closed.
    """
    result = found(desk, earlier_not_shared=earlier_not_shared)
    language = language or desk.session.language
    # What this report is made from is remembered first: a report that got out without it would
    # leave nothing to compare the next one with.
    made_reports.write_groups(desk.folder, result.groups)
    # A report of before beside this one would show two truths, and their difference.
    there = tuple(form for form in FORMATS if f"report.{form}" in made_reports.names(desk.folder))
    agreed, unread = readable(desk)
    result = replace(result, problems=(*result.problems, *unread))
    paths = _write(desk, "report", result.findings, (*formats, *there), language, agreed)
    session = desk.session.changed(report_out_of_date=False)
    if session.round > 1 and session.phase is Phase.CLOSED:
        session = session.changed(phase=Phase.FOLLOW_UP)
    if session != desk.session:
        desk = desk.saved(session)
    missing = result.held_back, result.not_counted, result.left_out
    return Published(desk, paths, result.findings, *missing, result.problems)


def has_report(desk: Desk) -> bool:
    """Whether a report was made that is still up to date."""
    return bool(made_reports.names(desk.folder)) and not desk.session.report_out_of_date


def preview(
    desk: Desk, *, formats: Sequence[Format] = ("md",), language: Language | None = None
) -> Published:
    """Write what the report will look like, without reading a single answer."""
    findings = empty(desk)
    paths = _write(desk, "preview", findings, formats, language or desk.session.language)
    return Published(desk, paths, findings, frozenset(), frozenset(), {}, ())


def _write(
    desk: Desk,
    name: str,
    findings: Findings,
    formats: Sequence[Format],
    language: Language,
    agreed: Sequence[Agreement] = (),
) -> tuple[Path, ...]:
    return tuple(
        desk.folder.write_report(
            f"{name}.{form}", _content(desk, findings, form, language, agreed).encode()
        )
        for form in FORMATS
        if form in formats
    )


def _content(
    desk: Desk, findings: Findings, form: Format, language: Language, agreed: Sequence[Agreement]
) -> str:
    session = desk.session
    if form == "json":
        return machine.to_json(findings, desk.question_set, session, language, agreed)
    document = compose.compose(findings, desk.question_set, session, language, agreed, desk.known)
    text = markdown.render(document)
    return html.render(text, language, session.title or session.session) if form == "html" else text
