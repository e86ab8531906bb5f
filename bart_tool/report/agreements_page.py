"""The agreements as a page that may be public: no answer, code or count is in it."""

from collections.abc import Iterable, Iterator, Sequence

from bart_tool.domain.agreement import Agreement, Standing, waiting
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
from bart_tool.wording.translation import N_, Words, words

# Of what is not agreed by any party, in the order of the page: under what it stands.
_APART: dict[Standing, str] = {
    "proposed": N_("Written down, and nobody said yet that they agree"),
    "parked": N_("Parked: not settled yet"),
    "withdrawn": N_("Withdrawn: does not hold any more"),
}


def compose_page(
    agreements: Iterable[Agreement], question_set: QuestionSet, session: Session, language: Language
) -> Document:
    """The whole page: of each agreement what was filled in, and nothing else."""
    names = Naming(question_set, session, language)
    return Document(tuple(_blocks(tuple(agreements), names)))


def title(session: Session, language: Language) -> str:
    """What the page is called."""
    t = words(language)
    return t("Agreements in {wijk}", wijk=session.title or upper_first(session.session))


def _blocks(agreements: tuple[Agreement, ...], names: Naming) -> Iterator[Block]:
    t = names.t
    yield Heading(1, title(names.session, names.language))
    if not agreements:
        yield paragraph(t("Nothing was agreed yet."))
        return
    agreed = [each for each in agreements if each.standing == "agreed"]
    yield paragraph(
        _in_all(agreements, t),
        " ",
        t("No answer that anybody gave is in it. It is about positions, not about people."),
    )
    for about, group in by_topic(agreed).items():
        yield Heading(2, topic(about, names))
        for each in group:
            yield from _one(each, names)
    for standing, heading in _APART.items():
        group = [each for each in agreements if each.standing == standing]
        if group:
            yield Heading(2, t(heading))
        for each in group:
            yield from _one(each, names, t("Topic: {topic}", topic=topic(each.topic, names)))
    yield from _look_back(agreed, names)
    yield paragraph(
        t(
            "A boundary works when it is specified, agreed upon and kept (Green & Molenkamp, BART, "
            "2005)."
        )
    )


def _in_all(agreements: Sequence[Agreement], t: Words) -> str:
    """Whether anything is agreed; what was withdrawn had been, once."""
    standings = {each.standing for each in agreements}
    if "agreed" in standings:
        return t("This is what parties agreed.")
    if "withdrawn" in standings:
        return t("No agreement holds now.")
    return t("Nothing was agreed yet.")


def _one(agreement: Agreement, names: Naming, about: str = "") -> Iterator[Block]:
    """An agreement. While it is not settled, within whose mandate it is says nothing yet."""
    if agreement.standing in ("proposed", "parked"):
        agreement = agreement.changed(mandate=None, mandate_words="")
    yield Heading(3, f"{agreement.id}. {agreement.sentence}")
    yield paragraph(about)  # an empty one is left out
    yield bullets(
        line(strong(f"{called}: "), text) for called, text in facts(agreement, names) if text
    )


def _look_back(agreements: Sequence[Agreement], names: Naming) -> Iterator[Block]:
    """A list to fill in when the parties look back, the first day first; none without a day."""
    t = names.t
    days = waiting(agreements)
    if not days:
        return
    yield Heading(2, t("Looking back: was it kept?"))
    yield paragraph(t("Fill this in together on the day that stands here: no, partly or yes."))
    rows = tuple((f"{each.id}. {each.sentence}", t.day(day), "", "") for day, each in days)
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
    t, about = names.t, f"{topic(agreement.topic, names)}: "
    if agreement.withdrawn is not None:
        on = t("Withdrawn on {day}.", day=t.day(agreement.withdrawn.on))
        return line(about, strong(agreement.sentence), " ", on)
    mandate = upper_first(status(agreement, names))
    said = [f"{mandate}."] if mandate else []
    if agreement.standing == "proposed":
        said = [t("Nobody said yet that they agree.")]
    if agreement.owner:
        said.append(t("Sees to it: {owner}.", owner=position(agreement.owner, names)))
    if agreement.look_again:
        said.append(t("Look again on {day}.", day=names.t.day(agreement.look_again)))
    if agreement.kept:
        said.append(t("Kept: {kept}.", kept=tested(agreement.kept, names)))
    return line(about, strong(agreement.sentence), " ", " ".join(said))
