"""What a participant reads before the first question: what this is and who will see what.

Both front doors say the same, in the catalogue `participant`.
"""

from collections.abc import Iterator

from bart_tool.domain.answer import Consent
from bart_tool.domain.base import Language
from bart_tool.domain.route import Invitation, Route
from bart_tool.domain.sheet import Sheet
from bart_tool.wording.duration import answers_told, duration, minutes_told
from bart_tool.wording.translation import N_, Words

# What may be chosen (docs/developer/method.md 5): its name, and what it means.
CONSENTS: dict[Consent, tuple[str, str]] = {
    "position": (
        N_("May be recognisable"),
        N_("the report may show what my party thinks, also if people can tell it is me."),
    ),
    "group": (
        N_("Only as a group"),
        N_(
            "only together with others. With fewer than {k} people the report does not show my "
            "party by itself."
        ),
    ),
    "none": (
        N_("Rather not"),
        N_("my answers are not used in the report."),
    ),
}


CONSENT_ASKED = N_("How may your answers stand in the report?")


def step(
    name: str, invitation: Invitation, route: Route, sheet: Sheet, t: Words
) -> tuple[str, str]:
    """Title and text of one step: `about`, `seen`, `consent`, `function` or `resume`."""
    if name == "seen":
        return t("Who will see what?"), consent_text(invitation, t)
    if name == "consent":
        return consent_question(invitation, t)
    if name == "function":
        return t("What is your function?"), t(
            "You do not have to say. Your function is not printed in the report."
        )
    if name == "resume":
        return t("Welcome back"), _resume_text(invitation, route, sheet, t)
    return t("Welcome"), _about(invitation, t)


def consent_question(invitation: Invitation, t: Words) -> tuple[str, str]:
    """How one may be shown, as every door asks it; and a warning for who is the only one."""
    return t(CONSENT_ASKED), _alone(invitation, t)


def whose(invitation: Invitation, language: Language) -> str:
    """Party and code: who sits here."""
    return f"{invitation.party_label.in_language(language)} ({invitation.code})"


def _about(invitation: Invitation, t: Words) -> str:
    lines = [
        *([invitation.title] if invitation.title else []),
        t("You take part for: {party}", party=whose(invitation, t.language)),
        "",
        what_it_is_about(invitation, t),
        "",
        how_long(invitation, t),
        what_is_kept(invitation, t),
        "",
        t("No answer is right or wrong. Not knowing is an answer too."),
    ]
    return "\n".join(lines)


def what_it_is_about(invitation: Invitation, t: Words) -> str:
    """Why this is asked: for the first time, or again about what was agreed."""
    if invitation.blank.round > 1:
        return t(
            "You all made agreements about who does what. This is round {number}: it asks whether "
            "these are kept and still right, and once more how you see what they are about. You "
            "fill it in on your own.",
            number=invitation.blank.round,
        )
    return t(
        "Who does what, who may decide what, and who plays which role? Everybody has a picture "
        "of that. Here you fill in yours, on your own. After that all the pictures are laid "
        "side by side, to talk about where they differ."
    )


def drawing(invitation: Invitation, t: Words) -> str:
    """Step 0, which nobody hands in; empty for a set without one, and when it is asked again."""
    asked = invitation.question_set.drawing.in_language(t.language)
    if not asked or invitation.blank.round > 1:
        return ""
    return t("Begin with a drawing, on a loose sheet. {drawing} You keep it.", drawing=asked)


def what_is_kept(invitation: Invitation, t: Words) -> str:
    """That one can stop, and what then becomes of the answers."""
    if invitation.is_practice:
        return t("This is practice: nothing is kept and nobody reads it. Stop whenever you like.")
    return t("You can stop at any moment. What you answered is kept.")


def how_long(invitation: Invitation, t: Words) -> str:
    """How many answers are asked for, and how long they take."""
    length = duration(invitation.question_set, invitation.kind, t.language)
    return t(
        "You give {answers}. That takes about {minutes}.",
        answers=answers_told(length, t),
        minutes=minutes_told(length, t),
    )


