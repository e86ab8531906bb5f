"""`bart columns`: which question each column of another program's table answers."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, exit_code, write_new
from bart_tool.cli.options import optional, session_option, verb
from bart_tool.cli.terminal import chosen
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.columns import Proposal
    from bart_tool.workflow.open_session import OpenSession

Step = Callable[[Front, "Proposal"], "Proposal"]
NOT_USED = "0"
_LONGEST = 60  # signs of the name of a column in a list


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart columns survey.csv columns.yaml --session demo\n\n"
        "Lay a table of another survey program beside the questions of a session. Where it is not "
        "certain which question a column is or what a word stands for, you are asked. Then take in "
        "the table with bart gather --columns."
    )
    path = click.Path(path_type=Path, dir_okay=False)
    return verb(
        t,
        "columns",
        text,
        _columns,
        click.Argument(["table"], metavar=t("TABLE"), type=path),
        click.Argument(["file"], required=False, metavar=optional(t("FILE")), type=path),
        session_option(t),
    )


def _columns(front: Front, *, table: Path, file: Path | None, session: str | None) -> int:
    from bart_tool.store import column_map
    from bart_tool.workflow.columns import proposed, table_in, with_words

    opened = front.opened(session or _which(front))
    found, problems = table_in(table)
    front.tell_problems(problems)
    proposal = proposed(opened, found)
    if front.may_ask and not front.as_json:
        steps: list[Step] = [partial(_ask_column, opened, place) for place in proposal.doubts]
        if not proposal.says_whose:
            steps.append(_ask_whose)
        proposal = with_words(opened, front.walk(steps, proposal) if steps else proposal)
        asked = [partial(_ask_word, opened, *each) for each in proposal.open_words]
        proposal = front.walk(asked, proposal) if asked else proposal
    proposal = with_words(opened, proposal)
    text = f"{_explained(front.t)}{column_map.dump(proposal.map)}"
    if file is not None:
        write_new(file, text.encode())
    if front.as_json:
        front.say_json({**proposal.map.model_dump(mode="json"), "open": proposal.number_open})
    else:
        front.say_unbroken(str(file) if file is not None else text.rstrip("\n"))
    _tell(front, opened.session.session, proposal, str(table), str(file or front.t("FILE")))
    return exit_code(not proposal.number_open and proposal.says_whose)


def _which(front: Front) -> str:
    """The only session there is, else the one that somebody chooses."""
    from bart_tool.errors import NotFound
    from bart_tool.store.sessions import list_all

    names = list_all(front.store)
    if not names:
        raise NotFound("no-sessions-here")
    if len(names) == 1:
        return names[0]
    if not front.may_ask:
        raise click.UsageError(front.t("Say of which session: --session NAME."))
    front.tell_numbered(names)
    return chosen(front.t("Of which session?"), names, "")


def _ask_column(
    opened: "OpenSession", place: int, front: Front, proposal: "Proposal"
) -> "Proposal":
    """What the column at `place` means, as somebody says it."""
    from bart_tool.workflow.columns import meaning_in_words, must_mean

    t, offered = front.t, proposal.doubts[place]
    front.tell("")
    front.tell(_named(t, proposal, place))
    front.tell_numbered(meaning_in_words(opened, each, t) for each in offered)
    front.tell(t("  {number}. Do not use this column", number=NOT_USED))
    typed = chosen(t("What does it stand for? A number, or the key of a question"), offered, "1")
    return proposal.meaning(place, "" if typed == NOT_USED else must_mean(opened, typed))


def _ask_whose(front: Front, proposal: "Proposal") -> "Proposal":
    """Which column says whose answers they are, where none holds the codes."""
    if proposal.says_whose:
        return proposal
    t, columns = front.t, proposal.table.names
    front.tell("")
    front.tell_numbered(map(_short, columns))
    front.tell(t("  {number}. None of these", number=NOT_USED))
    numbers = [str(number) for number in range(1, len(columns) + 1)]
    typed = chosen(t("Which column says whose answers they are?"), numbers, NOT_USED)
    return proposal.meaning(int(typed) - 1, "participant") if typed in numbers else proposal


def _ask_word(
    opened: "OpenSession", place: int, word: str, front: Front, proposal: "Proposal"
) -> "Proposal":
    """What `word` in the column at `place` stands for, as somebody says it."""
    from bart_tool.workflow.columns import answers_to, must_be_among

    t, column = front.t, proposal.columns[place]
    answers = answers_to(opened, column, t)
    said = [label for _, label in answers]
    near = get_close_matches(word, said, 1)
    front.tell("")
    front.tell(_named(t, proposal, place))
    front.tell_numbered(said)
    front.tell(t("  {number}. This is no answer", number=NOT_USED))
    usual = str(said.index(near[0]) + 1) if near else ""
    ids = [each for each, _ in answers]
    typed = chosen(t("What does “{word}” stand for?", word=word), ids, usual)
    return proposal.saying(place, word, "" if typed == NOT_USED else must_be_among(ids, typed))


def _named(t: Words, proposal: "Proposal", place: int) -> str:
    """A column, by its number and its name."""
    return t("Column {number}: {name}", number=place + 1, name=_short(proposal.table.names[place]))


def _short(name: str) -> str:
    plain = " ".join(name.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _explained(t: Words) -> str:
    """What whoever opens the file must know, as comments above it."""
    lines = (
        t("Behind “means” stands the key of a question, or participant, party or consent."),
        t("Empty: the column is not used. A question mark: fill it in, or make it empty."),
        t("Behind “words” stands what a word in the table is called in bart."),
    )
    return "".join(f"# {line}\n" for line in lines)


def _tell(front: Front, session: str, proposal: "Proposal", table: str, file: str) -> None:
    """What was found, what is left out, what is still open, and what comes next."""
    t, columns = front.t, proposal.columns
    used = sum(each.means not in ("", "?") for each in columns)
    front.tell(t("Columns that are used: {used} of {number}.", used=used, number=len(columns)))
    for number, each in enumerate(columns, 1):
        if not each.means and each.column:
            said = t("  not used: column {number}, {name}", number=number, name=_short(each.column))
            front.tell(said)
    if not proposal.says_whose:
        front.tell(
            t("No column says whose answers they are. Put ‘means: participant’ at that one.")
        )
    if proposal.number_open:
        front.tell(
            t.plural(
                "{number} question mark is left. Fill it in before you take in the table.",
                "{number} question marks are left. Fill them in before you take in the table.",
                proposal.number_open,
            )
        )
    said = t(
        "Take it in with: bart gather {name} {file} --columns {map}",
        name=session,
        file=table,
        map=file,
    )
    front.tell(said)
