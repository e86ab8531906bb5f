"""Two answers of one person to one question: the facilitator says which one stands."""

from functools import partial

from bart_tool.tui.at_work import FacilitatorScreen
from bart_tool.tui.dialogs import Choose
from bart_tool.wording.questions import answer_words, short
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.settle import Choice, choices, settle

LATER = "later"


async def settle_all(screen: FacilitatorScreen[None], opened: OpenSession) -> None:
    """Ask about each that is open, until somebody says later or goes back."""
    found = await screen.attempt(lambda: choices(opened))
    for number, choice in enumerate(found or (), 1):
        mark = await _asked(screen, opened, choice, number, len(found or ()))
        if mark is None or mark == LATER:
            return
        settled = await screen.attempt(
            partial(settle, opened, choice.participant, choice.item, mark)
        )
        if settled is None:
            return
        opened = settled


async def _asked(
    screen: FacilitatorScreen[None], opened: OpenSession, choice: Choice, number: int, total: int
) -> str | None:
    t = screen.t
    item = opened.question_set.by_key[choice.item]
    lines = [
        t("{number} of {total}", number=number, total=total),
        f"{choice.participant}: {short(opened.question_set, item, t.language)}",
        "",
    ]
    if choice.answers is None:
        lines.append(
            t(
                "The round is open, so the answers are not shown. Ask {code} which stands.",
                code=choice.participant,
            )
        )
    else:
        lines.append(t("Which answer stands? Ask {code} when in doubt.", code=choice.participant))
    answers = [
        (mark, _says(screen, opened, choice, place)) for place, mark in enumerate(choice.marks)
    ]
    dialog = Choose(t("It came in twice"), "\n".join(lines), [*answers, (LATER, t("Later"))])
    said: str | None = await screen.bart.ask(dialog)
    return said


def _says(screen: FacilitatorScreen[None], opened: OpenSession, choice: Choice, place: int) -> str:
    t = screen.t
    came = t("the one that came first") if not place else t("the one that came later")
    if choice.answers is None:
        return came
    item = opened.question_set.by_key[choice.item]
    return f"{came}: {answer_words(opened.question_set, item, choice.answers[place], t)}"
