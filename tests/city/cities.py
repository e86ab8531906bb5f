"""Made-up cities: the report of the demo over and over, with other codes in it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo

WIJKEN = 39
PATTERNS = ("role-exceeds-mandate", "informal-role-fills-gap", "task-without-means")


@cache
def demo() -> str:
    """A report.json as bart writes it."""
    with TemporaryDirectory() as folder:
        made = make_demo(DiskStore(Path(folder)))
        return Path(made.files[1]).read_text("utf-8")


def report(number: int, codes: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """The report of the wijk with this number. `codes`: item or decision -> its code there.

    A pattern is seen where `codes` has its name; `more` are other keys of the report.
    """
    data: dict[str, Any] = json.loads(demo())
    for item in data["items"]:
        item["code"] = codes.get(item["item"], item["code"])
    for covered in data["coverage"]:
        covered["code"] = codes.get(f"decision/{covered['decision']}", covered["code"])
    seen = [name for name in data["looked_for"] if name in codes]
    data["patterns"] = [
        {"pattern": name, "subject": "", "items": [], "options": []} for name in seen
    ]
    return {
        **data,
        "session": f"wijk-{number}",
        "session_id": f"{number:016x}",
        "title": f"Wijk {number}",
        "municipality": "Voorbeeldstad",
        "year": 2026,
        **more,
    }


def put(root: Path, data: Mapping[str, Any], folder: str = "") -> Path:
    """Put a report in a folder of its session; gives where."""
    inside = root / (folder or data["session"]) / "report"
    inside.mkdir(parents=True, exist_ok=True)
    (inside / "report.json").write_text(json.dumps(data), "utf-8")
    return inside / "report.json"


def codes_of(number: int) -> dict[str, str]:
    """What is planted in the wijk with this number, from 0."""
    codes = {
        "clarity": "gap" if number < 3 else "shared",
        "primary-task/wijkraad": "gap" if number < 23 else "shared",
        "primary-task/wijkmanager": "shared" if number < 30 else "nuance",
        "primary-task/wijk-mt": "shared",
        "decision/agreement-actions": "double-claim" if number < 15 else "claimed",
        "decision/small-urgent-spend": "unclaimed" if number < 2 else "joint",
        "upholds-agreement": "not-assigned" if number < 15 else "unknown",
        "ties-broken-by": "passed-on" if number < 20 else "shared",
    }
    if number >= 35:
        codes["upholds-agreement"] = "shared"
    if number < 16:
        codes["role-exceeds-mandate"] = ""
    if number < 13 or number > 35:
        codes["task-without-means"] = ""
    return codes


def city(root: Path, wijken: int = WIJKEN) -> Path:
    """A city of 39 wijken with planted truths: one item unclear in 35, one only in three, one that
    moved in the twenty that answered twice; and one that all see the same."""
    for number in range(wijken):
        codes = codes_of(number)
        if number < 20:
            then = {**codes, "primary-task/wijkraad": "gap" if number >= 8 else "shared"}
            codes["primary-task/wijkraad"] = "shared" if number < 16 else "gap"
            put(root, report(number, then), f"wijk-{number}/rounds/1")
            put(root, report(number, codes, round=2))
        else:
            put(root, report(number, codes))
    return root
