"""Making the report and the page of agreements: files in the session's folder, in its colours."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.session import Phase
from bart_tool.errors import BadData, Busy, CannotCreate, NotFound, Problem
from bart_tool.report import agreements_page, compose, machine, tokens
from bart_tool.report.compose import appendix_title
from bart_tool.report.document import Document
from bart_tool.report.figures.drawing import as_file, in_page
from bart_tool.report.renderers import (
    RENDERERS,
    Content,
    can_be_made,
    must_be_remade,
    must_be_there,
    rendered,
)
from bart_tool.report.tokens import Tokens
from bart_tool.store import generated, plain_file
from bart_tool.store.locations import FIGURES, REPORT
from bart_tool.store.protocol import Store
from bart_tool.wording.finding_sentences import title
from bart_tool.workflow.agree import agreements, readable
from bart_tool.workflow.calendar import calendar
from bart_tool.workflow.findings import Found, empty, found, must_stand, unchanged
from bart_tool.workflow.open_session import OpenSession, identified, must_be_closed

FORMATS = tuple(RENDERERS)
TEMPLATE = "template.docx"


@dataclass(frozen=True)
class OwnColours:
    """The tokens to make pages with, and what is wrong in the file they come from."""

    tokens: Tokens
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class OwnTemplate:
    """The Word file to fill, if there is one, and what is wrong with one that cannot be."""

    content: bytes | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Published:
    """Where the files are that were written, and what they say as values.

    `kept`: party -> on how many items it is shown as at an earlier closing.
    `kept_edits`: where edited texts are kept that made room for these.
    `earlier`: where the report is kept that an earlier version made by another method, if any.
    `about_colours`: what is wrong with the session's own colours.
    """

    opened: OpenSession
    files: tuple[str, ...]
    findings: Findings
    kept: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    kept_edits: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    about_colours: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """Where the pages are that were made anew, and whether somebody edited a text of them."""

    opened: OpenSession
    files: tuple[str, ...]
    is_edited: bool
    problems: tuple[Problem, ...] = ()
    about_colours: tuple[Problem, ...] = ()


def publish(
    opened: OpenSession,
    *,
    formats: Sequence[str] = ("md", "json"),
    language: Language | None = None,
    with_appendix: bool = True,
) -> Published:
    """Write the report and its appendix in place of earlier ones, also in the formats those had.

    A text that somebody edited is kept under another name, and so is a report that was made by
    another method. Raises NotAllowed before the round is closed, CannotCreate when what a format
    takes is not installed, Busy when what it is made of changed meanwhile.
    """
    opened = identified(opened.reread())
    result = found(opened)
    language = language or opened.session.language
    # A report of before beside this one would show two truths, and their difference.
    there = tuple(form for form in FORMATS if f"report.{form}" in generated.reports(opened.folder))
    agreed, unread = readable(opened)
    colours = own_colours(opened)
    must_be_remade(form for form in there if form not in formats)
    wanted = (*formats, *there)
    template = own_template(opened, wanted)
    names = _Names("report", "appendix" if with_appendix else "")
    look = _Look(language, colours.tokens, template.content)
    made = _made(opened, names, result.findings, wanted, look, agreed)
    with unchanged(opened, (opened, result)):
        earlier = generated.keep_earlier_method(opened.folder, machine.METHOD)
        generated.remember(opened.folder, language, machine.METHOD, made)
        kept = generated.keep_edited(opened.folder, made)
        files = write_pages(opened, made.items())
        if not with_appendix:
            generated.remove_appendix(opened.folder)
        generated.keep_figures(opened.folder, (name.rpartition("/")[2] for name in made))
        if opened.session.report_out_of_date:  # and so is what was made beside it
            generated.remove_comparisons(opened.folder)
            generated.remove_tables(opened.folder)
    opened = _up_to_date(opened, result)
    return Published(
        opened=opened,
        files=files,
        findings=result.findings,
        kept=result.kept,
        problems=(*result.problems, *unread, *template.problems),
        kept_edits=tuple(map(opened.folder.where, kept)),
        earlier=tuple(map(opened.folder.where, earlier)),
        about_colours=colours.problems,
    )


def _up_to_date(opened: OpenSession, seen: Found) -> OpenSession:
    """The session, saved as one of which the report says what was `seen`.

    Raises Busy when somebody changed it, or what the view is made of, since.
    """
    session = opened.session.changed(report_out_of_date=False)
    if session.round > 1 and session.phase is Phase.CLOSED:
        session = session.changed(phase=Phase.FOLLOW_UP)
    if session == opened.session:
        return opened
    saved = opened.saved(session)
    try:
        must_stand(saved, seen)
    except Busy:  # settled after it was written: the session could not be held while it was saved
        saved.revised(lambda now: now.changed(report_out_of_date=True))
        raise
    return saved


def render_again(opened: OpenSession) -> Rendered:
    """Make the pages anew from report.md and appendix.md, which may have been edited.

    So are report.pdf and report.docx, where they lie there: they would say something else. No
    answer is read; the pictures are those that were made with the report. Raises NotAllowed before
    the round is closed, NotFound when no report was made, BadData when one is no text, CannotCreate
    when what a format takes is not installed, Busy when the session changed meanwhile.
    """
    opened = opened.reread()
    must_be_closed(opened)
    if generated.text(opened.folder) is None:
        raise NotFound("no-report-to-render", session=opened.session.session)

    known = generated.read(opened.folder)
    colours = own_colours(opened)
    language: Language = "en" if (known.language or opened.session.language) == "en" else "nl"
    there = generated.reports(opened.folder)
    others = [name for name in ("pdf", "docx") if f"report.{name}" in there]
    must_be_remade(others)
    template = own_template(opened, others)
    look = _Look(language, colours.tokens, template.content)
    made = dict(_reread(opened, generated.TEXT, title(opened.session, language), others, look))
    if generated.text(opened.folder, generated.APPENDIX) is not None:
        called = appendix_title(opened.session, language)
        made |= _reread(opened, generated.APPENDIX, called, (), look)
    with opened.unchanged():
        files = write_pages(opened, made.items())
    return Rendered(opened, files, has_edit(opened), template.problems, colours.problems)


def _reread(
    opened: OpenSession, name: str, called: str, others: Sequence[str], look: "_Look"
) -> Iterator[tuple[str, bytes]]:
    """The page of the text `name` as it lies there now, and that text in `others` of the formats.

    Raises BadData when it is no text.
    """
    from bart_tool.report import html, reread  # most reports need no page, and so no templates

    stored = generated.text(opened.folder, name)
    text, problems = plain_file.decode(stored.content if stored else b"", name)
    if text is None:
        raise BadData("bad-file", problems, file=name)
    pictures = {n: in_page(svg) for n, svg in generated.pictures(opened.folder).items()}
    page = html.render(text, look.language, called, pictures=pictures, tokens=look.tokens)
    stem = name.removesuffix(".md")
    yield f"{stem}.html", page.encode()
    content = look.content(opened, lambda: reread.reread(text, pictures, look.language), called)
    yield from rendered(stem, others, content)


def report_to_open(opened: OpenSession) -> str:
    """Where the report lies that is best read on a screen; empty when there is none."""
    there = generated.reports(opened.folder)
    shown = (f"report.{form}" for form in ("html", "pdf", "docx", "md"))
    name = next((each for each in shown if each in there), "")
    return opened.folder.where(f"{REPORT}/{name}") if name else ""


def has_edit(opened: OpenSession) -> bool:
    """Whether somebody changed report.md or appendix.md since they were made."""
    return any(generated.is_edited(opened.folder, name) for name in generated.TEXTS)


def preview(
    opened: OpenSession,
    *,
    formats: Sequence[str] = ("md",),
    language: Language | None = None,
    with_appendix: bool = True,
) -> Published:
    """Write what the report will look like, without reading a single answer."""
    findings = empty(opened)
    colours = own_colours(opened)
    language = language or opened.session.language
    template = own_template(opened, formats)
    names = _Names("preview", "preview-appendix" if with_appendix else "")
    look = _Look(language, colours.tokens, template.content)
    made = _made(opened, names, findings, formats, look)
    files = write_pages(opened, made.items())
    return Published(
        opened, files, findings, problems=template.problems, about_colours=colours.problems
    )


def publish_agreements(opened: OpenSession, language: Language | None = None) -> tuple[str, ...]:
    """Write the page of agreements as Markdown and HTML in place of an earlier one; gives where.

    No answer is read. Raises as `agreements`, CannotWrite and Busy.
    """
    session, spoken = opened.session, language or opened.session.language
    made = agreements(opened).agreements
    content = Content(
        compose=lambda: agreements_page.compose_page(made, opened.known, session, spoken),
        title=agreements_page.title(session, spoken),
        language=spoken,
        tokens=own_colours(opened).tokens,
        folds=False,  # an agreement is looked up on the spot
    )
    return write_pages(opened, rendered("agreements", ("md", "html"), content))


def publish_calendar(opened: OpenSession, language: Language | None = None) -> str:
    """Write the days to look again as a calendar file, in place of an earlier one; gives where.

    Raises as `calendar`, CannotWrite and Busy.
    """
    name = "agreements.ics"
    write_pages(opened, [(name, calendar(opened, language))])
    return opened.folder.where(f"{REPORT}/{name}")


def own_colours(opened: OpenSession) -> OwnColours:
    """The colours for pages of this session, from the file tokens.css.

    A file rather than an option: what a wijk looks like holds for every page that is made, also
    from the screens, and nobody must remember to say so. The session's own file goes before that
    of the folder of sessions; without either the shipped colours are used.
    """
    store = opened.home.store
    for name in (opened.home.named(tokens.FILE), tokens.FILE):
        stored = store.read(name)
        if stored is not None:
            text, problems = plain_file.decode(stored.content, tokens.FILE, tokens.MOST)
            if text is None:
                return OwnColours(tokens.shipped(), problems)
            return OwnColours(*tokens.parse(text, tokens.FILE))
    return OwnColours(tokens.shipped())


def own_template(opened: OpenSession, formats: Sequence[str]) -> OwnTemplate:
    """The Word file that a docx of this session fills: template.docx, where tokens.css may lie.

    Raises CannotCreate when what a format takes is not installed.
    """
    must_be_there(formats)
    if "docx" not in formats:
        return OwnTemplate()
    from bart_tool.report import word  # an extra

    store = opened.home.store
    for name in (opened.home.named(TEMPLATE), TEMPLATE):
        stored = store.read(name)
        if stored is not None:
            problem = word.wrong_with(stored.content, TEMPLATE)
            if problem is not None:
                return OwnTemplate(problems=(problem,))
            return OwnTemplate(stored.content)
    return OwnTemplate()


def makeable() -> tuple[str, ...]:
    """The formats that can be made with what is installed."""
    return tuple(name for name in FORMATS if can_be_made(name))


def write_example(store: Store) -> str:
    """Put a file with the shipped colours beside the sessions, to change them in.

    Gives where it is. Raises CannotCreate when there is one: nobody's own colours are written over.
    """
    if store.kind(tokens.FILE) is not None:
        raise CannotCreate("tokens-exist", file=store.where(tokens.FILE))
    example = (files("bart_tool") / "report" / "templates" / tokens.FILE).read_bytes()
    store.save(tokens.FILE, example, None)
    return store.where(tokens.FILE)


@dataclass(frozen=True)
class _Names:
    """What the two documents are called; `appendix` is empty where there is to be none."""

    report: str
    appendix: str


@dataclass(frozen=True)
class _Look:
    """In which language, colours and Word file pages are made."""

    language: Language
    tokens: Tokens
    template: bytes | None = None

    def content(
        self, opened: OpenSession, compose: Callable[[], Document], called: str, **more: Any
    ) -> Content:
        """What to make files of that look so."""
        return Content(
            compose=compose,
            title=called,
            language=self.language,
            tokens=self.tokens,
            day=opened.session.closed_on or date.today(),
            template=self.template,
            **more,
        )


def _made(
    opened: OpenSession,
    names: _Names,
    findings: Findings,
    formats: Sequence[str],
    look: _Look,
    agreed: Sequence[Agreement] = (),
) -> dict[str, bytes]:
    """Name in report/ -> content, in the order in which they are to be written.

    The pictures come first: a text never names one that is not there yet. An appendix is made in
    the formats that are read on a screen.
    """
    session, asked, language = opened.session, opened.question_set, look.language
    beside = [each for each in formats if each in ("md", "html")] if names.appendix else []
    report = look.content(
        opened,
        lambda: compose.report(
            findings, asked, session, language, names.appendix if beside else ""
        ),
        title(session, language),
        as_json=lambda: machine.to_json(findings, asked, session, language, agreed),
    )
    appendix = look.content(
        opened,
        lambda: compose.appendix(findings, asked, session, language, agreed, opened.known),
        appendix_title(session, language),
    )
    texts = dict(rendered(names.report, formats, report))
    if set(formats) == {"json"}:
        return texts
    pictures = report.document.pictures
    if beside:
        texts |= rendered(names.appendix, beside, appendix)
        pictures |= appendix.document.pictures
    drawn = {
        f"{FIGURES}/{n}.svg": as_file(svg, look.tokens).encode() for n, svg in pictures.items()
    }
    return drawn | texts


def write_pages(opened: OpenSession, made: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write each of (name in report/, content); gives where the texts are.

    Raises as `Store.replace`.
    """
    written = generated.write_all(opened.folder, dict(made))
    return tuple(map(opened.folder.where, written))
