"""A list that somebody has already: a line for each, or the first column of a table."""

from pathlib import Path

from bart_tool.errors import BadData
from bart_tool.store import plain_file, tables


def load(path: Path) -> tuple[str, ...]:
    """What the list in `path` names, each once, in its order; of a table not its header.

    Raises NotFound without the file, BadData when it cannot be read.
    """
    text, problems = tables.decode(plain_file.read_bytes(path), path.name, lambda _: True)
    if text is None:
        raise BadData("bad-file", problems, file=path.name)
    rows = [cells for _, cells, _ in tables.rows(text) if any(cell.strip() for cell in cells)]
    widths = {len(cells) for cells in rows}
    is_table = len(rows) > 1 and len(widths) == 1 and widths != {1}
    lines = [cells[0] for cells in rows[1:]] if is_table else text.splitlines()
    said = (" ".join(line.strip().removeprefix("- ").split()) for line in lines)
    return tuple(dict.fromkeys(each for each in said if each))
