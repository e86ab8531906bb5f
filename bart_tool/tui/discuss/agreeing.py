"""Making agreements from a topic: a new one step by step, and parking with an owner."""

from typing import Any

from bart_tool.domain.agreement import Agreement, AgreementDraft
from bart_tool.errors import BartError
from bart_tool.tui.discuss import asking
from bart_tool.tui.discuss.agreement import AgreementScreen
from bart_tool.tui.discuss.at_table import AtTable
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.workflow import agree

UNWRITTEN = "…"  # stands for the sentence until there is one; never saved


def sentences_on(meeting: Meeting, topic: str) -> tuple[str, ...]:
    """The sentences that were agreed on a topic; none where that cannot be read now."""
    return tuple(each.sentence for each in kept(meeting) if each.topic == topic)


def kept(meeting: Meeting) -> tuple[Agreement, ...]:
    """Everything that was agreed; nothing where that cannot be read now."""
    try:
        return agree.agreements(meeting.opened).agreements
    except BartError:
        return ()


async def new_agreement(screen: AtTable[Any], topic: str) -> None:
    """Write down an agreement on `topic`: first the sentence, then the rest on its own screen."""
    blank = AgreementDraft(topic=topic, sentence=UNWRITTEN)
    fields = await asking.ask_sentence(screen, blank.model_copy(update={"sentence": ""}))
    if fields is None:
        return
    saved = await save_new(screen, blank.changed(**fields))
    if saved is not None:
        await screen.bart.ask(AgreementScreen(screen.meeting, saved.agreement, is_new=True))


async def park(screen: AtTable[Any], topic: str) -> bool:
    """Park `topic` with what must still happen, an owner and a day; whether that was done.

    Esc goes back one question with everything kept, and from the first one out.
    """
    said = screen.t("We are not through with this: {title}.", title=screen.title_of(topic))
    draft = AgreementDraft(topic=topic, sentence=said, mandate="parked")
    asks = (_ask_what_is_left, asking.ask_owner, asking.ask_date)
    step = 0
    while step < len(asks):
        fields = await asks[step](screen, draft)
        if fields is not None:
            draft, step = draft.changed(**fields), step + 1
        elif step:
            step -= 1
        else:
            return False
    return await save_new(screen, draft) is not None


async def _ask_what_is_left(screen: AtTable[Any], draft: AgreementDraft) -> dict[str, Any] | None:
    t = screen.t
    text = t("What must still be settled? It stays among the agreements, so that it is not lost.")
    sentence = await asking.ask_line(screen, t("Park this topic"), text, draft.sentence)
    return None if sentence is None else {"sentence": sentence}


async def save_new(screen: AtTable[Any], draft: AgreementDraft) -> agree.Saved | None:
    """Keep a new agreement; None when that did not work, which is then told."""
    meeting = screen.meeting
    today = meeting.clocks.today()
    saved = await screen.attempt(lambda: agree.agree(meeting.opened, draft, today))
    if saved is not None:
        meeting.opened = saved.opened
    return saved
