"""What the facilitator does with a session: each action asks what it needs, does it and tells."""

from collections.abc import Collection
from functools import partial

from bart_tool.domain.findings import PartyFinding
from bart_tool.domain.free_text import harmless
from bart_tool.domain.session import party_label
from bart_tool.store.locations import FORMS
from bart_tool.tui.at_work import BACK, OK, FacilitatorScreen
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.discuss.talk import Begin, discuss
from bart_tool.tui.facilitator import laptop, next_round, settling
from bart_tool.tui.facilitator.next_step import Stage, Step
from bart_tool.tui.findings.findings_screen import DISCUSS, FindingsScreen
from bart_tool.wording.labels import OUTCOMES, VISIBILITY, label
from bart_tool.wording.messages import problem_text
from bart_tool.workflow import phases
from bart_tool.workflow.discuss import lay_agreements, lay_table
from bart_tool.workflow.findings import findings
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.gather import gather
from bart_tool.workflow.incoming import files_at
from bart_tool.workflow.intake import Gathered
from bart_tool.workflow.intake_outcome import IntakeOutcome, Outcome
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.publish import FORMATS, Published, has_edit, publish, render_again

# Step -> where the discussion begins.
BEGIN_AT: dict[Step, Begin] = {
    Step.DISCUSS: "talk",
    Step.READ_BACK: "read-back",
    Step.AGREEMENTS: "agreements",
}
FORM, PAPER, AGAIN = "form", "paper", "again"
MOST_NAMED = 6  # files or codes in one sentence


async def do(
    screen: FacilitatorScreen[None], opened: OpenSession, stage: Stage, step: Step
) -> None:
    """Do `step`. What cannot be done is told, and leaves everything as it was."""
    if step is Step.BEGIN:
        await screen.attempt(lambda: phases.reopen(opened))
    elif step is Step.HAND_ON:
        await laptop.hand_on(screen, opened, stage)
    elif step is Step.FORMS:
        await _forms(screen, opened)
    elif step is Step.TAKE_IN:
        await _take_in(screen, opened)
    elif step is Step.SETTLE:
        await settling.settle_all(screen, opened)
    elif step is Step.CLOSE:
        await _close(screen, opened, stage)
    elif step is Step.REPORT:
        await _report(screen, opened)
    elif step is Step.REOPEN:
        await _reopen(screen, opened)
    elif step is Step.FOLLOW_UP:
        await next_round.follow_up(screen, opened)
    elif step is Step.COMPARE:
        await next_round.compare(screen, opened)
    elif step is Step.LOOK:
        await _look(screen, opened)
    else:
        await _discuss(screen, opened, BEGIN_AT[step])


async def for_person(
    screen: FacilitatorScreen[None], opened: OpenSession, stage: Stage, code: str
) -> None:
    """Hand the laptop to `code`, or open the sheet that they handed in."""
    t = screen.t
    states = {each.code: each.state for each in stage.status.participants}
    state = states.get(code)
    if state is None:  # erased meanwhile, in another window
        return
    if stage.is_answering and (state != "submitted" or code in opened.session.reopened):
        await laptop.pass_to(screen, opened, code)
        return
    if not stage.is_answering:
        text = t("The round is closed. Open it again before somebody can change their answers.")
        await screen.tell(code, text)
        return
    text = t(
        "{code} has handed in. If you open the sheet, {code} can change it until you close the "
        "round. It keeps counting as it is.",
        code=code,
    )
    if await screen.confirmed(code, text, t("Open the sheet of {code} again", code=code)):
        await screen.attempt(lambda: phases.reopen(opened, [code]))


