"""`bart gather`: takes in answer sheets, also as they arrive, and settles what came in twice."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front, exit_code
from bart_tool.cli.options import flag, optional, session_argument, verb
from bart_tool.cli.terminal import StatusLine, progress
from bart_tool.domain.names import code_order
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.intake_outcome import Gathered, IntakeOutcome

_PASTED = Path("-")
EVERY = 1.0  # seconds between two looks at a watched folder
sleep: Callable[[float], None] = time.sleep  # tests put files there while we sleep


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart gather demo inbox/*.yaml answers.csv\n\n"
        "Take in answer sheets (YAML, JSON or CSV), also from folders and zip archives. With - "
        "in place of a file: what you paste. The files themselves do not change."
    )
    path = click.Path(path_type=Path)
    return verb(
        t,
        "gather",
        text,
        _gather,
        session_argument(t),
        click.Argument(["files"], nargs=-1, metavar=optional(t("FILE …")), type=path),
        click.Option(
            ["--consent"],
            type=click.Choice(["position", "group", "none"]),
            help=t("What people chose about being recognised, where a CSV does not say it."),
        ),
        flag("--add-people", text=t("Add people who are not in the session.")),
        click.Option(
            ["--replace"],
            multiple=True,
            metavar=t("CODE"),
            help=t("Take the answers of CODE from these files in place of earlier ones."),
        ),
        click.Option(
            ["--same"],
            multiple=True,
            metavar="WR-1=WR-01",
            help=t("Whose code is meant. WR-1=WR-1 says: somebody else than WR-01."),
        ),
        click.Option(
            ["--columns"],
            type=path,
            metavar=t("FILE"),
            help=t("What the columns of another program's table stand for (bart columns)."),
        ),
        flag(
            "--of-this-session",
            text=t("A sheet that does not say of which session it is, is of this one."),
        ),
        flag("--settle", text=t("After closing: settle answers that came in twice and differ.")),
        click.Option(
            ["--watch"],
            type=path,
            metavar=t("FOLDER"),
            help=t("Take in what arrives in a folder, until you press Ctrl-C."),
        ),
    )


def _gather(
    front: Front,
    session: str,
    *,
    files: tuple[Path, ...],
    settle: bool,
    watch: Path | None,
    same: tuple[str, ...],
    **how: Any,
) -> int:
    t = front.t
    how["same"] = dict(_meant(t, each) for each in same)
    how["ask"] = _asks(front) if front.may_ask else None
    how["ask_session"] = _asks_session(front, session) if front.may_ask else None
    if watch is not None:
        if files or settle:
            raise click.UsageError(t("Use --watch by itself, without other files."))
        return _watch(front, session, watch, **how)
    if settle:
        from bart_tool.cli.settling import settle_each

        return settle_each(front, session)
    if not files:
        raise click.UsageError(t("Name at least one file, or use --settle."))
    if files == (_PASTED,):
        return _tell_outcome(front, session, _pasted(front, session, **how))
    if _PASTED in files:
        raise click.UsageError(t("Take in pasted text (-) by itself, without other files."))
    from bart_tool.workflow.gather import gather

    opened = front.opened(session)
    with progress(t("Reading")) as hear:
        done = gather(opened, files, progress=hear, **how)
    return _tell_outcome(front, session, done)


def _meant(t: Words, said: str) -> tuple[str, str]:
    """A code as it is written, and the code that is meant."""
    from bart_tool.domain.names import typed_code

    written, _, meant = said.partition("=")
    if not (written and meant):
        raise click.UsageError(t("Write --same so: {example}", example="WR-1=WR-01"))
    return typed_code(written), typed_code(meant)


def _asks(front: Front) -> Callable[[str, str], bool]:
    """Asks whose code is meant."""

    def ask(written: str, near: str) -> bool:
        StatusLine().wipe()
        said = front.t("{written} is not in the session. Is it {near}?", written=written, near=near)
        return front.confirm(said)

    return ask


def _asks_session(front: Front, session: str) -> Callable[[str], bool]:
    """Asks whether a file that does not say so is of this session."""

    def ask(file: str) -> bool:
        from bart_tool.domain.free_text import harmless

        StatusLine().wipe()
        said = front.t(
            "{file} does not say of which session it is. Is it of this session, {name}?",
            file=harmless(file, one_line=True),
            name=session,
        )
        return front.confirm(said)

    return ask


def _pasted(front: Front, name: str, **how: Any) -> "Gathered":
    from bart_tool.workflow.gather import gather_pasted

    opened, t = front.opened(name), front.t
    if front.may_ask:
        front.tell(
            t("Paste the sheet here. Then press Ctrl-Z and Enter.")
            if sys.platform == "win32"
            else t("Paste the sheet here. Then press Enter and Ctrl-D.")
        )
    elif sys.stdin.isatty():
        raise click.UsageError(t("There is nothing on standard input to take in."))
    return gather_pasted(opened, _standard_input(), t("pasted text"), **how)


def _standard_input() -> bytes:
    from bart_tool.store.yaml_text import MAX_CHARS

    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        return sys.stdin.read(MAX_CHARS + 1).encode("utf-8", "replace")
    content: bytes = stream.read(MAX_CHARS + 1)
    return content


def _tell_outcome(front: Front, name: str, done: "Gathered") -> int:
    """Say what was done; gives the exit code."""
    if front.as_json:
        front.say_json(_as_json(name, done))
    else:
        _show(front, name, done)
    _tell_wrong(front, done)
    return exit_code(done.is_whole)


def _watch(front: Front, name: str, folder: Path, **how: Any) -> int:
    """Take in what arrives in `folder` and say so, until somebody stops it.

    Raises as `gather` does, but for a session that somebody else writes to at this moment: then
    the file is tried again at the next look.
    """
    from bart_tool.errors import Busy, Exit
    from bart_tool.workflow.gather import gather_from
    from bart_tool.workflow.incoming import Watch

    t, watched, line = front.t, Watch(folder), StatusLine()
    done: list[Gathered] = []
    front.opened(name)  # so that a wrong name is told now and not when the first file arrives
    front.tell(t("Watching {folder}. Press Ctrl-C to stop.", folder=folder))
    try:
        while True:
            for source in watched.arrived():
                try:
                    found = gather_from(front.opened(name), [source], **how)
                except Busy:
                    continue
                watched.taken(source)
                done.append(found)
                line.wipe()
                _tell_arrived(front, found)
            line.show(t.plural("{number} file so far …", "{number} files so far …", len(done)))
            sleep(EVERY)
    except KeyboardInterrupt:
        line.wipe()
    if front.as_json:
        front.say_json(_together(name, done))
    else:
        came_in = sorted({each for found in done for each in found.came_in}, key=code_order)
        before = sorted({each for found in done for each in found.before}, key=code_order)
        _say_came_in(front, came_in)
        _say_before(front, name, before)
        if not (came_in or before):
            front.say(t("Nothing came in."))
    front.tell(t("Stopped. What was saved is kept."))
    return Exit.INTERRUPTED


def _say_came_in(front: Front, codes: Sequence[str]) -> None:
    if codes:
        front.say(front.t("Came in: {codes}", codes=", ".join(codes)))


def _say_before(front: Front, name: str, codes: Sequence[str]) -> None:
    """Who handed in before, and how to replace that: never whether anything differs."""
    if not codes:
        return
    t = front.t
    front.say(t("Had handed in before: {codes}", codes=", ".join(codes)))
    front.say(
        t(
            "Whether answers contradict each other, you hear after closing. Must a file take the "
            "place of what came before? bart gather {name} FILE --replace {code}",
            name=name,
            code=codes[0] if len(codes) == 1 else t("CODE"),
        )
    )


def _tell_arrived(front: Front, found: "Gathered") -> None:
    """A line for a file that arrived, and below it what is wrong in it."""
    for each in found.files if not front.as_json else ():
        front.say(_line(front, each))
    problems = tuple(each for each in found.problems if each.code not in _NO_SHEET)
    _tell_wrong(front, replace(found, problems=problems))


def _together(name: str, done: "list[Gathered]") -> dict[str, object]:
    """One document for all that arrived, each thing once."""
    together: dict[str, list[object]] = {}
    for found in done:
        for key, value in _as_json(name, found).items():
            if isinstance(value, (list, tuple)):
                kept = together.setdefault(key, [])
                kept.extend(
                    each
                    for each in value
                    if (key == "files" or each not in kept) and not _is_no_sheet(each)
                )
    empty: dict[str, object] = {key: [] for key in _LISTS}
    return {**empty, **together, "session": name}


def _is_no_sheet(said: object) -> bool:
    return isinstance(said, dict) and said.get("problem") in _NO_SHEET


# A file in a watched folder that is no sheet is nobody's concern.
_NO_SHEET = frozenset({"passed-over", "no-sheets-in-folder"})
_LISTS = ("came_in", "before", "replaced", "added", "files", "refused", "damaged", "problems")


def _tell_wrong(front: Front, done: "Gathered") -> None:
    front.tell_problems(done.refused, front.t("Refused:"))
    front.tell_problems(done.damaged, front.t("Could not be read, a copy was set aside:"))
    front.tell_both(done.problems, front.t("Not used:"), front.t("Look at this:"))


def _as_json(name: str, done: "Gathered") -> dict[str, object]:
    from bart_tool.domain.plain_json import picked

    problem = ("where.file", "where.row", "where.line", "where.item")
    return {
        "session": name,
        **picked(done, "came_in", "before", "replaced", "added"),
        "files": [
            {**picked(each, "file", "outcome", "participants"), "number": each.number or None}
            for each in done.files
        ],
        "refused": [picked(each, "where.file", problem="code") for each in done.refused],
        "damaged": [picked(each, "where.file", problem="code") for each in done.damaged],
        "problems": [picked(each, *problem, problem="code") for each in done.problems],
    }


def _show(front: Front, name: str, done: "Gathered") -> None:
    t = front.t
    for each in done.files:
        front.say(_line(front, each))
    _say_came_in(front, done.came_in)
    for code, answered, all_asked in done.partly:
        front.say(t("{code}: {n} of {asked} answered.", code=code, n=answered, asked=all_asked))
    if done.replaced:
        front.say(t("Replaced: {codes}", codes=", ".join(done.replaced)))
    if done.added:
        front.say(t("Added to the session: {codes}", codes=", ".join(done.added)))
    _say_before(front, name, done.before)
    if not (done.came_in or done.before or done.replaced):
        front.say(t("Nothing came in."))


def _line(front: Front, taken: "IntakeOutcome") -> str:
    """What became of a file: `WR-01.yaml: new (WR-01)`."""
    from bart_tool.domain.free_text import harmless
    from bart_tool.wording.labels import OUTCOMES, label

    said = (
        f"{harmless(taken.file, one_line=True)}: {label(OUTCOMES, taken.outcome, front.language)}"
    )
    about = [*taken.participants, *([str(taken.number)] if taken.number else [])]
    return f"{said} ({', '.join(about)})" if about else said
