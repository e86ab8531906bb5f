"""A small session made on the command line, for tests of what the command line says."""

from pathlib import Path

from tests.cli.run import bart

PARTIES = ("--party", "wijkraad=3", "--party", "wijkmanager=1", "--party", "cluster-groen=1")
HEADER = "participant,party,item,value,certainty,note,quote,consent"
# Whoever answers, answers these; nobody else's answers are needed for a test of the front door.
ROWS = (
    "WR-01,wijkraad,ties-broken-by,college,,,,position",
    "WR-02,wijkraad,ties-broken-by,nobody,,,,position",
    "WM-01,wijkmanager,ties-broken-by,wijkmanager,,,,position",
)


def made(root: Path) -> Path:
    """The folder of the session `wijk`, its round open, nothing answered."""
    assert bart(root, "new", "wijk", *PARTIES).code == 0
    return root / "wijk"


def csv(folder: Path, name: str, *rows: str) -> str:
    """A file of answers; gives what to type on the command line."""
    path = folder / name
    path.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    return str(path)


def answered(root: Path) -> Path:
    """The session `wijk` with answers of three people."""
    folder = made(root)
    file = csv(root, "answers.csv", *ROWS)
    assert bart(root, "gather", "wijk", file).code == 0
    return folder


def in_conflict(root: Path) -> Path:
    """The session `wijk` in which WR-01 said two things."""
    folder = answered(root)
    other = csv(root, "other.csv", "WR-01,wijkraad,ties-broken-by,gemeenteraad,,,,position")
    assert bart(root, "gather", "wijk", other).code == 0
    return folder


def closed(root: Path) -> Path:
    """The session `wijk`, answered and closed."""
    folder = answered(root)
    assert bart(root, "close", "wijk").code == 0
    return folder


def listing(folder: Path) -> list[str]:
    """Everything below `folder`, by name."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
