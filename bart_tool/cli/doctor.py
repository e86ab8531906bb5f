"""`bart doctor`: whether sessions and this computer are in order, and what to do where not."""

import platform
import sys
from typing import TYPE_CHECKING

import click

import bart_tool
from bart_tool.cli.front import Front, exit_code
from bart_tool.cli.options import complete_session, flag, optional, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bart_tool.workflow.doctor import Finding, Looked


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart doctor demo\n\n"
        "Look whether a session is in order, or all of them: who can read the files, whether "
        "they are whole, and what is left of saves that were stopped. Nothing changes. With "
        "--fix bart mends rights and left-over files; answers stay as they are."
    )
    return verb(
        t,
        "doctor",
        text,
        _doctor,
        click.Argument(
            ["session"],
            metavar=optional(t("SESSION")),
            required=False,
            shell_complete=complete_session,
        ),
        flag("--fix", text=t("Mend rights and left-over files, and say which.")),
    )


def _doctor(front: Front, session: str | None, fix: bool) -> int:
    from datetime import date

    from bart_tool.workflow.doctor import look_over, mend

    with front.busy():
        found = look_over(front.store, date.today(), session or "")
    mended = [each for each in found.all if fix and each.mend and mend(front.store, each)]
    if front.as_json:
        front.say_json(_as_json(front, found, mended))
    else:
        _show(front, found, mended)
    return exit_code(not _left(found, mended))


def _left(found: "Looked", mended: "list[Finding]") -> "list[Finding]":
    return [each for each in found.all if each.is_trouble and each not in mended]


def _as_json(front: Front, found: "Looked", mended: "list[Finding]") -> dict[str, object]:
    from bart_tool.domain.plain_json import picked
    from bart_tool.store import backups, log, shape, surroundings

    def described(findings: "Iterable[Finding]") -> list[dict[str, object]]:
        return [
            {
                **picked(each.problem, "code", "where.file", "where.line", "severity"),
                "text": front.problem(each.problem),
                "can_be_fixed": each.mend is not None,
                "fixed": each in mended,
            }
            for each in findings
        ]

    return {
        "sessions": {name: described(findings) for name, findings in found.sessions.items()},
        "around": described(found.around),
        "folder": front.store.where(""),
        "log": str(log.log_file()),
        "versions": {
            "bart": bart_tool.__version__,
            "python": platform.python_version(),
            "system": sys.platform,
            **surroundings.versions(),
        },
        "formats": {"files": shape.FORMAT, "backup": backups.FORMAT},
    }


def _show(front: Front, found: "Looked", mended: "list[Finding]") -> None:
    t = front.t
    for name, findings in found.sessions.items():
        _show_findings(front, t("Session {name}", name=name), findings, mended)
    if not found.sessions:
        front.say(t("There are no sessions yet in {folder}.", folder=front.store.where("")))
    around = t("Sessions lie in {folder}", folder=front.store.where(""))
    _show_findings(front, around, found.around, mended)
    _show_program(front)
    front.say()
    left = _left(found, mended)
    if not left:
        front.say(t("Everything is in order."))
        return
    front.say(t.plural("{number} thing asks for attention.", "{number} things ask for attention.",
                       len(left)))  # fmt: skip
    if any(each.mend for each in left) and not mended:
        which = " ".join(found.sessions) if len(found.sessions) == 1 else ""
        front.say(
            t("bart can mend rights and left-over files itself: {command}",
              command=f"bart doctor {which} --fix".replace("  ", " "))
        )  # fmt: skip


def _show_findings(
    front: Front, title: str, findings: "Iterable[Finding]", mended: "list[Finding]"
) -> None:
    from bart_tool.wording.safekeeping import mended as told

    listed = [
        told(str(each.mend), each.about, front.t) if each in mended else front.problem(each.problem)
        for each in findings
    ]
    front.say(title if listed else front.t("{title}: in order", title=title))
    for text in listed:
        front.say(f"  - {text}")


def _show_program(front: Front) -> None:
    from bart_tool.store import backups, log, shape, surroundings

    t = front.t
    front.say(
        t(
            "bart {version}, Python {python}, {system}; files of format {files}, backups of "
            "format {backups}",
            version=bart_tool.__version__,
            python=platform.python_version(),
            system=sys.platform,
            files=shape.FORMAT,
            backups=backups.FORMAT,
        )
    )
    there = [f"{name} {version}" for name, version in surroundings.versions().items() if version]
    if there:
        front.say(f"  {', '.join(there)}")
    front.say(t("  The log lies here: {file}", file=log.log_file()))
