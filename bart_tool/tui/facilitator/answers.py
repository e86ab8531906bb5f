"""How answers come in: on the laptop, through forms and files; and which of two stands."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bart_tool.domain.days import day_in
from bart_tool.domain.free_text import harmless
from bart_tool.domain.session import party_label
from bart_tool.errors import BartError, NotFound
from bart_tool.store.locations import FORMS
from bart_tool.tui.dialogs import AskLine, Choose, Stop
from bart_tool.tui.key_bar import Key
from bart_tool.tui.list_screen import BACK, ListScreen, choice
from bart_tool.tui.participant.flow import visit
from bart_tool.tui.participant.visit import VisitEnd
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.labels import OUTCOMES, STATES, label
from bart_tool.wording.letter import NEEDED, Letterhead
from bart_tool.wording.pins import ON_THE_CARD, PIN, left_out
from bart_tool.wording.questions import short, version_words, ways_in_words
from bart_tool.wording.translation import N_
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.dealing import Dealt, deal, deal_anew
from bart_tool.workflow.forms import make_forms, to_remind
from bart_tool.workflow.gather import gather
from bart_tool.workflow.incoming import files_at
from bart_tool.workflow.intake_outcome import Gathered, IntakeOutcome, Outcome
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.settle import Choice, choices, settle, still_left, ways

if TYPE_CHECKING:
    from bart_tool.workflow.phases import Presence, Status

HERE, LATER = "here", "later"
FORM, PAPER, REMIND = "form", "paper", "remind"
MOST_NAMED = 6  # files or codes in one sentence


class WhoAnswers(ListScreen[str]):
    """Whose turn it is; gives the code, None for going back."""

    def __init__(self, opened: OpenSession, now: "Status") -> None:
        super().__init__()
        self._opened = opened
        self._now = now

    def headline(self) -> str:
        return self.t("Who is going to answer?")

    def body(self) -> str:
        if not self._due:
            return self.t("Everybody has handed in. Nobody needs the laptop any more.")
        return self.t("Choose a code. Whoever has handed in is not in the list.")

    @property
    def _due(self) -> "tuple[Presence, ...]":
        return self._now.at_work

    def listed(self) -> Iterable[Row]:
        """Those who may still answer, by party."""
        number = 0
        for party in self._now.parties:
            people = [each for each in self._due if each.party == party.id]
            if people:
                yield heading(plain(party_label(self._opened.question_set, party, self.language)))
            for person in people:
                number += 1
                key = str(number) if number < 10 else ""
                says = label(STATES, person.shown, self.language)
                yield choice(key, person.code, f"{person.code}  {says}")
            if people:
                yield GAP


ALONE = N_(
    "{code} answers alone. Nobody looks on. Whoever takes the laptop chooses the line below."
)
THANKS = N_("Your answers are no longer on the screen. Thank you.")
STAYED_SHUT = N_("The sheet of {code} stayed shut.")


class Passing(ListScreen[str]):
    """A screen with nothing on it but to whom the laptop goes; gives "here", None for back.

    `back`: what is said where it goes back to the facilitator; empty where it goes to `code`.
    """

    def __init__(self, code: str, back: str = "") -> None:
        super().__init__()
        self._code = code
        self._back = back

    def headline(self) -> str:
        if self._back:
            return self.t("Give the laptop back to the facilitator")
        return self.t("Give the laptop to {code}", code=self._code)

    def body(self) -> str:
        return self.t(self._back or ALONE, code=self._code)

    def listed(self) -> Iterable[Row]:
        t = self.t
        says = t("I am the facilitator") if self._back else t("I am {code}", code=self._code)
        yield choice("1", HERE, says)

    def keys(self) -> Iterable[Key]:
        """Back only where it leads to the facilitator's own screen."""
        t = self.t
        yield Key("Enter", t("choose"), "choose")
        if not self._back:
            yield Key("Esc", t("back"), "back")
        yield Key("F3", t("in Dutch"), "app.other_language")


async def hand_on(screen: ListScreen[None], opened: OpenSession, now: "Status") -> None:
    """Ask who answers, and let them."""
    code = await screen.bart.ask(WhoAnswers(opened, now))
    if code:
        await pass_to(screen, opened, code)


async def pass_to(screen: ListScreen[None], opened: OpenSession, code: str) -> None:
    """Let `code` answer on this laptop; afterwards it goes back to the facilitator."""

    def context() -> AnswerContext:
        now = open_session(opened.folder.store, opened.session.session)
        return session_context(now, code)

    if not await screen.bart.ask(Passing(code)):
        return
    taken = await screen.attempt(context)
    if taken is None:
        return
    try:
        ended = await visit(screen.bart, taken)
    except BartError as error:
        await screen.tell(screen.t("That did not work"), screen.describe_error(error))
        return
    was_in = ended is not VisitEnd.NOT_LET_IN
    await screen.bart.ask(Passing(code, THANKS if was_in else STAYED_SHUT))


