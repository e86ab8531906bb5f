"""What a verb takes: the options of all verbs, sessions and codes, completed by the shell."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front, store_in
from bart_tool.cli.verb import Verb, options_anywhere
from bart_tool.domain.names import CODE_PATTERN
from bart_tool.wording.translation import N_, Words, asked_language

if TYPE_CHECKING:
    from bart_tool.store.protocol import Store
    from bart_tool.workflow.open_session import OpenSession

Completer = Callable[[click.Context, click.Parameter, str], list[str]]

# What click calls a kind of value in its help -> what people call it.
_VALUES = {
    "text": N_("TEXT"),
    "integer": N_("NUMBER"),
    "integer range": N_("NUMBER"),
    "directory": N_("FOLDER"),
}


def verb(
    t: Words,
    name: str,
    text: str,
    function: Callable[..., int],
    *parameters: click.Parameter,
    has_json: bool = True,
) -> Verb:
    """The verb `name`: calls `function` with a Front and what its `parameters` take.

    `text` is its help: an example, and below it a first sentence that says what it does.
    """

    def call(
        sessions: str | None,
        language: str | None,
        no_input: bool,
        as_json: bool = False,
        **rest: Any,
    ) -> int:
        before = _said_before(click.get_current_context())
        folder = sessions or before.get("sessions")
        front = Front(
            t=t,
            sessions=folder or "",
            as_json=as_json,
            no_input=no_input or bool(before.get("no_input")),
            asked_language=asked_language(language or before.get("language")),
        )
        return function(front, **rest)

    *anywhere, debug = options_anywhere(t)
    as_json = flag("--json", "as_json", text=t("For programs."))
    takes = [*parameters, *anywhere, *([as_json] if has_json else []), debug]
    for each in takes:  # the help says `TEKST` where click would say `TEXT`
        if each.metavar is None and each.type.name in _VALUES:
            each.metavar = t(_VALUES[each.type.name])
    does = text.partition("\n\n")[2].partition(". ")[0].removesuffix(".")
    return Verb(t, name, callback=call, params=takes, help=text, short_help=does)


@contextmanager
def named_by_option(option_of: Callable[[str], str]) -> Iterator[None]:
    """Have what does not fit named as it was typed: whoever typed an option knows it by that."""
    from bart_tool.errors import Where, WrongUse

    try:
        yield
    except WrongUse as error:
        problems = tuple(
            replace(each, where=Where(item=option_of(item))) if (item := each.where.item) else each
            for each in error.problems
        )
        raise WrongUse(error.code, problems, **error.params) from error


def _said_before(context: click.Context) -> dict[str, Any]:
    """The options that stood before the verb."""
    return context.find_root().obj or {}


def optional(what: str) -> str:
    """How the help shows an argument that may be left out."""
    return f"[{what}]"


def session_argument(t: Words, *, required: bool = True) -> click.Argument:
    """The name of a session, completed by the shell."""
    return click.Argument(
        ["session"],
        metavar=t("SESSION"),
        required=required,
        shell_complete=complete_session,
        callback=_remember_session,
    )


def session_option(t: Words) -> click.Option:
    """The name of a session where a verb is about a file first, completed by the shell."""
    return click.Option(
        ["--session"],
        metavar=t("SESSION"),
        shell_complete=complete_session,
        callback=_remember_session,
        help=t("Of which session, where there are more than one."),
    )


def _remember_session(
    context: click.Context, _parameter: click.Parameter, typed: str | None
) -> str | None:
    """Remember which session a verb is about: a message may name it in the next command."""
    known = context.find_root().obj
    if typed and known is not None:
        known["session"] = typed
    return typed


def code_argument(t: Words, *, required: bool = True) -> click.Argument:
    """The code of a participant, completed by the shell."""
    return click.Argument(
        ["code"],
        metavar=t("CODE"),
        required=required,
        shell_complete=complete_code,
        callback=_in_capitals,
    )


def codes_argument(t: Words) -> click.Argument:
    """Any number of codes, completed by the shell."""
    return click.Argument(
        ["codes"],
        nargs=-1,
        metavar=optional(t("CODE …")),
        shell_complete=complete_code,
        callback=_in_capitals,
    )


def _in_capitals(
    _context: click.Context, _parameter: click.Parameter, typed: str | tuple[str, ...] | None
) -> str | tuple[str, ...] | None:
    """A code as it is written on a card: `wr-03` is typed as often. What is no code stays."""

    def capital(code: str) -> str:
        return code.upper() if re.fullmatch(CODE_PATTERN, code.upper()) else code

    return tuple(map(capital, typed)) if isinstance(typed, tuple) else typed and capital(typed)


def flag(*names: str, text: str) -> click.Option:
    """An option that is there or not, with its help."""
    return click.Option(names, is_flag=True, help=text)


def sure_option(t: Words) -> click.Option:
    """`--yes`, for who is sure of it beforehand."""
    return flag("--yes", text=t("Do not ask whether you are sure."))


def _of_reports() -> Sequence[str]:
    from bart_tool.workflow.publish import FORMATS

    return FORMATS


def formats_option(
    t: Words,
    known: Callable[[], Sequence[str]] = _of_reports,
    *,
    usual: str = "md,json",
    text: str = "",
) -> click.Option:
    """Which of the `known` formats to write; the verb gets their names, in the order of those."""

    def asked(_context: click.Context, _parameter: click.Parameter, typed: str) -> Sequence[str]:
        formats = known()
        names = [name.strip() for name in typed.split(",") if name.strip()]
        unknown = [name for name in names if name not in formats]
        if unknown or not names:
            raise click.UsageError(
                t(
                    "--format takes {known}, not “{name}”.",
                    known=t.listed(formats),
                    name=", ".join(unknown),
                )
            )
        return tuple(name for name in formats if name in names)

    return click.Option(
        ["--format", "formats"],
        default=usual,
        callback=asked,
        help=text or t("md, html, pdf, docx and json, by commas."),
    )


def completed(names: "Callable[[OpenSession], Iterable[str]]") -> Completer:
    """Completes `names` in the session that was named before, in capitals or not."""

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        from bart_tool.errors import BartError
        from bart_tool.workflow.open_session import open_session

        try:
            opened = open_session(_store_of(context), context.params.get("session") or "")
            known = list(names(opened))
        except BartError:  # nothing to complete from
            return []
        return [each for each in known if each.startswith((incomplete, incomplete.upper()))]

    return complete


def _store_of(context: click.Context) -> "Store":
    return store_in(context.params.get("sessions") or _said_before(context).get("sessions"))


def complete_session(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The sessions whose name begins so."""
    from bart_tool.errors import BartError
    from bart_tool.store.sessions import list_all

    try:
        names = list_all(_store_of(context))
    except BartError:  # of a database: nothing to complete from
        return []
    return [name for name in names if name.startswith(incomplete)]


def _rounds(opened: "OpenSession") -> list[str]:
    from bart_tool.workflow.open_session import rounds_of

    return [str(number) for number in rounds_of(opened)]


complete_code = completed(lambda opened: opened.session.party_of)
complete_round = completed(_rounds)


def complete_set(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The question sets whose name begins so."""
    from bart_tool.store.question_sets import set_ids

    return [name for name in set_ids() if name.startswith(incomplete)]
