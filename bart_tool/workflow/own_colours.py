"""A municipality's own colours: the file tokens.css of a session, or of all sessions together."""

from dataclasses import dataclass
from importlib.resources import files

from bart_tool.errors import CannotCreate, Problem
from bart_tool.report import tokens
from bart_tool.report.tokens import Tokens
from bart_tool.store import plain_file
from bart_tool.store.protocol import Store
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
    store = opened.home.store
    for name in (opened.home.named(tokens.FILE), tokens.FILE):
        stored = store.read(name)
        if stored is not None:
            text, problems = plain_file.decode(stored.content, tokens.FILE, tokens.MOST)
            if text is None:
                return OwnColours(tokens.shipped(), problems)
            return OwnColours(*tokens.parse(text, tokens.FILE))
    return OwnColours(tokens.shipped())


def write_example(store: Store) -> str:
    """Put a file with the shipped colours beside the sessions, to change them in.

    Gives where it is. Raises CannotCreate when there is one: nobody's own colours are written over.
    """
    if store.kind(tokens.FILE) is not None:
        raise CannotCreate("tokens-exist", file=store.where(tokens.FILE))
    example = (files("bart_tool") / "report" / "templates" / tokens.FILE).read_bytes()
    store.save(tokens.FILE, example, None)
    return store.where(tokens.FILE)
