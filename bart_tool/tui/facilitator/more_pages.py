"""What may be set of a new session and never has to be: its lists, their rows and words: pure."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from bart_tool.domain.formal_sources import KnownRule
from bart_tool.domain.question_set import QuestionSet
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.questions import short
from bart_tool.wording.rules import cited
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.session_draft import SessionDraft


class MoreOf(StrEnum):
    """Each thing that can be set, in the order in which it is offered."""

    DECISIONS = "decisions"
    FUNCTIONS = "functions"
    GUESSES = "guesses"
    SOURCES = "sources"
    UNTIL = "until"
    K = "k"
    NAME = "name"


# Those that are a list of their own, with what is said above it.
LISTS = {
    MoreOf.DECISIONS: (
        N_("About which decisions?"),
        N_(
            "About which decisions do people say who may decide? About five is enough. Is there "
            "one that matters to you? Add it. You may also leave it as it is."
        ),
    ),
    MoreOf.FUNCTIONS: (
        N_("Functions"),
        N_("People may choose their function from this list. You may leave it empty."),
    ),
    MoreOf.GUESSES: (
        N_("What do people expect of each other?"),
        N_("Let others guess what this party says:"),
    ),
    MoreOf.SOURCES: (
        N_("What is laid down?"),
        N_(
            "Is something laid down in a rule or a mandate? Then you can put it beside the "
            "question. The report shows where a picture differs from it. You may leave this empty."
        ),
    ),
}
REMOVE = "-"  # typed instead of words: take it away
ASK_NAME = (
    N_("Short name"),
    N_("Small letters, digits and hyphens, without spaces. At most 41."),
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
    N_(
        "Everybody chooses for themselves: recognisable, only as a group, or not at all. How many "
        "people must a group have before its answers are shown? At least 3."
    ),
)
ASK_UNTIL = (
    N_("Keep until"),
    N_("Until when are the answers kept? For example: 30-6-2027. A dash (-) for no date."),
)
NOT_A_K = N_("Type a number from 3 to 50.")
NOT_A_DATE = N_("That is not a date. Type it like: 30-6-2027")


def settings(
    draft: SessionDraft, question_set: QuestionSet, t: Words
) -> Mapping[MoreOf, tuple[str, str]]:
    """What each is called and what it is now; empty where it is as nobody changed it."""
    has_decisions = draft.decisions or draft.asked_decisions
    decisions = t.listed(_decisions_asked(draft, question_set, t)) if has_decisions else ""
    found = {
        MoreOf.DECISIONS: (t("Decisions that are asked about"), decisions),
        MoreOf.FUNCTIONS: (t("Functions"), t.listed(draft.functions)),
        MoreOf.GUESSES: (t("Others guess about"), t.listed(_guessed(draft, question_set, t))),
        MoreOf.SOURCES: (t("What is laid down"), _laid_down(draft, t)),
        MoreOf.UNTIL: (t("Erase the answers by"), day_typed(draft)),
        MoreOf.K: (t("Smallest group that is shown"), _k(draft, t)),
        MoreOf.NAME: (t("Short name, for the folder"), draft.name),
    }
    if question_set.coorientation is None:
        del found[MoreOf.GUESSES]
    if not question_set.covered:
        del found[MoreOf.DECISIONS]
    return found


def _decisions_asked(draft: SessionDraft, question_set: QuestionSet, t: Words) -> list[str]:
    things = {
        name: thing
        for objects in question_set.covered
        for name, thing in question_set.objects[objects].items()
    }
    asked = draft.decisions_asked(question_set)
    return [
        *(things[name].label.in_language(t.language) for name in asked if name in things),
        *draft.decisions.values(),
    ]


def _guessed(draft: SessionDraft, question_set: QuestionSet, t: Words) -> list[str]:
    kinds = draft.asking(question_set).parties
    return [kinds[kind].label.in_language(t.language) for kind in draft.guessed(question_set)]


def _laid_down(draft: SessionDraft, t: Words) -> str:
    number = len(draft.sources) + len(draft.rules)
    return t.plural("{number} source", "{number} sources", number) if number else ""


def day_typed(draft: SessionDraft) -> str:
    """The day by which the answers are erased, as one types it; empty without one."""
    until = draft.keep_until
    return f"{until.day}-{until.month}-{until.year}" if until else ""


def _k(draft: SessionDraft, t: Words) -> str:
    return (
        "" if draft.k == SessionDraft.k else t.plural("{number} person", "{number} people", draft.k)
    )


def overview(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    """Each thing that can be set, with what it is."""
    unset = {
        MoreOf.DECISIONS: t("the usual ones"),
        MoreOf.UNTIL: t("no date"),
        MoreOf.K: t.plural("{number} person", "{number} people", draft.k),
        MoreOf.NAME: t("(empty)"),
    }
    for number, (part, (name, value)) in enumerate(settings(draft, question_set, t).items(), 1):
        said = plain(value) or unset.get(part, t("none"))
        yield choice(str(number), part, f"{name}: {said}")


def decisions(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    """Those of the set to choose from, then own ones."""
    asked, number = draft.decisions_asked(question_set), 0
    for objects in sorted(question_set.covered):
        for name, thing in question_set.objects[objects].items():
            number += 1
            mark = "[x]" if name in asked else "[ ]"
            says = plain(thing.label.in_language(t.language))
            yield choice(str(number), f"ask:{name}", f"{mark} {says}")
    yield GAP
    own = tuple(draft.decisions.values())
    yield from own_words(own, "decision", t("Add a decision"), number + 1)


def own_words(words: Iterable[str], kind: str, add: str, first: int = 1) -> Iterator[Row]:
    """What was added, and a row to add one more."""
    said = tuple(words)
    for number, each in enumerate(said):
        yield choice(str(number + first), f"{kind}:{number}", plain(each))
    yield choice(str(len(said) + first), f"{kind}:", add)


def guesses(draft: SessionDraft, question_set: QuestionSet, t: Words) -> Iterator[Row]:
    """Of whom the others guess what they fill in."""
    about, kinds = draft.guessed(question_set), draft.kinds(question_set)
    named = draft.asking(question_set).parties
    if not kinds:
        yield Row("", t("First fill in which parties take part."))
    for number, kind in enumerate(kinds, 1):
        mark = "[x]" if kind in about else "[ ]"
        called = plain(named[kind].in_sentence.in_language(t.language))
        yield choice(str(number), f"guess:{kind}", f"{mark} {called}")


def sources(
    draft: SessionDraft, question_set: QuestionSet, rules: Mapping[str, KnownRule], t: Words
) -> Iterator[Row]:
    """What is laid down: own sources, and `rules` that are about what will be asked."""
    asking = draft.asking(question_set)
    for number, (key, source) in enumerate(draft.sources.items(), 1):
        asked = plain(short(asking, asking.by_key[key], t.language))
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
