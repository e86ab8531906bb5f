"""Where things lie, on this machine and in a session, and which names may become files there."""

import os
import re
from importlib.resources import files
from pathlib import Path

import bart_tool
from bart_tool.domain.names import CODE_PATTERN, SESSION_PATTERN, is_device_name
from bart_tool.errors import NotFound, WrongUse

# In a session
SESSION_FILE = "session.yaml"
SET_FILE = "question_set.yaml"
PEOPLE_FILE = "people.yaml"
AGREEMENTS_FILE = "agreements.yaml"
SETTLED_FILE = "settled.yaml"
DISCUSSION_FILE = "discussion.yaml"
VIEW_FILE = "view.yaml"
OWN_FILES = (SESSION_FILE, SET_FILE, PEOPLE_FILE, AGREEMENTS_FILE, DISCUSSION_FILE, VIEW_FILE)

SHEETS, CONFLICTS, DAMAGED, REPORT = "sheets", "conflicts", "damaged", "report"
FORMS = "forms"
PRIVATE = "private"  # what is needed to keep views safe in time, never printed
ROUNDS = "rounds"
FIGURES = "figures"  # inside REPORT
EXPORT = "export"  # inside REPORT: what was found as tables, for other programs
FOLDERS = (SHEETS, CONFLICTS, DAMAGED, FORMS, REPORT, PRIVATE)
ALL_FOLDERS = (*FOLDERS, ROUNDS, f"{REPORT}/{FIGURES}", f"{REPORT}/{EXPORT}")

KEPT_OF_A_ROUND = (SESSION_FILE, SET_FILE, DISCUSSION_FILE, VIEW_FILE)
OF_A_ROUND = (SHEETS, CONFLICTS, FORMS, REPORT)  # what begins anew with every round


def is_address(text: str) -> bool:
    """Whether sessions lie in a database there, and not in a folder of that name."""
    return text.startswith(("postgresql://", "postgres://"))


def sessions_folder(given: Path | None) -> Path:
    """The folder of sessions; it need not exist yet.

    `given` (--sessions), else $BART_SESSIONS, else ./sessions if there is one, else the place
    where this system keeps a user's data.
    """
    if given is not None:
        return given
    named = os.environ.get("BART_SESSIONS", "")
    if named and not is_address(named):
        return Path(named)
    here = Path("sessions")
    if here.is_dir():
        return here
    from platformdirs import user_data_path

    return user_data_path("bart", appauthor=False) / "sessions"


def shipped_sets() -> Path:
    """The folder of the sets that come with the program. Raises NotFound when there is none."""
    inside = files("bart_tool") / "question_sets"
    if isinstance(inside, Path) and inside.is_dir():
        return inside
    beside = Path(bart_tool.__file__).parent.parent / "question_sets"
    if beside.is_dir():
        return beside
    raise NotFound("sets-missing")


def safe_name(name: str) -> str:
    """`name` itself, when a session may be called so. Raises WrongUse when none may."""
    if re.fullmatch(SESSION_PATTERN, name) is None:
        raise WrongUse("bad-session-name", name=name)
    if is_device_name(name):
        raise WrongUse("device-name", name=name)
    return name


def safe_code(code: str) -> str:
    """`code` itself, when a file may bear it in its name. Raises WrongUse when none may."""
    if re.fullmatch(CODE_PATTERN, code) is None:
        raise WrongUse("bad-code", name=code)
    if is_device_name(code):
        raise WrongUse("device-name", name=code)
    return code
