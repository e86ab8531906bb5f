"""The agreements as a page that may be public: no answer, code or count is in it."""

from collections.abc import Iterable, Iterator

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.report.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Line,
    Table,
    bullets,
    line,
    paragraph,
    strong,
)
from bart_tool.wording.agreements import (
    by_topic,
    facts,
    position,
    status,
    tested,
    topic,
)
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import words

PEN = "…" * 12  # room for what is not settled yet


def compose_page(
    agreements: Iterable[Agreement], question_set: QuestionSet, session: Session, language: Language
) -> Document:
    """The whole page. Dots and empty cells are for a pen: for what is settled later."""
    names = Naming(question_set, session, language)
    return Document(tuple(_blocks(tuple(agreements), names)))


def title(session: Session, language: Language) -> str:
    """What the page is called."""
    t = words(language)
    return t("Agreements in {wijk}", wijk=session.title or upper_first(session.session))


def _blocks(agreements: tuple[Agreement, ...], names: Naming) -> Iterator[Block]:
    t = names.t
    yield Heading(1, title(names.session, names.language))
    yield paragraph(
        t(
            "This is what the parties agreed. No answer that anybody gave is in it. It is about "
            "positions, not about people."
        )
    )
    if not agreements:
        yield paragraph(t("Nothing was agreed yet."))
        return
    standing = [each for each in agreements if each.mandate != "parked"]
    parked = [each for each in agreements if each.mandate == "parked"]
    for about, group in by_topic(standing).items():
        yield Heading(2, topic(about, names))
        for each in group:
            yield from _one(each, names)
    if parked:
        yield Heading(2, t("Parked: not settled yet"))
        for each in parked:
            yield from _one(each, names, t("Topic: {topic}", topic=topic(each.topic, names)))
    yield from _look_back(agreements, names)
    yield paragraph(
        t(
            "A boundary works when it is specified, agreed upon and kept (Green & Molenkamp, BART, "
            "2005)."
        )
    )


def _one(agreement: Agreement, names: Naming, about: str = "") -> Iterator[Block]:
    yield Heading(3, f"{agreement.id}. {agreement.sentence}")
    yield paragraph(about)  # an empty one is left out
    yield bullets(
        line(strong(f"{called}: "), text or PEN) for called, text in facts(agreement, names)
    )


def _look_back(agreements: Iterable[Agreement], names: Naming) -> Iterator[Block]:
    """A list to fill in when the parties look back, the first day first."""
    t = names.t
    yield Heading(2, t("Looking back: was it kept?"))
    yield paragraph(t("Fill this in together on the day that stands here: yes, partly or no."))
    ordered = sorted(agreements, key=lambda each: (each.check_on is None, str(each.check_on or "")))
    rows = tuple(
        (
            f"{each.id}. {each.sentence}",
            names.t.day(each.check_on) if each.check_on else "",
            "",
            "",
        )
        for each in ordered
    )
    head = (t("Agreement"), t("Day"), t("Kept?"), t("What helped or hindered"))
    yield Table(head, rows)


def report_part(agreements: Iterable[Agreement], names: Naming) -> Iterator[Block]:
    """The part of the report that lists what was agreed; nothing when nothing was."""
    t = names.t
    lines = tuple(_in_short(each, names) for each in agreements)
    if lines:
        yield Heading(2, t("What was agreed"))
        yield Bullets(lines)


def _in_short(agreement: Agreement, names: Naming) -> Line:
    t = names.t
    said = [upper_first(status(agreement, names)) + "."]
    if agreement.owner:
        said.append(t("Sees to it: {owner}.", owner=position(agreement.owner, names)))
    if agreement.check_on:
        said.append(t("Look again on {day}.", day=names.t.day(agreement.check_on)))
    if agreement.kept:
        said.append(t("Kept: {kept}.", kept=tested(agreement.kept, names)))
    about = f"{topic(agreement.topic, names)}: "
    return line(about, strong(agreement.sentence), " ", " ".join(said))
