"""The invitation of one participant: a short mail or letter, as plain text."""

from datetime import date

from bart_tool.domain.base import Language
from bart_tool.domain.route import Route
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.translation import Words, words
from bart_tool.workflow.answering.context import AnswerContext


def letter(
    context: AnswerContext, language: Language, by: date | None = None, *, paper: bool = False
) -> str:
    """Why, how long, who sees what, how to send back, and by when if `by` says so.

    `paper`: the questions go with it on paper, not as a file.
    """
    t = words(language)
    wijk = context.title or t("our wijk")
    how = (
        (
            t("Fill in the paper that goes with this. Answer on your own."),
            t("Give it back to whoever you got it from."),
        )
        if paper
        else (
            t(
                "Open the file {file} that goes with this, on your phone or computer. You need not "
                "install anything.",
                file=f"{context.code}.html",
            ),
            t("Fill in the questions. Answer on your own. You can stop and go on later."),
            t(
                "Hand in. The form then makes a file on your device. Send that file back to "
                "whoever you got this from."
            ),
        )
    )
    paragraphs = [
        *_why(context, wijk, t),
        t(
            "Will you fill in yours? You take part for: {party}.",
            party=welcome_text.whose(context, language),
        )
        + " "
        + welcome_text.how_long(context, Route(context.question_set, context.kind), t),
        "\n".join(f"{number}. {step}" for number, step in enumerate(how, 1)),
        t("Send it back by {date} at the latest.", date=day(by, language)) if by else "",
        t("Does it not work? Ask for help.")
        if paper
        else t("Does it not work? Ask for the questions on paper, or for help."),
        t("Who will see what?") + "\n" + welcome_text.consent_text(context, t).strip(),
        t("You choose beforehand how you may be shown. No answer is right or wrong."),
        t("Thank you."),
    ]
    return "\n\n".join(each for each in paragraphs if each) + "\n"


def _why(context: AnswerContext, wijk: str, t: Words) -> tuple[str, str, str]:
    """The subject, and why this is asked: for the first time, or again about what was agreed."""
    if context.blank.round > 1:
        return (
            t("Subject: are our agreements in {wijk} kept? Your picture counts", wijk=wijk),
            t("Hello,"),
            t(
                "In {wijk} we agreed who does what and who may decide what. Now we look whether "
                "that is kept and still right. Then we talk about it again.",
                wijk=wijk,
            ),
        )
    return (
        t("Subject: who does what in {wijk}? Your picture counts", wijk=wijk),
        t("Hello,"),
        t(
            "In {wijk} people from several parties work together. Everybody has a picture of who "
            "does what, who may decide what and who plays which role. We lay those pictures side "
            "by side and talk about where they differ.",
            wijk=wijk,
        ),
    )


def day(day: date, language: Language) -> str:
    """`30-6-2027`, in English `2027-06-30`."""
    return f"{day.day}-{day.month}-{day.year}" if language == "nl" else day.isoformat()