async def _forms(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    t = screen.t
    text = t(
        "Everybody gets a form of their own, with an invitation beside it. Which kind? Forms that "
        "you made before are made anew; nothing that was answered stands in them."
    )
    kinds = [
        (FORM, t("For a phone or computer: opens in a browser, without a network")),
        (PAPER, t("On paper: to print, and to type over")),
        (BACK, t("Back, do nothing")),
    ]
    kind = await screen.bart.ask(Choose(t("Make forms"), text, kinds))
    if kind not in (FORM, PAPER):
        return
    is_paper = kind == PAPER
    made = await screen.attempt(lambda: make_forms(opened, paper=is_paper, letters=True))
    if not made:
        return
    lines = [t("They lie here: {folder}", folder=opened.folder.where(FORMS)), ""]
    if is_paper:
        lines.append(
            t(
                "Print them. Type over what comes back with: bart answer {name} CODE --from-paper",
                name=opened.session.session,
            )
        )
    else:
        lines.append(
            t(
                "Send everybody their own form, and no one else's. They make a file with their "
                "answers and send it back. Take that in here."
            )
        )
    await screen.tell(t("The forms are made"), "\n".join(lines))


async def _take_in(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    t = screen.t
    text = t(
        "Which file, folder or zip archive? Type the name, or drag it into this window. Sheets are "
        "YAML, JSON or CSV. The files themselves stay as they are."
    )
    said = await screen.bart.ask(AskLine(t("Take in answer sheets"), text))
    if not said:
        return
    done = await screen.attempt(lambda: gather(opened, files_at(said)))
    if done is not None:
        await screen.tell(t("Taken in"), taken_in(screen, done))


def taken_in(screen: FacilitatorScreen[None], done: Gathered) -> str:
    """What came in and what did not, in a line each; codes and file names only."""
    t = screen.t
    lines = []
    if done.came_in:
        lines.append(t("Came in: {codes}", codes=_some(screen, done.came_in)))
    lines += [
        t("{code}: {n} of {asked} answered.", code=code, n=answered, asked=asked)
        for code, answered, asked in done.partly
    ]
    if not (done.came_in or done.duplicates):
        lines.append(t("Nothing came in."))
    lines += _by_outcome(screen, done)
    if done.conflicts:
        lines.append(
            t.plural(
                "{number} answer came in twice and differs. Choose which one stands.",
                "{number} answers came in twice and differ. Choose which ones stand.",
                len(done.conflicts),
            )
        )
    wrong = [
        (t("Refused, the file was left alone:"), done.refused),
        (t("Cannot be read, a copy was put aside:"), done.damaged),
        (t("Not used:"), done.problems),
    ]
    for title, problems in wrong:
        if problems:
            lines += ["", title, *(f"- {problem_text(each, t.language)}" for each in problems)]
    return "\n".join(lines)


def _by_outcome(screen: FacilitatorScreen[None], done: Gathered) -> list[str]:
    """A line for each thing that became of files: `- new: WR-01.yaml, answers.csv (WR-02)`."""
    lines = []
    for outcome in Outcome:
        names = tuple(_named(each) for each in done.files if each.outcome is outcome)
        if names:
            said = label(OUTCOMES, outcome, screen.language)
            lines.append(f"- {said}: {_some(screen, names)}")
    return lines


def _named(taken: IntakeOutcome) -> str:
    about = [*taken.participants, *([str(taken.number)] if taken.number else [])]
    file = harmless(taken.file, one_line=True)
    return f"{file} ({', '.join(about)})" if about else file


def _some(screen: FacilitatorScreen[None], names: tuple[str, ...]) -> str:
    named = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return screen.t("{names} and {number} more", names=named, number=more) if more > 0 else named


async def _close(screen: FacilitatorScreen[None], opened: OpenSession, stage: Stage) -> None:
    t = screen.t
    parties = await screen.attempt(lambda: phases.if_closed(opened))
    if parties is None:
        return
    lines = []
    missing = [each.code for each in stage.status.missing]
    if missing:
        codes = _some(screen, tuple(missing))
        lines += [t("Not handed in: {codes}. These people will not count.", codes=codes), ""]
    lines.append(t("This is how the parties will be shown:"))
    labels = {
        party.id: party_label(opened.question_set, party, screen.language)
        for party in opened.session.parties
    }
    lines += [
        f"- {labels.get(each.party, each.party)}: {_how_shown(screen, each)}" for each in parties
    ]
    if stage.status.conflicts:
        lines += ["", t("Answers that came in twice count as not given until you choose.")]
    lines += ["", t("After closing nobody can answer, unless you open the round again.")]
    if await screen.confirmed(t("Close the round"), "\n".join(lines), t("Close the round")):
        await screen.attempt(lambda: phases.close(opened))


def _how_shown(screen: FacilitatorScreen[None], party: PartyFinding) -> str:
    """How a party will be shown, with why not where it is not."""
    if not party.answered:
        return screen.t("not shown: nobody handed in")
    if party.visibility == "withheld":
        return screen.t("not shown: too few people handed in")
    return label(VISIBILITY, party.visibility, screen.language)


async def _reopen(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    t = screen.t
    text = t(
        "People can answer again. Who handed in stays so. A report that you made is then out of "
        "date: tell whoever has it."
    )
    if await screen.confirmed(t("Open the round again"), text, t("Open the round again")):
        await screen.attempt(lambda: phases.reopen(opened))


async def _report(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    if not await _wants_new_report(screen, opened):
        return
    made = await screen.attempt(lambda: publish(opened, formats=FORMATS))
    if made is None:
        return
    t, kept_edit = screen.t, made.kept_edit
    held_back = _held_back(screen, made)
    if held_back:
        answers = [
            (BACK, t("Leave them out, as it is now")),
            (OK, t("Nobody has seen an earlier report: show them")),
        ]
        if await screen.bart.ask(Choose(t("Left out"), held_back, answers)) == OK:
            anew = partial(publish, made.opened, formats=FORMATS, earlier_not_shared=True)
            made = await screen.attempt(anew) or made
    lines = [t("The report is here. It holds no codes and no names."), ""]
    lines += [f"- {path}" for path in made.files]
    if kept_edit:
        kept = t("You edited the earlier report. It is kept as {file}.", file=kept_edit)
        lines += ["", kept]
    if made.about_colours:
        wrong = (f"- {problem_text(p, t.language)}" for p in made.about_colours)
        lines += ["", t("About your own colours:"), *wrong]
    if made.not_counted:
        parties = t.listed(_labels(screen, made, made.not_counted))
        told = t(
            "Shown without numbers: {parties}. Beside the earlier report the numbers would show "
            "who said what.",
            parties=parties,
        )
        lines += ["", told]
    if made.left_out:
        lines += ["", next_round.describe_left_out(screen, made)]
    if made.problems:
        lines += ["", t("Not used:"), *(f"- {problem_text(p, t.language)}" for p in made.problems)]
    await screen.tell(t("The report is made"), "\n".join(lines))


async def _wants_new_report(screen: FacilitatorScreen[None], opened: OpenSession) -> bool:
    """Whether a new report is to be made; of an edited one its page may be made instead."""
    if not has_edit(opened):
        return True
    t = screen.t
    choices = [
        (AGAIN, t("Make the page again from what you edited")),
        (OK, t("Make a new report; what you edited is kept beside it")),
    ]
    chosen: str | None = await screen.bart.ask(Choose(t("You edited report.md"), "", choices))
    if chosen == AGAIN:
        made = await screen.attempt(lambda: render_again(opened))
        if made is not None:
            lines = [t("The page now says what you wrote."), "", f"- {made.file}"]
            lines += [f"- {problem_text(p, t.language)}" for p in made.about_colours]
            await screen.tell(t("The page is made"), "\n".join(lines))
    return chosen == OK


def _held_back(screen: FacilitatorScreen[None], made: Published) -> str:
    """Which groups are left out because of an earlier report, and why; empty when none are."""
    if not made.held_back:
        return ""
    return screen.t(
        "Not in this report: {parties}. Too few of their answers changed since the earlier "
        "report. The two side by side would show who said what.",
        parties=screen.t.listed(_labels(screen, made, made.held_back)),
    )


def _labels(
    screen: FacilitatorScreen[None], made: Published, parties: Collection[str]
) -> list[str]:
    """What these parties are called; the one that small parties are shown as has no name."""
    names = [
        party_label(made.opened.question_set, party, screen.language)
        for party in made.opened.session.parties
        if party.id in parties
    ]
    return names or [screen.t("some parties together")]


async def _look(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    found = await screen.attempt(lambda: findings(opened))
    if found is None:
        return
    shown = FindingsScreen(found, opened.question_set, opened.session, may_discuss=True)
    if await screen.bart.ask(shown) == DISCUSS:
        await _discuss(screen, opened)


async def _discuss(
    screen: FacilitatorScreen[None], opened: OpenSession, begin: Begin = "talk"
) -> None:
    lay = lay_agreements if begin == "agreements" else lay_table
    table = await screen.attempt(lambda: lay(opened))
    if table is None:
        return
    if table.problems:
        t = screen.t
        text = t("The topics that were chosen could not be read. The file was put aside.")
        told = "\n".join(f"- {problem_text(each, t.language)}" for each in table.problems)
        await screen.tell(t("Choose the topics anew"), f"{text}\n{told}")
    await discuss(screen.bart, table, begin=begin)