def consent_text(
    invitation: Invitation, t: Words, *, paper: bool = False, elsewhere: bool = False
) -> str:
    """Who sees what, and that a party of one is recognisable.

    `paper`: it is typed over; `elsewhere`: another program asks it, of which bart keeps nothing.
    """
    lines = [
        *_seen_by_facilitator(t, paper=paper, elsewhere=elsewhere),
        t("The report gives the answers per party."),
        *_counted_or_not(invitation, t),
        t("Your own words are only printed where you tick that they may be."),
        *_guessed_about(invitation, t),
        t(
            "Are the answers or the report with a municipality or another public body? Then "
            "anybody may ask for them (Open Government Act, Woo)."
        ),
    ]
    text = "\n".join(f"- {line}" for line in lines)
    warning = _alone(invitation, t)
    return f"{text}\n\n{warning}\n" if warning else f"{text}\n"


def _seen_by_facilitator(t: Words, *, paper: bool, elsewhere: bool) -> Iterator[str]:
    if elsewhere:
        yield t(
            "Your answers go to the program in which you fill this in. Whoever manages it can read "
            "them at once. They bear a code and no name."
        )
        return
    if paper:
        yield t(
            "The facilitator types your paper over, and so sees what you filled in. It bears a "
            "code and no name."
        )
        return
    yield t(
        "As long as people are answering, nobody sees the answers. The facilitator only sees "
        "whether you are done."
    )
    yield t("After that the facilitator can read the sheets. A sheet holds a code and no name.")


def _counted_or_not(invitation: Invitation, t: Words) -> Iterator[str]:
    """What a party is shown with when all are recognisable, and what when it is a group."""
    if not invitation.alone:  # else the warning below says it
        yield t(
            "Does everybody in your party choose “may be recognisable”? Then the report also "
            "shows how many of you gave each answer."
        )
        yield t(
            "Is your party shown as a group? Then the report only says what most of you answered, "
            "and none of your own words. If all of you say the same, a reader knows what each of "
            "you said."
        )


def _guessed_about(invitation: Invitation, t: Words) -> Iterator[str]:
    """That others guess what this party fills in, which nobody should learn from the report."""
    about = sum(guess.about == invitation.kind for guess in invitation.question_set.guesses)
    if about:
        yield t.plural(
            "At {number} question other parties guess what your party fills in. The report lays "
            "that beside it.",
            "At {number} questions other parties guess what your party fills in. The report lays "
            "that beside it.",
            about,
        )


def _alone(invitation: Invitation, t: Words) -> str:
    party = invitation.party_label.in_language(t.language)
    if invitation.alone:
        return t(
            "Mind: you are the only one of: {party}. Everybody who reads the report can then tell "
            "what you answered.",
            party=party,
        )
    if invitation.alone is None:
        return t(
            "Mind: are you the only one of your party? Everybody who reads the report can then "
            "tell what you answered."
        )
    return ""


def _resume_text(invitation: Invitation, route: Route, sheet: Sheet, t: Words) -> str:
    given = route.given(sheet)
    kept = t.plural(
        "You were here before. You gave {number} answer. It is kept.",
        "You were here before. You gave {number} answers. They are kept.",
        given,
    )
    lines = [
        *([invitation.title] if invitation.title else []),
        t("You take part for: {party}", party=whose(invitation, t.language)),
        "",
        kept if given else t("You were here before. There were no answers yet."),
        t("Your choice then: {choice}.", choice=t(CONSENTS[sheet.shown_as][0])),
        "",
        t("How do you want to go on?"),
    ]
    return "\n".join(lines)


def help_text(invitation: Invitation, t: Words) -> str:
    """What the keys do before the first question, and that one can choose again later."""
    is_practice = invitation.is_practice
    later = t("You can change your choice later: start again with the same command.")
    return "\n".join(
        (
            t("Before you begin"),
            "",
            t("Enter goes on, ← goes back. Digits choose. Arrows and the mouse work too."),
            t("Ctrl+Q stops. This is practice: nothing is kept.")
            if is_practice
            else t("Ctrl+Q stops. What you answered is kept."),
            t("F3 changes the language, F4 the colours. Ctrl+P shows everything you can do."),
            *([] if is_practice else ["", later]),
        )
    )
