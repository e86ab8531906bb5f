"""`bart report`: writes the report of a closed round."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, after
from bart_tool.cli.options import (
    F,
    all_of,
    complete_round,
    formats_option,
    options,
    session_argument,
)
from bart_tool.cli.verb import Verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bart_tool.errors import Problem
    from bart_tool.workflow.publish import Published


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "report",
        cls=Verb,
        help=t(
            "Example: bart report demo --format md,html,json\n\n"
            "Write the report of a closed round into the session's folder. You may edit report.md; "
            "with --render the page is made from it again. A new report never writes over what "
            "you edited."
        ),
    )
    @session_argument(t)
    @_options(t)
    @options(t)
    def report(
        front: Front,
        session: str,
        formats: "Sequence[str]",
        preview: bool,
        earlier_not_shared: bool,
        again: bool,
        example: bool,
        number: int | None,
    ) -> int:
        if again and (preview or earlier_not_shared or number):
            raise click.UsageError(t("--render goes alone: it makes no new report."))
        if example:
            _write_example(front)
        if again:
            return _render(front, session)
        return _report(front, session, formats, preview, earlier_not_shared, number)

    return report


def _options(t: Words) -> "Callable[[F], F]":
    """What to make, and of what."""
    return all_of(
        formats_option(t),
        click.option(
            "--preview-without-answers",
            "preview",
            is_flag=True,
            help=t("What the report will look like, without a single answer. Also before closing."),
        ),
        click.option(
            "--earlier-not-shared",
            is_flag=True,
            help=t("Nobody has seen the earlier report, so no group is held back because of it."),
        ),
        click.option(
            "--render",
            "again",
            is_flag=True,
            help=t("Make report.html again from report.md as you edited it. Reads no answers."),
        ),
        click.option(
            "--own-colours",
            "example",
            is_flag=True,
            help=t("First put a file tokens.css beside the sessions, to set your own colours in."),
        ),
        click.option(
            "--round",
            "number",
            type=click.IntRange(min=1),
            shell_complete=complete_round,
            help=t("Make the report of an earlier round again, in the folder of that round."),
        ),
    )


def _report(
    front: Front,
    name: str,
    formats: "Sequence[str]",
    preview: bool,
    earlier_not_shared: bool,
    number: int | None,
) -> int:
    from bart_tool.workflow import publish
    from bart_tool.workflow.open_session import round_named

    opened = front.opened(name)
    if number is not None:
        opened = round_named(opened, number)
    language = front.asked_language
    with front.busy():
        if preview:
            made = publish.preview(opened, formats=formats, language=language)
        else:
            made = publish.publish(
                opened, formats=formats, language=language, earlier_not_shared=earlier_not_shared
            )
    if front.as_json:
        front.say_json(
            {
                "session": name,
                "files": list(made.files),
                "held_back": sorted(made.held_back),
                "not_counted": sorted(made.not_counted),
                "left_out": {party: sorted(items) for party, items in made.left_out.items()},
                "agenda": [topic.key for topic in made.findings.agenda],
                "kept": [made.kept_edit] if made.kept_edit else [],
            }
        )
    else:
        for path in made.files:
            front.say(path)
    _tell(front, made)
    now = made.opened.session.round
    if now > 1 and not preview:
        front.tell(
            front.t(
                "What moved since: bart compare {name} {before} {now}",
                name=name,
                before=now - 1,
                now=now,
            )
        )
    return after((*made.problems, *made.about_colours))


def _write_example(front: Front) -> None:
    from bart_tool.workflow.publish import write_example

    path = write_example(front.store)
    front.tell(front.t("Set your own colours in {file}.", file=path))


def _render(front: Front, name: str) -> int:
    from bart_tool.workflow import publish

    t, made = front.t, publish.render_again(front.opened(name))
    if front.as_json:
        front.say_json({"session": name, "files": [made.file], "edited": made.is_edited})
    else:
        front.say(made.file)
    if not made.is_edited:
        front.tell(t("Nobody edited report.md, so the page says what it said."))
    if made.opened.session.report_out_of_date:
        front.tell(
            t(
                "The answers changed since this report was made. For a new one: "
                "bart report {name}. What you edited is kept.",
                name=name,
            )
        )
    _tell_colours(front, made.about_colours)
    return after(made.about_colours)


def _tell_colours(front: Front, problems: "Sequence[Problem]") -> None:
    if problems:
        front.tell(front.t("About your own colours:"))
        front.tell_problems(problems)


def _tell(front: Front, made: "Published") -> None:
    if made.held_back:
        front.tell(
            front.t(
                "Not in this report: {parties}. Too few of their answers changed since the earlier "
                "report; the two side by side would show who said what. Has nobody seen the "
                "earlier report? Then use --earlier-not-shared.",
                parties=", ".join(sorted(made.held_back)),
            )
        )
    if made.not_counted:
        front.tell(
            front.t(
                "Shown without numbers: {parties}. Beside the earlier report the numbers would "
                "show who said what.",
                parties=", ".join(sorted(made.not_counted)),
            )
        )
    if made.left_out:
        from bart_tool.cli.compare import left_out_in_words

        front.tell(left_out_in_words(front.language, made.left_out))
    if made.problems:
        front.tell(front.t("These files or answers are not used:"))
        front.tell_problems(made.problems)
    if made.kept_edit:
        front.tell(
            front.t(
                "You edited the earlier report.md. It is kept as {file}; take over from it what "
                "you want to keep.",
                file=made.kept_edit,
            )
        )
    _tell_colours(front, made.about_colours)
