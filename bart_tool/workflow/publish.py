"""Making the report and the page of agreements: files in the session's folder, in its colours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.session import Phase
from bart_tool.errors import BadData, CannotCreate, NotFound, Problem
from bart_tool.report import agreements_page, compose, machine, tokens
from bart_tool.report.figures.drawing import as_file, in_page
from bart_tool.report.renderers import RENDERERS, Content, can_be_made, must_be_there, rendered
from bart_tool.report.tokens import Tokens
from bart_tool.store import generated, plain_file
from bart_tool.store.locations import FIGURES
from bart_tool.store.protocol import Store
from bart_tool.wording.finding_sentences import title
from bart_tool.workflow.agree import agreements, readable
from bart_tool.workflow.findings import empty, found
from bart_tool.workflow.open_session import OpenSession, must_be_closed

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
    `kept_edit`: where an edited report.md is kept that made room for this one, if any.
    `about_colours`: what is wrong with the session's own colours.
    """

    opened: OpenSession
    files: tuple[str, ...]
    findings: Findings
    kept: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    kept_edit: str = ""
    about_colours: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """Where the pages are that were made anew from report.md, and whether somebody edited that."""

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
) -> Published:
    """Write the report in place of an earlier one, also in the formats that one had.

    A report.md that somebody edited is kept under another name. Raises NotAllowed before the
    round is closed, CannotCreate when what a format takes is not installed.
    """
    result = found(opened)
    language = language or opened.session.language
    # A report of before beside this one would show two truths, and their difference.
    there = tuple(form for form in FORMATS if f"report.{form}" in generated.reports(opened.folder))
    agreed, unread = readable(opened)
    colours = own_colours(opened)
    wanted = (*formats, *there)
    template = own_template(opened, wanted)
    made = _made(
        opened, "report", result.findings, wanted, language, colours, agreed, template.content
    )
    generated.remember(opened.folder, language, made)
    kept = generated.keep_edited(opened.folder, made.get(generated.TEXT, b""))
    files = write_pages(opened, made.items())
    generated.keep_figures(opened.folder, (name.rpartition("/")[2] for name in made))
    if opened.session.report_out_of_date:  # and so is what was made beside it
        generated.remove_comparisons(opened.folder)
    session = opened.session.changed(report_out_of_date=False)
    if session.round > 1 and session.phase is Phase.CLOSED:
        session = session.changed(phase=Phase.FOLLOW_UP)
    if session != opened.session:
        opened = opened.saved(session)
    return Published(
        opened=opened,
        files=files,
        findings=result.findings,
        kept=result.kept,
        problems=(*result.problems, *unread, *template.problems),
        kept_edit=opened.folder.where(kept) if kept else "",
        about_colours=colours.problems,
    )


def render_again(opened: OpenSession) -> Rendered:
    """Make report.html anew from report.md, which may have been edited. No answer is read.

    So are report.pdf and report.docx, where they lie there: they would say something else. The
    pictures are those that were made with the report. Raises NotAllowed before the round is closed,
    NotFound when no report was made, BadData when report.md is no text, CannotCreate when what a
    format takes is not installed.
    """
    must_be_closed(opened)
    stored = generated.text(opened.folder)
    if stored is None:
        raise NotFound("no-report-to-render", session=opened.session.session)
    text, problems = plain_file.decode(stored.content, generated.TEXT)
    if text is None:
        raise BadData("bad-file", problems, file=generated.TEXT)
    from bart_tool.report import html, reread  # most reports need no page, and so no templates

    known = generated.read(opened.folder)
    pictures = {n: in_page(svg) for n, svg in generated.pictures(opened.folder).items()}
    colours = own_colours(opened)
    language: Language = "en" if (known.language or opened.session.language) == "en" else "nl"
    called = title(opened.session, language)
    page = html.render(text, language, called, pictures=pictures, tokens=colours.tokens).encode()
    others = [n for n in ("pdf", "docx") if f"report.{n}" in generated.reports(opened.folder)]
    template = own_template(opened, others)
    content = Content(
        compose=lambda: reread.reread(text, pictures, language),
        title=called,
        language=language,
        tokens=colours.tokens,
        day=opened.session.closed_on or date.today(),
        template=template.content,
    )
    made = {"report.html": page, **dict(rendered("report", others, content))}
    is_edited = not known.wrote(generated.TEXT, stored.content)
    files = write_pages(opened, made.items())
    return Rendered(opened, files, is_edited, template.problems, colours.problems)


def has_report(opened: OpenSession) -> bool:
    """Whether a report was made that is still up to date."""
    return bool(generated.reports(opened.folder)) and not opened.session.report_out_of_date


def has_edit(opened: OpenSession) -> bool:
    """Whether somebody changed report.md since it was made."""
    return generated.is_edited(opened.folder)


def preview(
    opened: OpenSession, *, formats: Sequence[str] = ("md",), language: Language | None = None
) -> Published:
    """Write what the report will look like, without reading a single answer."""
    findings = empty(opened)
    colours = own_colours(opened)
    language = language or opened.session.language
    template = own_template(opened, formats)
    made = _made(opened, "preview", findings, formats, language, colours, template=template.content)
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
    )
    return write_pages(opened, rendered("agreements", ("md", "html"), content))


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


def _made(
    opened: OpenSession,
    name: str,
    findings: Findings,
    formats: Sequence[str],
    language: Language,
    colours: OwnColours,
    agreed: Sequence[Agreement] = (),
    template: bytes | None = None,
) -> dict[str, bytes]:
    """Name in report/ -> content, in the order in which they are to be written.

    The pictures come first: a text never names one that is not there yet.
    """
    session = opened.session
    content = Content(
        compose=lambda: compose.compose(
            findings, opened.question_set, session, language, agreed, opened.known
        ),
        as_json=lambda: machine.to_json(findings, opened.question_set, session, language, agreed),
        title=title(session, language),
        language=language,
        tokens=colours.tokens,
        day=session.closed_on or date.today(),
        template=template,
    )
    texts = dict(rendered(name, formats, content))
    if set(formats) == {"json"}:
        return texts
    pictures = content.document.pictures.items()
    drawn = {f"{FIGURES}/{n}.svg": as_file(svg, colours.tokens).encode() for n, svg in pictures}
    return drawn | texts


def write_pages(opened: OpenSession, made: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write each of (name in report/, content) as it comes; gives where the texts are.

    Raises as `Store.save`.
    """
    written = []
    for name, content in made:
        if name.startswith(f"{FIGURES}/"):
            generated.write_figure(opened.folder, name.removeprefix(f"{FIGURES}/"), content)
        else:
            written.append(opened.folder.where(generated.write(opened.folder, name, content)))
    return tuple(written)
