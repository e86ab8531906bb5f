"""Which files somebody means who names a file or a folder to take in."""

from pathlib import Path

from bart_tool.errors import NotFound

SUFFIXES = (".yaml", ".yml", ".json", ".csv")


def files_at(said: str) -> tuple[Path, ...]:
    """The file or folder called `said`; what lies in it is for whoever takes it in.

    Quotes and blanks around it do not count: a file that is dragged into a terminal has them.
    Raises NotFound when there is nothing there.
    """
    path = Path(_bare(said)).expanduser()
    if not path.exists():
        raise NotFound("no-such-file", file=str(path))
    return (path,)


def _bare(said: str) -> str:
    text = said.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    # A shell's way to write a blank; on Windows a backslash stands between folders.
    return text.replace("\\ ", " ")
