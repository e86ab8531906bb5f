"""How every verb shows its help: an example first, then the rest; and verbs within a verb."""

from collections.abc import Collection
from itertools import chain
from typing import Any

import click
from click.shell_completion import CompletionItem

from bart_tool.wording.translation import Words


class Verb(click.Command):
    """A verb whose help begins with an example."""

    def __init__(self, t: Words, name: str, **more: Any) -> None:
        helping = {"help_option_names": ["-h", "--help"]}
        options = t("[OPTIONS]")
        super().__init__(name, context_settings=helping, options_metavar=options, **more)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text, which begins with an example, and below it usage and options."""
        self.format_help_text(ctx, formatter)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        self.format_options(ctx, formatter)
        self.format_epilog(ctx, formatter)


class VerbGroup(Verb, click.Group):
    """Verbs under one name, in the order in which they are given."""

    def __init__(self, t: Words, name: str, **more: Any) -> None:
        super().__init__(t, name, subcommand_metavar=t("COMMAND …"), **more)
        self.t = t

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's own)
        """Every verb, in the order in which it was given."""
        return list(self.commands)

    def described(self) -> list[tuple[str, str]]:
        """Every verb and what it does, for the help."""
        return [(name, each.get_short_help_str(limit=80)) for name, each in self.commands.items()]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs, and below them the options."""
        with formatter.section(self.t("Commands")):
            formatter.write_dl(self.described())
        click.Command.format_options(self, ctx, formatter)


class SessionVerbs(VerbGroup):
    """Verbs on a session, one of which is meant where only the session is named."""

    def __init__(self, t: Words, name: str, *, default: str, **more: Any) -> None:
        super().__init__(t, name, **more)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `default` in front where no verb stands. Raises UsageError where none fits."""
        is_verb = bool(args) and args[0] in (*self.commands, *ctx.help_option_names)
        if not is_verb and (args or not ctx.resilient_parsing):
            if not ctx.resilient_parsing:
                self._must_be_session(ctx, args)
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def _must_be_session(self, ctx: click.Context, args: list[str]) -> None:
        if len(args) < 2 or args[0].startswith("-") or args[1].startswith("-"):
            return
        if args[1] in self.commands:
            example = f"{ctx.command_path} {args[1]} {args[0][:60]}"
            raise click.UsageError(
                self.t("First the command, then the session: {example}", example=example), ctx
            )
        raise no_such_verb(self.t, args[0], self.commands, ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs and the sessions that begin so."""
        sessions = (
            each.shell_complete(ctx, incomplete)
            for each in self.commands[self.default].params
            if isinstance(each, click.Argument)
        )
        return [*super().shell_complete(ctx, incomplete), *chain.from_iterable(sessions)]


def options_anywhere(t: Words) -> tuple[click.Option, click.Option, click.Option, click.Option]:
    """`--sessions`, `--language`, `--no-input` and `--debug`: before and after the verb."""
    languages, folder = click.Choice(["nl", "en"]), click.Path(file_okay=False)
    return (
        click.Option(["--sessions"], type=folder, help=t("The folder or database of sessions.")),
        click.Option(["--language"], type=languages, help=t("Dutch or English.")),
        click.Option(["--no-input"], is_flag=True, help=t("Never ask anything.")),
        click.Option(
            ["--debug"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=lambda context, _option, asked: _say_where_log_is(t, context, asked),
            help=t("Say where the log lies, and note in it how this ends."),
        ),
    )


def _say_where_log_is(t: Words, context: click.Context, asked: bool) -> None:
    said = context.find_root().obj
    if not asked or context.resilient_parsing or said is None or said.get("debug"):
        return
    from bart_tool.store import log

    said["debug"] = True
    click.echo(t("The log lies here: {file}", file=log.log_file()), err=True)


def no_such_verb(
    t: Words, name: str, known: Collection[str], context: click.Context
) -> click.UsageError:
    """That nothing is called `name`, with what was probably meant."""
    message = t("There is no command “{name}”.", name=name[:60])
    return click.UsageError(message + did_you_mean(t, name, known), context)


def did_you_mean(t: Words, wanted: str, known: Collection[str]) -> str:
    """A sentence with the name that is most like what was typed, in capitals or not."""
    from difflib import get_close_matches

    like = get_close_matches(wanted, known, n=1) or get_close_matches(wanted.upper(), known, n=1)
    return "".join(" " + t("Did you mean “{name}”?", name=name) for name in like)
