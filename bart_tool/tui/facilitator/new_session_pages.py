"""The pages of a new session, what they say, and their rows from what was filled in: pure."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from bart_tool.domain.formal_sources import KnownRule
from bart_tool.domain.question_set import QuestionSet
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.duration import told_at_most, told_by_kind, warning
from bart_tool.wording.questions import short
from bart_tool.wording.rules import cited
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.session_draft import SessionDraft, kind_called


class WizardPage(StrEnum):
    """The pages of a new session, in their order."""

    WIJK = "wijk"
    SET = "set"
    PARTIES = "parties"
    DECISIONS = "decisions"
    PRIVACY = "privacy"
    SOURCES = "sources"
    OVERVIEW = "overview"


PAGES = tuple(WizardPage)

TITLES = {
    WizardPage.WIJK: N_("the wijk"),
    WizardPage.SET: N_("the questions"),
    WizardPage.PARTIES: N_("the parties"),
    WizardPage.DECISIONS: N_("the decisions"),
    WizardPage.PRIVACY: N_("who sees what"),
    WizardPage.SOURCES: N_("what is laid down"),
    WizardPage.OVERVIEW: N_("is this right?"),
}
TEXTS = {
    WizardPage.WIJK: N_(
        "For which wijk, team or organisation is it? The short name is used for the session's "
        "folder."
    ),
    WizardPage.SET: N_("Which questions will people get?"),
    WizardPage.PARTIES: N_(
        "Which parties take part, and with how many people? Each person gets a code. bart does not "
        "ask for names."
    ),
    WizardPage.DECISIONS: N_(
        "About which decisions do people say who may decide? About five is enough. Is there one "
        "that matters to you? Add it. You may also leave it as it is."
    ),
    WizardPage.PRIVACY: N_(
        "Before the first question everybody chooses for themselves how they are shown: "
        "recognisable, only as a group, or not at all. Here you set how large a group must be."
    ),
    WizardPage.SOURCES: N_(
        "Is something laid down in a rule or a mandate? Then you can put it beside the question. "
        "The report shows where a picture differs from it. You may leave this empty."
    ),
    WizardPage.OVERVIEW: N_("Choose a line to change it."),
}
REMOVE = "-"  # typed instead of words: take it away
ASK_TITLE = (N_("The wijk"), N_("What is the wijk, the team or the organisation called?"))
ASK_NAME = (
    N_("Short name"),
    N_("Small letters, digits and hyphens, without spaces. At most 41."),
)
ASK_PEOPLE = (N_("How many people?"), N_("How many people of this party will answer?"))
ASK_PARTY = (N_("Which one?"), N_("Its name, for example: Stadsbeheer"))
ASK_OWN_PARTY = (
    N_("Which party?"),
    N_("Its name as one group, as in a sentence. For example: the nursing staff"),
)
ASK_DECISION = (
    N_("An own decision"),
    N_("In a few words, for example: Place a bench. A dash (-) takes it away."),
)
ASK_FUNCTION = (
    N_("A function"),
    N_("People may choose their function from this list. A dash (-) takes it away."),
)
ASK_K = (
    N_("Smallest group"),
    N_("How many people must a group have before its answers are shown? At least 3."),
)
ASK_UNTIL = (
    N_("Keep until"),
    N_("Until when are the answers kept? For example: 30-6-2027. A dash (-) for no date."),
)
PINS = N_("Do people answer on this computer?")
PINS_SAY = N_("Then everybody gets a PIN: without it nobody opens another's answers.")
NOT_A_NUMBER = N_("That is not a number that fits. Type digits only, for example: 7")
NOT_A_K = N_("Type a number from 3 to 50.")
NOT_A_DATE = N_("That is not a date. Type it like: 30-6-2027")
_NO_TITLE = N_("First fill in the wijk.")
_NO_PARTIES = N_("First fill in how many people take part, for at least one party.")


def needed(page: WizardPage, draft: SessionDraft) -> str:
    """What must be filled in before one can go on from `page`; empty when nothing is."""
    if page is WizardPage.WIJK and not draft.name:
        return _NO_TITLE
    if page in (WizardPage.PARTIES, WizardPage.OVERVIEW) and not draft.parties:
        return _NO_PARTIES
    return ""


NEXT, MAKE = "next", "make"


def sets(draft: SessionDraft, shipped: Mapping[str, QuestionSet], t: Words) -> Iterator[Row]:
    """The sets to choose from; the chosen one is marked."""
    for number, (name, found) in enumerate(shipped.items(), 1):
        mark = "(●) " if name == draft.set_name else "( ) "
        lead = (Part(f"{number} ", "key"), Part(mark))
        title = plain(f"{found.title.in_language(t.language)} ({name})")
        yield Row(f"set:{name}", title, lead=lead, under=((Part(told_at_most(found, t), "dim"),),))
    yield GAP
    yield _on(t)


def rows(
    page: WizardPage, draft: SessionDraft, question_set: QuestionSet, t: Words
) -> Iterable[Row]:
    """What is filled in on `page`, and the way on."""
    if page is WizardPage.WIJK:
        yield _filled("1", "title:", t("Wijk"), draft.title, t)
        yield _filled("2", "name:", t("Short name"), draft.name, t)
    elif page is WizardPage.PARTIES:
        yield from _parties(draft, question_set, t)
    elif page is WizardPage.DECISIONS:
        yield from _decisions(draft, question_set, t)
    elif page is WizardPage.PRIVACY:
        yield _filled("1", "k:", t("Smallest group that is shown"), _people(draft.k, t), t)
        until = _day(draft) or t("no date")
        yield _filled("2", "until:", t("Erase the answers by"), until, t)
        yield GAP
        yield from _own(draft.functions, "functions", t("Add a function (may be left out)"), 3)
        yield from _guesses(draft, question_set, t)
    else:
        yield from _overview(draft, question_set, t)
        return
    if page is WizardPage.PARTIES:
        yield GAP
        yield choice("p", "pins:", t(PINS), t(PINS_SAY), mark="[x]" if draft.pins else "[ ]")
    if page in (WizardPage.PARTIES, WizardPage.DECISIONS, WizardPage.PRIVACY):
        yield from _how_long(draft, question_set, t)
    yield GAP
    yield _on(t)


def _on(t: Words) -> Row:
    return choice("→", NEXT, t("Go on"))


def _filled(key: str, row: str, name: str, value: str, t: Words) -> Row:
    said = plain(value) if value else t("(empty)")
    return choice(key, row, f"{name}: {said}")


def _people(number: int, t: Words) -> str:
    return t.plural("{number} person", "{number} people", number)


def _day(draft: SessionDraft) -> str:
    until = draft.keep_until
    return f"{until.day}-{until.month}-{until.year}" if until else ""


def _parties(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    number = 0
    for kind, what in question_set.parties.items():
        label = plain(what.label.in_language(t.language))
        if not what.is_named:
            number += 1
            people = draft.people(kind)
            told = _people(people, t) if people else ""
            yield _filled(str(number), f"people:{kind}", label, told, t)
            continue
        for party, people in draft.parties:
            if kind_called(party, question_set) == kind:
                number += 1
                called = plain(draft.labels[party])
                yield _filled(str(number), f"people:{party}", called, _people(people, t), t)
        number += 1
        yield choice(str(number), f"add:{kind}", t("Add a {party}", party=label))


def _decisions(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    asked, number = draft.decisions_asked(question_set), 0
    for objects in sorted(question_set.covered):
        for name, thing in question_set.objects[objects].items():
            number += 1
            mark = "[x]" if name in asked else "[ ]"
            says = plain(thing.label.in_language(t.language))
            yield choice(str(number), f"ask:{name}", f"{mark} {says}")
    yield GAP
    own = tuple(draft.decisions.values())
    yield from _own(own, "decision", t("Add a decision"), number + 1)


def _own(words: tuple[str, ...], kind: str, add: str, first: int) -> Iterator[Row]:
    for number, said in enumerate(words):
        yield choice(str(number + first), f"{kind}:{number}", plain(said))
    yield choice(str(len(words) + first), f"{kind}:", add)


def _guesses(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    """Of whom the others guess what they fill in, for a set that may ask that."""
    if question_set.coorientation is None:
        return
    about, parties = draft.guessed(question_set), draft.asking(question_set).parties
    yield GAP
    yield heading(t("What do people expect of each other? Let others guess what this party says:"))
    for number, kind in enumerate(draft.kinds(question_set), len(draft.functions) + 4):
        mark = "[x]" if kind in about else "[ ]"
        named = plain(parties[kind].in_sentence.in_language(t.language))
        yield choice(str(number), f"guess:{kind}", f"{mark} {named}")


def sources(
    draft: SessionDraft, question_set: QuestionSet, rules: Mapping[str, KnownRule], t: Words
) -> Iterator[Row]:
    """What is laid down: own sources, and `rules` that are about what will be asked."""
    for number, (key, source) in enumerate(draft.sources.items(), 1):
        asked = plain(short(question_set, question_set.by_key[key], t.language))
        yield choice(str(number), f"source:{key}", asked, plain(source.text))
    last = len(draft.sources) + 1
    yield choice(str(last), "source:", t("Add a source"))
    whole = draft.whole(question_set) if draft.parties else question_set
    about = {name: len(rule.items(whole)) for name, rule in rules.items()}
    offered = [name for name, number in about.items() if number]
    if offered:
        yield GAP
        yield heading(t("Known rules to lay beside the questions. Check whether they still hold."))
    for number, name in enumerate(offered, last + 1):
        mark = "[x]" if name in draft.rules else "[ ]"
        beside = t.plural("beside {number} question", "beside {number} questions", about[name])
        yield choice(str(number), f"rule:{name}", f"{mark} {plain(cited(rules[name], t))}", beside)
    yield GAP
    yield _on(t)


def _overview(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    title, kinds = question_set.title.in_language(t.language), question_set.parties
    yield _filled("1", f"page:{WizardPage.WIJK}", t("Wijk"), f"{draft.title} ({draft.name})", t)
    yield _filled("2", f"page:{WizardPage.SET}", t("Questions"), title, t)
    parties = ", ".join(
        f"{draft.labels.get(party) or kinds[party].label.in_language(t.language)} {people}"
        for party, people in draft.in_order(question_set)
    )
    yield _filled("3", f"page:{WizardPage.PARTIES}", t("Parties"), parties, t)
    yield _filled(
        "9", f"page:{WizardPage.PARTIES}", t("PINs"), t("yes") if draft.pins else t("no"), t
    )
    own = ", ".join(draft.decisions.values()) or t("none")
    yield _filled("4", f"page:{WizardPage.DECISIONS}", t("Own decisions"), own, t)
    shown = t("groups from {number} people", number=draft.k)
    yield _filled("5", f"page:{WizardPage.PRIVACY}", t("Shown"), shown, t)
    until = _day(draft) or t("no date")
    yield _filled("6", f"page:{WizardPage.PRIVACY}", t("Erase the answers by"), until, t)
    laid_down = len(draft.sources) + len(draft.rules)
    how_many = str(laid_down) if laid_down else t("none")
    yield _filled("7", f"page:{WizardPage.SOURCES}", t("Sources"), how_many, t)
    if question_set.coorientation is not None:
        kinds = draft.asking(question_set).parties
        about = [kinds[kind].label.in_language(t.language) for kind in draft.guessed(question_set)]
        told = ", ".join(about) or t("none")
        yield _filled("8", f"page:{WizardPage.PRIVACY}", t("Others guess about"), told, t)
    yield from _how_long(draft, question_set, t)
    yield GAP
    yield choice("→", MAKE, t("Make the session"))


def _how_long(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    """What each kind is asked with all that was chosen so far, and whether that is a lot."""
    if not draft.parties:
        return
    whole, kinds = draft.whole(question_set), draft.kinds(question_set)
    yield GAP
    yield heading(t("Filling in takes each person:"))
    for line in told_by_kind(whole, t, kinds):
        yield Row("", plain(line), "dim", lead=(Part("- "),))
    if warned := warning(whole, t, kinds):
        yield Row("", warned)