NOT_BEGUN = "not-begun"
TWO_WEEKS = timedelta(days=14)


async def pins(screen: ListScreen[None], opened: OpenSession) -> None:
    """Show the PINs of who has not begun, or make a new one for one person."""
    t = screen.t
    first = await screen.attempt(lambda: deal(opened))
    if first is None:
        return
    chosen = NOT_BEGUN
    if first.begun:
        whose = [(code, code) for code in first.begun]
        if first.cards:
            whose.insert(0, (NOT_BEGUN, t("Show the PINs of who has not begun")))
        text = t("Who gets a new one? The earlier PIN stops working.")
        chosen = await screen.bart.ask(Choose(t("PINs"), text, whose)) or ""
    if not chosen:
        return
    dealt: Dealt | None = first
    if chosen != NOT_BEGUN:
        dealt = await screen.attempt(lambda: deal_anew(opened, [chosen]))
    if dealt is not None:
        lines = [t(PIN, code=card.code, pin=card.printed_pin) for card in dealt.cards]
        said = [t(ON_THE_CARD), ""] if lines else []
        left = [*left_out(t, dealt.begun, dealt.handed_in)]
        gap = [""] if lines and left else []
        await screen.bart.ask(Stop("\n".join((*said, *lines, *gap, *left))))


async def forms(screen: ListScreen[None], opened: OpenSession) -> None:
    """Make everybody a form of their own, or a reminder, and say what to do with it."""
    t = screen.t
    text = t(
        "Everybody gets a form of their own, with an invitation beside it. Which kind? Forms that "
        "you made before are made anew; nothing that was answered stands in them."
    )
    kinds = [
        (FORM, t("For a phone or computer: opens in a browser, without a network")),
        (PAPER, t("On paper: to print, and to type over")),
        (REMIND, t("A form with a reminder, for who has not handed in")),
        (BACK, t("Back, do nothing")),
    ]
    kind = await screen.bart.ask(Choose(t("Make forms"), text, kinds))
    if kind not in (FORM, PAPER, REMIND):
        return
    reminds = kind == REMIND
    codes = to_remind(opened) if reminds else ()
    if reminds and not codes:
        nobody = t("Nobody needs a reminder: everybody has handed in.")
        await screen.tell(t("Make forms"), nobody)
        return
    head = await _letterhead(screen, opened)
    if head is None:
        return
    made = await screen.attempt(
        lambda: make_forms(opened, codes, paper=kind == PAPER, letters=head, reminds=reminds)
    )
    if not made:
        return
    lines = [t("They lie here: {folder}", folder=opened.folder.where(FORMS)), ""]
    if reminds:
        lines += [t("They are for: {codes}", codes=some_of(screen, codes)), ""]
    lines.append(_what_to_do_with(screen, opened, kind))
    if head.lacks:
        what = t.listed([t(NEEDED[each]) for each in head.lacks])
        lines += ["", t("The letter does not say yet: {what}.", what=what)]
    await screen.tell(t("The forms are made"), "\n".join(lines))


def _what_to_do_with(screen: ListScreen[None], opened: OpenSession, kind: str) -> str:
    if kind == PAPER:
        return screen.t(
            "Print them. Type over what comes back with: bart answer {name} CODE --from-paper",
            name=opened.session.session,
        )
    return screen.t(
        "Send everybody their own form, and no one else's. They make a file with their "
        "answers and send it back. Take that in here."
    )


async def _letterhead(screen: ListScreen[None], opened: OpenSession) -> Letterhead | None:
    """What the letter says of who sends it and by when; None when somebody goes back."""
    t = screen.t

    def not_by(typed: str) -> str:
        day, today = day_in(typed), date.today()
        if day is not None and day >= today:
            return ""
        return t("Type a day from today on, for example {day}.", day=t.day(today + TWO_WEEKS))

    sender = AskLine(
        t("Who sends the letter?"),
        t("This stands below it. You may leave it empty."),
        optional=True,
    )
    contact = AskLine(
        t("Whom can people ask?"),
        t("A name, with a telephone number or mail address. You may leave it empty."),
        optional=True,
    )
    by = AskLine(
        t("By which day must it be back?"),
        t("Like 1 May 2027 or 1-5-2027. You may leave it empty."),
        optional=True,
        wrong=not_by,
    )
    said = list[str]()
    for asked in (sender, contact, by):
        typed = await screen.bart.ask(asked)
        if typed is None:
            return None
        said.append(typed)
    return Letterhead(
        sender=said[0], contact=said[1], by=day_in(said[2]), keep_until=opened.session.keep_until
    )


