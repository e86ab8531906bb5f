"""A municipality's own colours: the file tokens.css of a session, or of all sessions together."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bart_tool.errors import CannotCreate, Problem
from bart_tool.report import tokens
from bart_tool.report.tokens import Tokens
from bart_tool.store import atomic, plain_file
from bart_tool.workflow.open_session import OpenSession


@dataclass(frozen=True)
class OwnColours:
    """The tokens to make pages with, and what is wrong in the file they come from."""

    tokens: Tokens
    problems: tuple[Problem, ...] = ()


def own_colours(opened: OpenSession) -> OwnColours:
    """The colours for pages of this session.

    A file rather than an option: what a wijk looks like holds for every page that is made, also
    from the screens, and nobody must remember to say so. The session's own file goes before that
    of the folder of sessions; without either the shipped colours are used.
    """
    for folder in (opened.home.path, opened.home.path.parent):
        path = folder / tokens.FILE
        if path.is_file():
            text, problems = plain_file.read_text(path, tokens.MOST)
            if text is None:
                return OwnColours(tokens.shipped(), problems)
            return OwnColours(*tokens.parse(text, tokens.FILE))
    return OwnColours(tokens.shipped())


def write_example(root: Path) -> Path:
    """Put a file with the shipped colours in the folder of sessions, to change them in.

    Raises CannotCreate when there is one: somebody's own colours are not written over.
    """
    path = root / tokens.FILE
    if path.exists() or path.is_symlink():
        raise CannotCreate("tokens-exist", file=str(path))
    example = (files("bart_tool") / "report" / "templates" / tokens.FILE).read_bytes()
    atomic.save(path, example, None)
    return path
