"""Kept texts: compared with what comes out now, or with BART_RENEW=1 written anew."""

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def check_golden(name: str, text: str) -> None:
    """Compare `text` with the kept file `name`; BART_RENEW=1 keeps this text instead."""
    path = GOLDEN / name
    if os.environ.get("BART_RENEW"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
