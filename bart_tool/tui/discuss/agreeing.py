"""Making agreements from a topic: a new one step by step, and parking with an owner."""

from typing import Any

from bart_tool.domain.agreement import Agreement, Draft
from bart_tool.errors import BartError
from bart_tool.tui.discuss import asking
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screen import AtTable
from bart_tool.workflow import agree

UNWRITTEN = "…"  # stands for the sentence until there is one; never saved


def sentences_on(meeting: Meeting, topic: str) -> tuple[str, ...]:
    """The sentences that were agreed on a topic; none where that cannot be read now."""
    return tuple(each.sentence for each in kept(meeting) if each.topic == topic)


def kept(meeting: Meeting) -> tuple[Agreement, ...]:
    """Everything that was agreed; nothing where that cannot be read now."""
    try:
        return agree.agreements(meeting.desk).agreements
    except BartError:
        return ()


async def new_agreement(screen: AtTable[Any], topic: str) -> None:
    """Write down an agreement on `topic`: first the sentence, then the rest on its own screen."""
    from bart_tool.tui.discuss.agreement import AgreementScreen

    blank = Draft(topic=topic, sentence=UNWRITTEN)
    fields = await asking.ask_sentence(screen, blank.model_copy(update={"sentence": ""}))
    if fields is None:
        return
    saved = await save_new(screen, blank.changed(**fields))
    if saved is not None:
        await screen.bart.ask(AgreementScreen(screen.meeting, saved.agreement, is_new=True))


async def park(screen: AtTable[Any], topic: str) -> bool:
    """Park `topic` with what must still happen, an owner and a day; whether that was done."""
    t = screen.t
    title = screen.title_of(topic)
    text = t("What must still be settled? It stays among the agreements, so that it is not lost.")
    said = t("We are not through with this: {title}.", title=title)
    sentence = await asking.ask_line(screen, t("Park this topic"), text, said)
    if sentence is None:
        return False
    draft = Draft(topic=topic, sentence=sentence, mandate="parked")
    for ask in (asking.ask_owner, asking.ask_date):
        fields = await ask(screen, draft)
        if fields is None:
            return False
        draft = draft.changed(**fields)
    return await save_new(screen, draft) is not None


async def save_new(screen: AtTable[Any], draft: Draft) -> agree.Saved | None:
    """Keep a new agreement; None when that did not work, which is then told."""
    meeting = screen.meeting
    today = meeting.clocks.today()
    saved = await screen.attempt(lambda: agree.agree(meeting.desk, draft, today))
    if saved is not None:
        meeting.desk = saved.desk
    return saved
