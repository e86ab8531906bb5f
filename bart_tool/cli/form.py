"""`bart form`: what participants get to answer on, without installing anything."""

from datetime import datetime

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import codes_argument, flag, session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart form demo WR-01 WR-02\n\n"
        "Write a form for everybody, or for these codes: one file each, to be opened on a "
        "phone or computer. It works without a network. What comes back goes in with bart "
        "gather."
    )
    return verb(
        t,
        "form",
        text,
        _form,
        session_argument(t),
        codes_argument(t),
        flag("--paper", text=t("To print, instead of for a browser.")),
        flag("--letter", text=t("With an invitation beside each form.")),
        flag(
            "--reminder",
            text=t("Only for who has not handed in, with a reminder in place of an invitation."),
        ),
        _day("--by", t("The day in the letter by which to send back.")),
        _day("--keep-until", t("The day by which you wipe the answers, kept in the session.")),
        _said("--sender", t("Who sends the letter. It stands below it.")),
        _said("--contact", t("Whom people can ask, and how: a name with a telephone number.")),
        _said("--to", t("Your mail address: a form then opens a mail to it.")),
        _said("--purpose", t("What it is for, in place of the usual sentence in the letter.")),
    )


def _day(name: str, text: str) -> click.Option:
    return click.Option([name], type=click.DateTime(["%Y-%m-%d"]), metavar="2027-06-30", help=text)


def _said(name: str, text: str) -> click.Option:
    return click.Option([name], default="", help=text)


def _form(
    front: Front,
    session: str,
    *,
    codes: tuple[str, ...],
    paper: bool,
    letter: bool,
    reminder: bool,
    by: datetime | None,
    keep_until: datetime | None,
    to: str,
    **said: str,
) -> int:
    from bart_tool.wording.letter import NEEDED, Letterhead
    from bart_tool.workflow.forms import make_forms, to_remind
    from bart_tool.workflow.retention import keep_answers_until

    opened = front.opened(session)
    if reminder:
        codes = to_remind(opened, codes)
        if not codes:
            return _nobody(front, session)
    if keep_until is not None:
        opened = keep_answers_until(opened, keep_until.date())
    day = by.date() if by else None
    head = Letterhead(by=day, keep_until=opened.session.keep_until, **said)
    paths = make_forms(
        opened,
        codes,
        language=front.asked_language,
        paper=paper,
        letters=head if letter or reminder else None,
        reminds=reminder,
        to=to.strip(),
    )
    lacks = head.lacks if letter or reminder else ()
    if front.as_json:
        lacking = [_option(each) for each in lacks]
        front.say_json({"session": session, "files": list(paths), "letter_lacks": lacking})
        return 0
    t = front.t
    for path in paths:
        front.say_unbroken(path)
    if reminder:
        front.tell(_how_many(t, len(codes)))
    front.tell(_what_next(t, session, paper=paper))
    if lacks:
        front.tell(
            t(
                "The letter does not say yet: {what}. Make it again with: {options}",
                what=t.listed([t(NEEDED[each]) for each in lacks]),
                options=", ".join(map(_option, lacks)),
            )
        )
    return 0


def _nobody(front: Front, session: str) -> int:
    """There is nobody to remind."""
    if front.as_json:
        front.say_json({"session": session, "files": [], "letter_lacks": []})
    front.tell(front.t("Nobody needs a reminder: everybody has handed in."))
    return 0


def _how_many(t: Words, number: int) -> str:
    return t.plural(
        "{number} person has not handed in. Beside the form lies a reminder.",
        "{number} people have not handed in. Beside each form lies a reminder.",
        number,
    )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _what_next(t: Words, session: str, *, paper: bool) -> str:
    if paper:
        return t(
            "Print these from Chrome or Edge, on both sides: then each side bears the code. "
            "Type over what comes back with: bart answer {name} CODE --from-paper",
            name=session,
        )
    return t(
        "Send everybody their own form, and no one else's. They make a file with their answers "
        "and send it back. Take it in with: bart gather {name} FILE",
        name=session,
    )
