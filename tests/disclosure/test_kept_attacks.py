"""Attacks on version 0.1.0 that once gave answers away (T22), each as its reader made it."""

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations_with_replacement, product
from pathlib import Path

from tests.cli.run import bart
from tests.cli.some_session import csv

ITEM = "ties-broken-by"
SAID = ("college", "wijkmanager", "wijkraad", "nobody", "dont-know")


def closed(root: Path, answers: Mapping[str, str], consent: str = "group") -> Path:
    """The session `wijk`, closed and reported, with a wijkraad that says this."""
    parties = ("--party", f"wijkraad={max(len(answers), 3)}", "--party", "wijkmanager=1")
    assert bart(root, "new", "wijk", *parties).code == 0
    take_in(root, answers, consent)
    return root / "wijk"


def take_in(root: Path, answers: Mapping[str, str], consent: str = "group") -> None:
    rows = [f"{code},wijkraad,{ITEM},{said},,,,{consent}" for code, said in answers.items()]
    manager = f"WM-01,wijkmanager,{ITEM},college,,,,position"
    assert bart(root, "gather", "wijk", csv(root, "in.csv", *rows, manager)).code in (0, 65)
    assert bart(root, "close", "wijk", "--yes").code == 0
    assert bart(root, "report", "wijk", "--format", "md,html,json").code == 0


THREE = {"WR-01": "college", "WR-02": "wijkmanager", "WR-03": "nobody"}


def test_beside_the_report_lies_no_mark_from_which_a_sheet_can_be_guessed(tmp_path: Path) -> None:
    folder = closed(tmp_path, THREE)
    assert not list(folder.rglob("earlier.yaml"))
    there = (path for path in folder.rglob("*") if path.is_file())
    published = [p for p in there if not {"private", "sheets"} & {*p.relative_to(folder).parts}]
    everything = "".join(path.read_text("utf-8", "replace") for path in published)
    for code, said in product(THREE, SAID):
        for text in (f"{ITEM} {said}", json.dumps([ITEM, code, said]), f"{code} {said}"):
            guessed = hashlib.sha256(text.encode()).hexdigest()[:16]
            assert guessed not in everything


def test_one_report_of_a_group_tells_no_bucket(tmp_path: Path) -> None:
    closed(tmp_path, THREE)
    positions = json.loads(shown(tmp_path))["positions"]
    council = next(each for each in positions if each["party"] == "wijkraad")
    assert council == {"party": "wijkraad", "invited": 3, "standing": "closed"}


def shown(root: Path) -> str:
    data = json.loads((root / "wijk" / "report" / "report.json").read_bytes())
    return json.dumps(next(each for each in data["items"] if each["item"] == ITEM))


def test_screens_and_comparison_show_the_view_and_look_at_no_sheet(tmp_path: Path) -> None:
    folder = closed(tmp_path, dict.fromkeys(THREE, "college"))
    before = shown(tmp_path)
    for sheet in (folder / "sheets").glob("WR-*.yaml"):
        sheet.write_text(sheet.read_text("utf-8").replace("college", "nobody"), "utf-8")
    assert bart(tmp_path, "report", "wijk", "--format", "json").code == 0
    assert shown(tmp_path) == before


def test_a_comparison_of_two_rounds_tells_of_nobody_who_changed_their_mind(tmp_path: Path) -> None:
    """All three said the same, and its reader knows that; who of them says something else now?

    Of all that they can say the second time, what looks the same is laid together: version 0.1.0
    told (college, nobody, dont-know) and (college, dont-know, dont-know) apart from all others.
    """
    codes = tuple(THREE)
    (tmp_path / "then").mkdir()
    closed(tmp_path / "then", dict.fromkeys(codes, "college"))
    agreed = ("agreements", "add", "wijk", ITEM, "--sentence", "Wij spreken het af.")
    assert bart(tmp_path / "then", *agreed).code == 0
    assert bart(tmp_path / "then", "follow-up", "wijk", "--yes").code == 0
    alike: defaultdict[str, list[Counter[str]]] = defaultdict(list)
    for said in combinations_with_replacement(("college", "nobody", "dont-know"), len(codes)):
        now = tmp_path / "now"
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(tmp_path / "then", now)
        take_in(now, dict(zip(codes, said, strict=True)))
        compared = bart(now, "compare", "wijk", "1", "2", "--json")
        assert compared.code == 0
        alike[compared.out].append(Counter(said))
    assert sum(map(len, alike.values())) == 10
    certain = [
        (value, worlds)
        for worlds in alike.values()
        for value in SAID
        if len({world[value] for world in worlds}) == 1 and worlds[0][value] in (1, 2)
    ]
    assert certain == []
