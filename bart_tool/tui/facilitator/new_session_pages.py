"""The three screens of a new session: what they say, and their rows from what was typed: pure."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from bart_tool.domain.question_set import QuestionSet
from bart_tool.tui.facilitator.more_pages import MoreOf, settings
from bart_tool.tui.facilitator.party_lines import NAME, PEOPLE, PartyLines
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.duration import told_at_most, told_by_kind, warning
from bart_tool.wording.naming import lower_first, upper_first
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.session_draft import SessionDraft


class WizardPage(StrEnum):
    """The screens of a new session, in their order."""

    WIJK = "wijk"
    PARTIES = "parties"
    OVERVIEW = "overview"


PAGES = tuple(WizardPage)

TITLES = {
    WizardPage.WIJK: N_("the wijk and the questions"),
    WizardPage.PARTIES: N_("the parties"),
    WizardPage.OVERVIEW: N_("is this right?"),
}
TEXTS = {
    WizardPage.WIJK: "",
    WizardPage.PARTIES: N_(
        "Which parties take part, and with how many people? Everybody gets a code; bart asks no "
        "names."
    ),
    WizardPage.OVERVIEW: "",
}
NO_TITLE = N_("First fill in the wijk.")
ONE_PARTY = N_("Only one party takes part. Then there is nobody to compare it with.")

TITLE = "title:"
NEXT, MAKE_PINS, MAKE = "next", "make-pins", "make"
SET, GO_TO, MORE = "set:", "page:", "more:"


def is_field(row: str) -> bool:
    """Whether one types on this row."""
    return row.startswith((TITLE, NAME, PEOPLE))


def wijk(title: str, set_name: str, shipped: Mapping[str, QuestionSet], t: Words) -> Iterator[Row]:
    """The wijk, and the sets with what they ask of people; the chosen one is marked."""
    yield _filled(TITLE, t("Wijk"), title, t)
    yield GAP
    yield heading(t("Which questions will people get? Choose, and you go on."))
    for number, (name, found) in enumerate(shipped.items(), 1):
        mark = "(●) " if name == set_name else "( ) "
        lead = (Part(f"{number} ", "key"), Part(mark))
        called = plain(f"{found.title.in_language(t.language)} ({name})")
        asks = ((Part(told_at_most(found, t), "dim"),),)
        yield Row(f"{SET}{name}", called, lead=lead, under=asks)


def parties(lines: PartyLines, wrong: Mapping[str, str], t: Words) -> Iterator[Row]:
    """What is typed of each party, with what is `wrong` below it, and the way on."""
    for field in lines.fields():
        kind = plain(lines.what(lines.line(field)).label.in_language(t.language))
        typed = lines.typed(field).strip()
        if field.startswith(NAME):
            yield _filled(field, kind, typed, t, wrong, empty=t("(one more)"))
        elif lines.what(lines.line(field)).is_named:
            yield _filled(field, t("people"), typed, t, wrong, indent="  ")
        else:
            yield _filled(field, kind, typed, t, wrong)
    yield GAP
    yield choice("→", NEXT, t("Go on"))


def _filled(
    row: str,
    name: str,
    value: str,
    t: Words,
    wrong: Mapping[str, str] | None = None,
    *,
    empty: str = "",
    indent: str = "",
) -> Row:
    said = plain(value) if value else (empty or t("(empty)"))
    told = plain((wrong or {}).get(row, ""))
    under = ((Part(told, "bad"),),) if told else ()
    return Row(row, f"{name}: {said}", lead=(Part(indent),) if indent else (), under=under)


def asked(field: str, lines: PartyLines, t: Words) -> str:
    """What is to be typed in `field`, said beside where one types."""
    if field == TITLE:
        return t("What is the wijk, the team or the organisation called?")
    line = lines.line(field)
    what = lines.what(line)
    _, called = line.called(what, t)
    if field.startswith(PEOPLE):
        return t("How many people answer for {party}?", party=plain(called))
    if line.name.strip():
        return t("What is it called? Make it empty to take it away.")
    kind = what.label.in_language(t.language)
    if what.named_by_session:
        says = N_("One more party, as in a sentence (the nursing staff). None: Enter goes on.")
        return t(says)
    return t("Name of one more {party}. None: Enter goes on.", party=plain(kind))


def overview(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    """All that was filled in, what it asks of people, and making it."""
    title = question_set.title.in_language(t.language)
    yield _filled(f"{GO_TO}{TITLE}", t("Wijk"), f"{draft.title} ({draft.name})", t)
    yield _filled(f"{GO_TO}{SET}{draft.set_name}", t("Questions"), title, t)
    yield _filled(f"{GO_TO}{WizardPage.PARTIES}", t("Parties"), _who(draft, question_set, t), t)
    for part, (name, value) in settings(draft, question_set, t).items():
        if value and part is not MoreOf.NAME:
            yield _filled(f"{MORE}{part}", name, value, t)
    yield choice("", MORE, t("More: decisions, functions, erase date, rules (F2)"))
    yield from _asks(draft, question_set, t)
    yield GAP
    yield heading(t("Do people answer on this computer? Then everybody gets a PIN."))
    yield choice("1", MAKE_PINS, t("Yes: make the session, with PINs"))
    yield choice("2", MAKE, t("No: make the session, without PINs"))


def _who(draft: SessionDraft, question_set: QuestionSet, t: Words) -> str:
    return ", ".join(
        f"{_named(party, draft, question_set, t)} {people}"
        for party, people in draft.in_order(question_set)
    )


def _named(party: str, draft: SessionDraft, question_set: QuestionSet, t: Words) -> str:
    return draft.labels.get(party) or question_set.parties[party].label.in_language(t.language)


def _asks(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    """How long filling in takes each kind, and what cannot be seen of whom."""
    whole, kinds = draft.whole(question_set), draft.kinds(question_set)
    yield GAP
    yield heading(t("Filling in takes each person:"))
    for line in told_by_kind(whole, t, kinds):
        yield Row("", plain(line), "dim", lead=(Part("- "),))
    yield from (Row("", plain(said)) for said in _warned(draft, whole, kinds, t) if said)


def _warned(
    draft: SessionDraft, whole: QuestionSet, kinds: Iterable[str], t: Words
) -> Iterator[str]:
    yield warning(whole, t, kinds)
    for party, _ in draft.in_order(whole):
        if never := draft.too_few_ever(party, t):
            yield f"{upper_first(_named(party, draft, whole, t))}: {lower_first(never)}"
    if len(draft.parties) == 1:
        yield t(ONE_PARTY)