async def take_in(screen: ListScreen[None], opened: OpenSession) -> None:
    """Take in what people sent back, from a file, folder or archive, and tell what came in."""
    t = screen.t
    text = t(
        "Which file, folder or zip archive? Type the name, or drag it into this window. Sheets are "
        "YAML, JSON or CSV. The files themselves stay as they are."
    )

    def not_there(said: str) -> str:
        try:
            files_at(said)
        except NotFound as error:
            return screen.describe_error(error)
        return ""

    said = await screen.bart.ask(AskLine(t("Take in answer sheets"), text, wrong=not_there))
    if not said:
        return
    done = await screen.attempt(lambda: gather(opened, files_at(said)))
    if done is None:
        return
    unsaid = [each.where.file for each in done.refused if each.code == "sheet-without-id"]
    if unsaid and await _are_of_here(screen, opened, unsaid):
        both = partial(gather, opened, files_at(said), of_this_session=True)
        done = await screen.attempt(both) or done
    await screen.tell(t("Taken in"), taken_in(screen, done))


async def _are_of_here(screen: ListScreen[None], opened: OpenSession, files: Iterable[str]) -> bool:
    """Whether sheets that do not say of which session they are, are of this one."""
    t = screen.t
    text = t(
        "These do not say of which session they are: {files}. Are they of this session, {name}? An "
        "earlier session may have had the same name.",
        files=some_of(screen, tuple(map(harmless, dict.fromkeys(files)))),
        name=opened.session.session,
    )
    answers = ((LATER, t("no, leave them")), (HERE, t("yes, take them in")))
    chosen = await screen.bart.ask(Choose(t("Take in answer sheets"), text, answers))
    return bool(chosen == HERE)


def taken_in(screen: ListScreen[None], done: Gathered) -> str:
    """What came in and what did not, in a line each; codes and file names only."""
    t = screen.t
    lines = []
    if done.came_in:
        lines.append(t("Came in: {codes}", codes=some_of(screen, done.came_in)))
    lines += [
        t("{code}: {n} of {asked} answered.", code=code, n=answered, asked=asked)
        for code, answered, asked in done.partly
    ]
    if not (done.came_in or done.before or done.replaced):
        lines.append(t("Nothing came in."))
    lines += _by_outcome(screen, done)
    if done.before:
        lines.append(t("Whether answers contradict each other, you hear after closing."))
    lines += screen.problem_lines(done.refused, t("Refused, the file was left alone:"))
    lines += screen.problem_lines(done.damaged, t("Cannot be read, a copy was put aside:"))
    lines += screen.problem_lines(done.problems, t("Not used:"))
    return "\n".join(lines)


def _by_outcome(screen: ListScreen[None], done: Gathered) -> list[str]:
    """A line for each thing that became of files: `- new: WR-01.yaml, answers.csv (WR-02)`."""
    lines = []
    for outcome in Outcome:
        names = tuple(_named(each) for each in done.files if each.outcome is outcome)
        if names:
            said = label(OUTCOMES, outcome, screen.language)
            lines.append(f"- {said}: {some_of(screen, names)}")
    return lines


def _named(taken: IntakeOutcome) -> str:
    about = [*taken.participants, *([str(taken.number)] if taken.number else [])]
    file = harmless(taken.file, one_line=True)
    return f"{file} ({', '.join(about)})" if about else file


def some_of(screen: ListScreen[None], names: tuple[str, ...]) -> str:
    """The first few of `names` in a sentence, and how many more there are."""
    named = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return screen.t("{names} and {number} more", names=named, number=more) if more > 0 else named


async def settle_all(screen: ListScreen[None], opened: OpenSession) -> None:
    """Ask about each that is open, until somebody says later or goes back."""
    left = list(await screen.attempt(lambda: choices(opened)) or ())
    total = len(left)
    while left:
        code = left[0].participant
        stands = await _asked(screen, opened, left, total)
        if not stands:
            return
        settled = await screen.attempt(partial(settle, opened, code, stands))
        if settled is None:
            return
        opened = settled
        left = still_left(left, stands)


async def _asked(
    screen: ListScreen[None], opened: OpenSession, left: Sequence[Choice], total: int
) -> dict[str, str]:
    """Item -> the mark of what stands, of the first that is `left` or all of that person at once.

    Empty for later, and for back.
    """
    t, twice = screen.t, left[0]
    item = opened.question_set.by_key[twice.item]
    lines = [
        t("{number} of {total}", number=total - len(left) + 1, total=total),
        f"{twice.participant}: {short(opened.question_set, item, t.language)}",
        "",
        t("Which answer stands? Ask {code} when in doubt.", code=twice.participant),
    ]
    if twice.is_full:
        kept = t(
            "bart keeps {n} answers and no more; what came in after that is not here.",
            n=len(twice.versions),
        )
        lines.append(kept)
    possible = ways(left)
    says = [
        version_words(opened.question_set, item, each.answer, t, has_more=each.has_more)
        for each in twice.versions
    ]
    told = ways_in_words(says, len(possible[-1]), twice.participant, t)
    answers = [*((str(place), text) for place, text in enumerate(told)), (LATER, t("Later"))]
    said = await screen.bart.ask(Choose(t("It came in twice"), "\n".join(lines), answers))
    return {} if said in (None, LATER) else possible[int(said)]
