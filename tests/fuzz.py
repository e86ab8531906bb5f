"""T5 of tests/README.md, led by what is covered: `python -m tests.fuzz sheet 3600` (seconds).

It takes `pip install atheris`. What fails is kept in tests/crashers/, as by the other test of T5.
"""

import importlib
import sys
from typing import Any

from tests import crashers


def run(kind: str, seconds: int, seed: int) -> None:
    """Try whatever reaches something new in the reader of `kind` (`KINDS`); never returns."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["bart_tool"]):
        from tests.store.test_damaged_files import ENDINGS, KINDS
    check, whole = KINDS[kind]
    check(whole)

    def one(content: bytes) -> None:
        with crashers.kept(kind, content, ENDINGS[kind]):
            check(content)

    known = crashers.CRASHERS.parent / ".fuzz" / kind
    known.mkdir(parents=True, exist_ok=True)
    (known / "whole").write_bytes(whole)
    how = [f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=20000", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *how, str(known)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), int((*sys.argv, "1")[3]))
