"""The invitation that goes with somebody's form or paper: from whom, what for, how, who sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bart_tool.domain.base import Language
from bart_tool.domain.free_text import harmless
from bart_tool.domain.route import Invitation
from bart_tool.wording import welcome
from bart_tool.wording.translation import N_, Words, words

# What a letter must say that only the facilitator knows: the option that gives it -> its name.
NEEDED = {
    "sender": N_("who sends it"),
    "contact": N_("whom to ask"),
    "keep_until": N_("until when the answers are kept"),
}


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What the facilitator says in every letter; what is empty is left out of it.

    `purpose`: what it is for, in place of the usual sentence. `by`: the day by which to send back.
    `keep_until`: the day by which the answers are wiped.
    """

    sender: str = ""
    contact: str = ""
    purpose: str = ""
    by: date | None = None
    keep_until: date | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """The names in `NEEDED` of what is not known."""
        return tuple(name for name in NEEDED if not getattr(self, name))


def letter(
    invitation: Invitation,
    language: Language,
    head: Letterhead,
    *,
    paper: bool = False,
    reminds: bool = False,
) -> str:
    """The whole invitation as plain text. `paper`: the questions go with it on paper.

    `reminds`: it is for somebody who was invited before and has not handed in.
    """
    t = words(language)
    paragraphs = [
        *(_again(invitation, t) if reminds else _why(invitation, head, t)),
        t(
            "Will you fill in yours? You take part for: {party}.",
            party=welcome.whose(invitation, language),
        )
        + " "
        + welcome.how_long(invitation, t),
        "" if reminds else welcome.drawing(invitation, t),
        *(_on_paper(t) if paper else _on_a_device(invitation, t)),
        t("Send it back by {date} at the latest.", date=t.day(head.by)) if head.by else "",
        t("Who will see what?") + "\n" + welcome.consent_text(invitation, t, paper=paper).strip(),
        t("The facilitator wipes the answers on {date} at the latest.", date=t.day(head.keep_until))
        if head.keep_until
        else "",
        t("You choose beforehand how you may be shown. No answer is right or wrong."),
        t("Questions? Ask: {contact}", contact=_line(head.contact)) if head.contact else "",
        t("Thank you."),
        _line(head.sender),
    ]
    return "\n\n".join(each for each in paragraphs if each) + "\n"


def _line(text: str) -> str:
    return harmless(text, one_line=True).strip()


def _numbered(*steps: str) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _on_paper(t: Words) -> Iterator[str]:
    yield _numbered(
        t("Fill in the paper that goes with this. Answer on your own."),
        t("Give it back to whoever you got it from."),
    )
    yield t(
        "Does it not work, or would you rather not use paper? You may also answer on the "
        "facilitator's laptop. Ask for it."
    )


def _on_a_device(invitation: Invitation, t: Words) -> Iterator[str]:
    file = f"{invitation.code}.html"
    yield _numbered(
        t(
            "Open the file {file} that goes with this, on a computer if you can. You need not "
            "install anything.",
            file=file,
        ),
        t("Fill in the questions. Answer on your own. You can stop and go on later."),
        t(
            "Hand in. The form then makes a file on your device. Send that file back to "
            "whoever you got this from."
        ),
    )
    yield t(
        "On a phone? Your mail and your list of files often show only an example: questions, but "
        "nothing to tick. Save the file first. Then open it with a browser, such as Chrome or "
        "Firefox. On an iPhone or iPad that often does not work: use a computer there, or another "
        "way."
    )
    yield t(
        "Another way is fine too: on paper, or on the facilitator's laptop when you are there. "
        "Ask for it."
    )


def _again(invitation: Invitation, t: Words) -> Iterator[str]:
    """That an earlier letter went before this one, and that nobody has to."""
    wijk = invitation.title or t("our wijk")
    if invitation.blank.round > 1:
        yield t("Subject: reminder: are our agreements in {wijk} kept?", wijk=wijk)
    else:
        yield t("Subject: reminder: who does what in {wijk}?", wijk=wijk)
    yield t("Hello,")
    yield t(
        "A while ago we asked you how you see who does what in {wijk}. Your answers have not come "
        "in yet. Did you send them just now? Then you need not do anything.",
        wijk=wijk,
    )
    yield t(
        "Your picture counts too: we would like to lay it beside those of the others. Would you "
        "rather not take part? That is fine too: let us know."
    )


def _why(invitation: Invitation, head: Letterhead, t: Words) -> Iterator[str]:
    """The subject, and why this is asked: for the first time, or again about what was agreed."""
    wijk = invitation.title or t("our wijk")
    is_again = invitation.blank.round > 1
    if is_again:
        yield t("Subject: are our agreements in {wijk} kept? Your picture counts", wijk=wijk)
    else:
        yield t("Subject: who does what in {wijk}? Your picture counts", wijk=wijk)
    yield t("Hello,")
    if is_again:
        yield t(
            "In {wijk} we agreed who does what and who may decide what. Now we look whether "
            "that is kept and still right. Then we talk about it again.",
            wijk=wijk,
        )
    else:
        yield t(
            "In {wijk} people from several parties work together. Everybody has a picture of who "
            "does what, who may decide what and who plays which role. We lay those pictures side "
            "by side and talk about where they differ.",
            wijk=wijk,
        )
    yield t(
        "What is it for? {purpose}",
        purpose=_line(head.purpose)
        or t("To agree together who does what and who may decide what. It does not judge anybody."),
    )
