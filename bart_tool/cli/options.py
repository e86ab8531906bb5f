"""What a verb takes: the options of all verbs, sessions and codes, completed by the shell."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from bart_tool.cli.front import Front, store_in
from bart_tool.wording.translation import Words, asked_language

if TYPE_CHECKING:
    from bart_tool.store.disk import DiskStore
    from bart_tool.workflow.open_session import OpenSession

F = TypeVar("F", bound=Callable[..., Any])


def options(t: Words, *, json_output: bool = True) -> Callable[[F], F]:
    """The options every verb has; the verb gets them as one `front: Front`."""

    def decorate(function: F) -> F:
        def with_front(
            sessions: Path | None,
            language: str | None,
            no_input: bool,
            as_json: bool = False,
            **rest: Any,
        ) -> Any:
            front = _front(t, sessions, language, no_input, as_json)
            return function(front=front, **rest)

        with_front.__name__ = function.__name__
        with_front.__doc__ = function.__doc__
        with_front.__dict__.update(function.__dict__)  # the parameters click hung on it
        return all_of(*_options(t)[: None if json_output else -1])(cast("F", with_front))

    return decorate


def all_of(*decorators: Callable[[Any], Any]) -> Callable[[F], F]:
    """All these options at once; the help lists them in this order."""

    def decorate(function: F) -> F:
        made: Any = function
        for decorator in reversed(decorators):
            made = decorator(made)
        return cast("F", made)

    return decorate


def _options(t: Words) -> list[Callable[[Any], Any]]:
    folder = click.Path(path_type=Path, file_okay=False)
    languages = click.Choice(["nl", "en"])
    return [
        click.option("--sessions", type=folder, help=t("The folder of sessions.")),
        click.option("--language", type=languages, help=t("Dutch or English.")),
        click.option("--no-input", is_flag=True, help=t("Never ask anything.")),
        click.option("--json", "as_json", is_flag=True, help=t("For programs.")),
    ]


def _front(
    t: Words, sessions: Path | None, language: str | None, no_input: bool, as_json: bool
) -> Front:
    before = _said_before(click.get_current_context())
    return Front(
        t=t,
        sessions=sessions or before.get("sessions"),
        as_json=as_json,
        no_input=no_input or bool(before.get("no_input")),
        asked_language=asked_language(language or before.get("language")),
    )


def _said_before(context: click.Context) -> dict[str, Any]:
    """The options that stood before the verb."""
    said: dict[str, Any] = dict(context.find_root().obj or {})
    if said.get("sessions"):
        said["sessions"] = Path(said["sessions"])
    return said


def optional(what: str) -> str:
    """How the help shows an argument that may be left out."""
    return f"[{what}]"


def session_argument(t: Words, *, required: bool = True) -> Callable[[F], F]:
    """The name of a session, completed by the shell."""
    return click.argument(
        "session", metavar=t("SESSION"), required=required, shell_complete=complete_session
    )


def code_argument(t: Words, *, required: bool = True) -> Callable[[F], F]:
    """The code of a participant, completed by the shell."""
    return click.argument(
        "code", metavar=t("CODE"), required=required, shell_complete=complete_code
    )


def formats_option(t: Words) -> Callable[[F], F]:
    """Which formats to write; the verb gets them as names, in the order of publishing."""

    def asked(_context: click.Context, _parameter: click.Parameter, typed: str) -> Sequence[str]:
        from bart_tool.workflow.publish import FORMATS

        names = [name.strip() for name in typed.split(",") if name.strip()]
        unknown = [name for name in names if name not in FORMATS]
        if unknown or not names:
            raise click.UsageError(
                t("--format takes md, html and json, not “{name}”.", name=", ".join(unknown))
            )
        return tuple(name for name in FORMATS if name in names)

    return click.option(
        "--format",
        "formats",
        default="md,json",
        callback=asked,
        help=t("md, html and json, by commas."),
    )


def _store_of(context: click.Context) -> "DiskStore":
    return store_in(context.params.get("sessions") or _said_before(context).get("sessions"))


def complete_session(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The sessions whose name begins so."""
    from bart_tool.store.sessions import list_all

    return [name for name in list_all(_store_of(context)) if name.startswith(incomplete)]


def desk_to_complete(context: click.Context) -> "OpenSession":
    """The session that was named before what is being completed. Raises BartError."""
    from bart_tool.workflow.open_session import open_session

    return open_session(_store_of(context), context.params.get("session") or "")


def complete_code(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The codes in the session that begin so."""
    from bart_tool.errors import BartError

    try:
        opened = desk_to_complete(context)
    except BartError:  # nothing to complete from
        return []
    return [code for code in opened.session.party_of if code.startswith(incomplete.upper())]


def complete_round(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The numbers of the session's rounds that begin so."""
    from bart_tool.errors import BartError
    from bart_tool.workflow.open_session import rounds_of

    try:
        numbers = [str(number) for number in rounds_of(desk_to_complete(context))]
    except BartError:  # nothing to complete from
        return []
    return [number for number in numbers if number.startswith(incomplete)]


def complete_set(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The question sets whose name begins so."""
    from bart_tool.store.question_sets import set_ids

    return [name for name in set_ids() if name.startswith(incomplete)]
