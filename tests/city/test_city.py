"""`bart city`: what it tells of 39 made-up wijken, and what it says of files it cannot use."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from bart_tool.city import page
from bart_tool.city.make import make
from bart_tool.city.rows import chosen, read
from bart_tool.domain.set_hashes import item_hashes
from bart_tool.errors import CannotCreate
from bart_tool.export import files
from bart_tool.report import renderers
from bart_tool.store import atomic, question_sets, reports, workbook
from bart_tool.store.reports import FoundReport
from tests.city.cities import WIJKEN, city, codes_of, put, report
from tests.cli.run import bart


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city(tmp_path_factory.mktemp("stad"))


@pytest.fixture
def told(root: Path) -> dict[str, Any]:
    make(root, formats=("json",))
    read_back: dict[str, Any] = json.loads((root / "_city" / "city.json").read_text("utf-8"))
    return {each["item"]: each for each in (*read_back["items"], *read_back["patterns"])}


def test_what_is_planted_is_told_exactly(told: dict[str, Any]) -> None:
    unclear = {"unknown": 20, "not-assigned": 15, "shared": 4}
    assert told["upholds-agreement"]["told"] == {"codes": unclear, "other": 0, "wijken": WIJKEN}
    assert told["clarity"]["told"]["codes"] == {"shared": 36, "gap": 3}
    assert told["primary-task/wijkraad"]["moved"]["codes"] == {"same": 12, "clearer": 8}
    assert told["role-exceeds-mandate"]["told"]["codes"] == {"not-seen": 23, "seen": 16}


def test_what_is_the_same_everywhere_or_in_two_is_not_told(told: dict[str, Any]) -> None:
    assert told["primary-task/wijk-mt"]["told"] is None
    small = told["decision/small-urgent-spend"]["told"]
    assert small is None  # unclaimed in 2 and joint in 37: one cell


def test_the_page_says_it_in_words(root: Path) -> None:
    done = bart(root, "city", str(root), "--format", "md,html", language="nl")
    assert done.code == 0, done.err
    text = " ".join((root / "_city" / "city.md").read_text("utf-8").split())
    assert "nagekomen**, in 35 van de 39 wijken: 20 keer niet bekend" in text
    assert "**Hoe duidelijk is wie wat mag beslissen**, in 3 van de 39 wijken: verschil." in text
    assert "in 8 wijken duidelijker en in 12 wijken gelijk" in text
    assert "in 13 van de 16 wijken; elders in 3 van de 23" in text.replace("\\", "")
    assert "Wijk 38" in text
    assert "in 35 van de 39 wijken" in done.out
    assert (root / "_city" / "city.html").read_text("utf-8").count("<figure>") == 1


def test_the_page_is_in_english_too(root: Path) -> None:
    done = bart(root, "city", str(root), language="en")
    assert "in 35 of 39 wijken" in done.out
    assert "wijken naast" not in (root / "_city" / "city.md").read_text("utf-8")


def test_the_picture_says_in_few_words_what_it_shows(root: Path) -> None:
    made = make(root)
    (figure,) = [b for b in page.compose(made.shown, made.names).blocks if hasattr(b, "svg")]
    assert len(figure.told) <= 150
    assert "gedeeld beeld 36" in figure.told


def test_every_format_is_written_and_what_was_told_before_is_private(tmp_path: Path) -> None:
    for number in range(12):
        put(tmp_path, report(number, codes_of(number * 3)))
    made = make(tmp_path, formats=("md", "html", "pdf", "json", "xlsx"))
    assert [Path(each).suffix[1:] for each in made.files] == ["md", "html", "pdf", "json", "xlsx"]
    content = (tmp_path / "_city" / "city.xlsx").read_bytes()
    text, problems = workbook.as_text(
        content, "city.xlsx", lambda each: "edition" in each.splitlines()[0]
    )
    assert problems == ()
    assert text is not None
    assert text.splitlines()[0].startswith("item\tlabel\tcode")
    if os.name == "posix":
        kept = (tmp_path / "_city" / "private" / "editions.yaml").stat()
        assert kept.st_mode & 0o777 == 0o600


def test_json_holds_what_the_file_holds(root: Path) -> None:
    said = json.loads(bart(root, "city", str(root), "--json").out)
    kept = json.loads((root / "_city" / "city.json").read_text("utf-8"))
    assert {**kept, "files": said["files"]} == said


def test_another_version_of_a_question_is_not_counted_with_it(tmp_path: Path) -> None:
    city(tmp_path)
    for number in (30, 31):
        data = report(number, codes_of(number))
        for item in data["items"]:
            item["item_hash"] += "-other" if item["item"] == "ties-broken-by" else ""
        put(tmp_path, {**data, "question_set_hash": "sha256:other"})
    made = make(tmp_path)
    lines = {each.entry: each for each in (*made.shown.items, *made.shown.patterns)}
    assert (lines["ties-broken-by"].otherwise, lines["clarity"].otherwise) == (2, 0)
    assert lines["role-exceeds-mandate"].otherwise == 2
    text = " ".join((tmp_path / "_city" / "city.md").read_text("utf-8").split())
    assert "in 2 wijken was de vraag anders; die tellen hier niet mee" in text
    assert "De wijken gebruikten 2 versies van de vragen." in text


def test_a_wijk_that_comes_later_changes_nothing_that_was_told(tmp_path: Path) -> None:
    city(tmp_path, 38)
    first = make(tmp_path).shown
    put(tmp_path, report(38, codes_of(38)))
    second = make(tmp_path).shown
    assert (first.counted, second.counted) == (38, 39)
    assert [each.told for each in first.items] == [each.told for each in second.items]
    assert second.pairs == ()


def test_without_what_was_told_before_no_edition_follows(tmp_path: Path) -> None:
    city(tmp_path)
    make(tmp_path)
    kept = tmp_path / "_city" / "private" / "editions.yaml"
    page_before = (tmp_path / "_city" / "city.md").read_bytes()
    for damage in (lambda: kept.write_text("format: 1\n"), kept.unlink):
        damage()
        done = bart(tmp_path, "city", str(tmp_path))
        assert (done.code, done.err.count("\n")) == (65, 1)
    assert (tmp_path / "_city" / "city.md").read_bytes() == page_before


def test_a_round_is_told_by_itself(root: Path, tmp_path: Path) -> None:
    found, _ = reports.below(root, "_city")
    usable = [read(each)[0] for each in found]
    counted = chosen([each for each in usable if each is not None], 2)
    assert len(counted.wijken) == 20
    assert all(each.then is not None for each in counted.wijken.values())


def test_of_an_item_that_stands_as_told_of_another_round_that_is_said(tmp_path: Path) -> None:
    """Of one city there is one chain of editions, whichever round each of them is of."""
    city(tmp_path)
    bart(tmp_path, "city", str(tmp_path))
    for number, kept in ((2, "van de nieuwste rondes"), (1, "van ronde 2")):
        done = bart(tmp_path, "city", str(tmp_path), "--round", str(number), language="nl")
        assert done.code == 0, done.err
        text = " ".join((tmp_path / "_city" / "city.md").read_text("utf-8").split())
        for said in (done.out.splitlines()[0], text.splitlines()[0][:60]):
            assert f" in ronde {number}" in said
        assert kept in text
        assert kept in done.out
    told = json.loads((tmp_path / "_city" / "city.json").read_text("utf-8"))
    by_item = {each["item"]: each["round"] for each in told["items"]}
    assert (told["round"], by_item["clarity"], by_item["upholds-agreement"]) == (1, None, 2)


# What cannot be used


def trouble(root: Path) -> tuple[int, list[str]]:
    done = bart(root, "city", str(root), language="en")
    return done.code, [line.strip() for line in done.err.splitlines()[1:]]


def test_files_that_cannot_be_used_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    city(tmp_path)
    put(tmp_path, report(0, codes_of(0), round=2), "copy-of-0")
    put(tmp_path, report(90, {}, format=3))
    put(tmp_path, report(91, {}, session_id=""))
    put(tmp_path, report(92, {})).write_text("{", "utf-8")
    (tmp_path / "other-report.json").write_text('{"kind": "other"}', "utf-8")
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "session.yaml").write_text("phase: answering\n", "utf-8")
    (tmp_path / "changed" / "report").mkdir(parents=True)
    (tmp_path / "changed" / "session.yaml").write_text('report_out_of_date: "true"\n', "utf-8")
    put(tmp_path, report(93, {}), "changed")
    code, said = trouble(tmp_path)
    assert code == 65
    for sentence in (
        "open has no report yet",
        "Of changed answers changed since",
        "other-report.json: This is no report of bart",
        "wijk-90/report/report.json: Another version of bart made this report",
        "wijk-91/report/report.json: Another version of bart made this report",
        "wijk-92/report/report.json: This report is damaged",
    ):
        assert sum(sentence in each for each in said) == 1, sentence
    assert any("are copies of one session" in each for each in said)
    assert len(said) == 7
    assert json.loads((tmp_path / "_city" / "city.json").read_text("utf-8"))["items"]


def test_copies_that_differ_and_two_sessions_of_one_wijk_do_not_count(tmp_path: Path) -> None:
    city(tmp_path)
    put(tmp_path, report(25, {**codes_of(25), "clarity": "gap"}), "copy")
    put(tmp_path, report(99, codes_of(0), title="Wijk 26"))
    put(tmp_path, report(98, codes_of(0), title="wijk  27", year=2027))
    code, said = trouble(tmp_path)
    assert code == 65
    assert len(said) == 3
    found = json.loads((tmp_path / "_city" / "city.json").read_text("utf-8"))
    assert len(found["wijken"]["Voorbeeldstad"]) == WIJKEN - 2


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"kind": "report", "format": 2}'],
)
def test_any_bytes_are_read_or_refused_in_one_sentence(content: bytes) -> None:
    found, problems = read(FoundReport("report.json", content))
    assert found is None
    assert len(problems) == 1


def test_the_example_of_bart_itself_is_no_wijk(tmp_path: Path) -> None:
    bart(tmp_path, "demo", "--no-tui")
    done = bart(tmp_path, "city", str(tmp_path), language="en")
    # Where nothing counts, that is why, and is said.
    assert (done.code, "demo is an example with invented answers" in done.err) == (66, True)
    city(tmp_path)
    code, said = trouble(tmp_path)
    assert (code, said) == (
        0,
        ["(note) demo is an example with invented answers. It does not count."],
    )


def test_an_empty_folder_and_none_at_all_are_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        done = bart(tmp_path, "city", str(folder))
        assert (done.code, done.err.count("\n")) == (66, 1)
    assert not (tmp_path / "_city").exists()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may read all is refused nothing"
)
def test_a_report_without_rights_is_named(tmp_path: Path) -> None:
    city(tmp_path)
    (tmp_path / "wijk-20" / "report" / "report.json").chmod(0)
    code, said = trouble(tmp_path)
    assert (code, len(said)) == (65, 1)


def test_what_is_not_installed_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city(tmp_path, 12)
    monkeypatch.setattr(files, "find_spec", lambda _: None)
    monkeypatch.setattr(renderers, "find_spec", lambda _: None)
    with pytest.raises(CannotCreate) as told:  # all of it at once
        make(tmp_path, formats=("md", "xlsx", "pdf"))
    assert told.value.params == {"formats": "pdf, xlsx", "extras": "pdf,xlsx"}
    assert not (tmp_path / "_city").exists()


def test_a_full_disk_loses_nothing_that_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city(tmp_path)
    make(tmp_path)
    before = (tmp_path / "_city" / "city.md").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic, "_write_new", full)
    done = bart(tmp_path, "city", str(tmp_path), "--format", "md", language="nl")
    assert (done.code, done.err.count("\n")) == (74, 1)
    assert (tmp_path / "_city" / "city.md").read_bytes() == before


def test_what_is_listed_is_asked_by_the_sets_that_a_wijk_uses() -> None:
    listed = reports.listed()
    whole, short = (question_sets.load(name)[0] for name in ("wijk-kern", "wijk-kort"))
    assert whole is not None
    assert short is not None
    ours, shorts = item_hashes(whole), item_hashes(short)
    for each in listed.items:
        decision = each.item.removeprefix("decision/")
        asked = {key for key in whole.by_key if key == each.item or key.endswith(f"/{decision}")}
        both = asked & short.by_key.keys()
        assert any(shorts[key] == ours[key] for key in both), each.item
    bound = {name for name, _ in whole.patterns.bound()}
    assert {*listed.patterns} <= bound
