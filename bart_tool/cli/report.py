"""`bart report`: writes the report of a closed round."""

from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front, after
from bart_tool.cli.options import complete_round, flag, formats_option, session_argument, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bart_tool.workflow.publish import Published


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart report demo --format md,html,json\n\n"
        "Write the report of a closed round into the session's folder, and an appendix with all "
        "answers a party. You may edit report.md; with --render the page is made from it again. "
        "A new report never writes over what you edited."
    )
    return verb(
        t,
        "report",
        text,
        _asked,
        session_argument(t),
        formats_option(t),
        flag(
            "--no-appendix",
            text=t("Only what there is to talk about, without all answers a party."),
        ),
        flag(
            "--preview-without-answers",
            "preview",
            text=t("What the report will look like, without a single answer. Also before closing."),
        ),
        flag(
            "--render",
            "again",
            text=t("Make the pages again from report.md and appendix.md as you edited them."),
        ),
        flag(
            "--own-colours",
            "example",
            text=t("First put a file tokens.css beside the sessions, to set your own colours in."),
        ),
        click.Option(
            ["--round", "number"],
            type=click.IntRange(min=1),
            shell_complete=complete_round,
            help=t("Make the report of an earlier round again, in the folder of that round."),
        ),
    )


def _asked(front: Front, session: str, *, again: bool, example: bool, **how: Any) -> int:
    if again and (how["preview"] or how["number"]):
        raise click.UsageError(front.t("--render goes alone: it makes no new report."))
    if example:
        from bart_tool.workflow.publish import write_example

        path = write_example(front.store)
        front.tell(front.t("Set your own colours in {file}.", file=path))
    return _render(front, session) if again else _report(front, session, **how)


def _report(
    front: Front,
    session: str,
    formats: "Sequence[str]",
    preview: bool,
    no_appendix: bool,
    number: int | None,
) -> int:
    from bart_tool.workflow import publish
    from bart_tool.workflow.open_session import round_named

    opened = front.opened(session)
    if number is not None:
        opened = round_named(opened, number)
    write = publish.preview if preview else publish.publish
    with front.busy():
        made = write(
            opened,
            formats=formats,
            language=front.asked_language,
            with_appendix=not no_appendix,
        )
    if front.as_json:
        front.say_json(
            {
                "session": session,
                "files": list(made.files),
                "kept_from_before": dict(sorted(made.kept.items())),
                "agenda": [topic.key for topic in made.findings.agenda],
                "kept": [*made.kept_edits, *made.earlier],
            }
        )
    else:
        for path in made.files:
            front.say_unbroken(path)
    _tell(front, made)
    now = made.opened.session.round
    if now > 1 and not preview:
        front.tell(
            front.t(
                "What moved since: bart compare {name} {before} {now}",
                name=session,
                before=now - 1,
                now=now,
            )
        )
    return after((*made.problems, *made.about_colours))


def _render(front: Front, name: str) -> int:
    from bart_tool.workflow import publish

    t, made = front.t, publish.render_again(front.opened(name))
    if front.as_json:
        front.say_json({"session": name, "files": list(made.files), "edited": made.is_edited})
    else:
        for path in made.files:
            front.say_unbroken(path)
    if not made.is_edited:
        front.tell(t("Nobody edited the texts, so the pages say what they said."))
    if made.opened.session.report_out_of_date:
        front.tell(
            t(
                "The answers changed since this report was made. For a new one: "
                "bart report {name}. What you edited is kept.",
                name=name,
            )
        )
    front.tell_problems(made.problems, t("These files or answers are not used:"))
    front.tell_problems(made.about_colours, t("About your own colours:"))
    return after((*made.problems, *made.about_colours))


def _tell(front: Front, made: "Published") -> None:
    from bart_tool.errors import Severity

    t = front.t
    if made.kept:
        from bart_tool.wording.finding_sentences import kept_before
        from bart_tool.wording.naming import Naming

        names = Naming(made.opened.question_set, made.opened.session, front.language)
        front.tell(kept_before(made.kept, names))
    notes = [each for each in made.problems if each.severity is Severity.NOTE]
    not_used = [each for each in made.problems if each.severity is not Severity.NOTE]
    front.tell_problems(not_used, t("These files or answers are not used:"))
    front.tell_problems(notes)
    for file in made.kept_edits:
        front.tell(
            t(
                "You edited the earlier text. It is kept as {file}; take over from it what you "
                "want to keep.",
                file=file,
            )
        )
    if made.earlier:
        from bart_tool.wording.report_sentences import earlier_method

        front.tell(earlier_method(made.earlier, front.language))
    front.tell_problems(made.about_colours, t("About your own colours:"))
