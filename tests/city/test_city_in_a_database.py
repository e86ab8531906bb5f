"""`bart city` of the sessions in a database: as of a folder, of those that are theirs who asks."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from bart_tool.city.make import make
from bart_tool.errors import Busy
from bart_tool.store.postgres import PostgresStore, postgres_store
from bart_tool.store.protocol import Kind, Store
from tests.city.cities import WIJKEN, city, codes_of, put, report
from tests.cli.run import Done, bart
from tests.store import server as servers
from tests.store.server import COLLEAGUE, PASSWORD, STRANGER, Server

if sys.platform == "win32":
    pytest.skip("the database of these tests is on a socket", allow_module_level=True)

FORMATS = ("md", "html", "json", "xlsx")


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city(tmp_path_factory.mktemp("stad"))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """An empty database, and a folder to be in."""
    monkeypatch.chdir(tmp_path)
    servers.database()
    return servers.needed()


@pytest.fixture
def whole_city(server: Server, on_disk: Path) -> Store:
    return brought(postgres_store(server.address()), on_disk)


def brought(store: Store, root: Path) -> Store:
    """Every session below `root`, in `store`."""
    for folder in sorted(root.glob("[a-z]*")):
        paths = [each for each in folder.rglob("*") if each.is_file()]
        files = {each.relative_to(folder).as_posix(): each.read_bytes() for each in paths}
        store.exchange(folder.name, {"session.yaml": b"phase: closed\n", **files}, {})
    return store


def told(address: str, *more: str, language: str = "en") -> Done:
    done = bart(Path(), "city", address, *more, language=language)
    assert PASSWORD not in done.out + done.err
    assert "Traceback" not in done.err
    return done


def pages(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and "private" not in each.parts and not each.name.endswith(".lock")
    }


def test_it_tells_what_it_tells_of_the_same_sessions_in_a_folder(
    server: Server, whole_city: Store, on_disk: Path
) -> None:
    done = told(server.address(), "--format", ",".join(FORMATS))
    assert done.code == 0, done.err
    assert "in 35 of 39 wijken" in done.out
    assert done.out.splitlines()[-4:] == [f"city/city.{each}" for each in FORMATS]
    there = make(on_disk, formats=FORMATS, language="en")
    of_folder, here = pages(on_disk / "_city"), pages(Path("city"))
    assert of_folder.keys() == here.keys()
    assert {n: c for n, c in here.items() if n != "city.xlsx"} == {
        n: c for n, c in of_folder.items() if n != "city.xlsx"
    }
    assert there.shown.counted == WIJKEN


def test_without_a_place_it_takes_where_the_sessions_are(whole_city: Store, server: Server) -> None:
    done = bart(Path(), "city", language="en", BART_SESSIONS=server.address())
    assert "in 35 of 39 wijken" in done.out
    said = bart(Path(), "export", "--city", server.address(), "--format", "csv", "--json").json
    assert said["city"] == "postgresql://facilitator@/bart"
    assert "city/city.csv" in said["files"]


def test_the_next_edition_goes_on_with_what_was_told_from_another_computer(
    server: Server, whole_city: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make(whole_city).shown
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    brought(whole_city, put(tmp_path / "more", report(39, codes_of(38))).parents[2])
    second = make(whole_city).shown
    assert (first.counted, second.counted) == (WIJKEN, WIJKEN + 1)
    assert [each.told for each in first.items] == [each.told for each in second.items]
    kept = whole_city.read("_city/private/editions.yaml")
    assert kept is not None
    assert b"Wijk 3" not in kept.content
    assert b"_city" not in bart(Path(), "status", "x", BART_SESSIONS=server.address()).err.encode()


def test_a_facilitator_tells_of_the_sessions_that_are_theirs(
    server: Server, on_disk: Path, tmp_path: Path
) -> None:
    facilitator, colleague = (
        postgres_store(server.address(who)) for who in ("facilitator", COLLEAGUE)
    )
    brought(facilitator, city(tmp_path / "of-facilitator", 12))
    put(tmp_path / "of-colleague", report(99, codes_of(0)))
    brought(colleague, tmp_path / "of-colleague")
    said = told(server.address(), "--json").json
    assert len(said["wijken"]["Voorbeeldstad"]) == 12
    assert "Wijk 99" not in json.dumps(said)
    refused = told(server.address(COLLEAGUE))
    assert (refused.code, refused.err.count("\n")) == (77, 1)
    assert "add_member('_city'" in refused.err
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute("select bart.add_member('_city', 'colleague')")
    # One wijk of their own: none of it is told, and what the facilitator told stands.
    of_colleague = told(server.address(COLLEAGUE), "--json").json
    assert of_colleague["wijken"] == {"Voorbeeldstad": ["Wijk 99"]}
    assert [each["told"] for each in of_colleague["items"]] == [
        each["told"] for each in said["items"]
    ]


def test_what_cannot_be_used_is_named_and_the_rest_goes_on(
    server: Server, whole_city: Store, tmp_path: Path
) -> None:
    put(tmp_path / "x", report(30, codes_of(30)), "kopie")
    put(tmp_path / "x", report(25, {**codes_of(25), "clarity": "gap"}), "anders")
    put(tmp_path / "x", report(92, {})).write_text("{", "utf-8")
    brought(whole_city, tmp_path / "x")
    whole_city.create("open")
    whole_city.save("open/session.yaml", b"phase: answering\n", None)
    put(tmp_path / "y", report(93, {}), "veranderd")
    (tmp_path / "y" / "veranderd" / "session.yaml").write_text('report_out_of_date: "true"\n')
    brought(whole_city, tmp_path / "y")
    done = told(server.address())
    said = [line.strip() for line in done.err.splitlines()[1:]]
    assert done.code == 65
    for sentence in (
        "wijk-92/report/report.json: This report is damaged",
        "(note) kopie and wijk-30 are copies of one session. Round 1 counts once.",
        "anders and wijk-25 are copies of one session, and round 1 does not say the same.",
        "(note) open has no report yet",
        "Of veranderd answers changed since",
    ):
        assert sum(each.startswith(sentence) for each in said) == 1, (sentence, said)
    assert len(said) == 5
    assert "in 34 of 38 wijken" in done.out


def of_nobody(server: Server) -> str:
    return server.address()


def wrong_name(server: Server) -> str:
    return server.address(STRANGER)


def no_server(server: Server) -> str:
    return f"postgresql://facilitator:{PASSWORD}@127.0.0.1:1/bart"


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        (of_nobody, 66, "geen verslag dat bart kan gebruiken"),
        (wrong_name, 77, "laat je niet binnen"),
        (no_server, 75, "niet te bereiken"),
    ],
)
def test_where_it_does_not_go_is_one_sentence_and_nothing_is_begun(
    server: Server, address: Callable[[Server], str], code: int, words: str
) -> None:
    done = told(address(server), language="nl")
    assert (done.code, done.err.count("\n")) == (code, 1), done.err
    assert words in done.err
    assert not Path("city").exists()
    assert server.ask("select count(*) from bart.sessions where name <> ''") == [(0,)]


def test_without_what_was_told_before_no_edition_follows(
    server: Server, whole_city: PostgresStore
) -> None:
    make(whole_city)
    before = pages(Path("city"))
    server.ask("delete from bart.files where path = 'private/editions.yaml'")
    done = told(server.address())
    assert (done.code, done.err.count("\n")) == (65, 1)
    assert pages(Path("city")) == before


def test_cut_off_half_way_and_told_again_it_says_the_same(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = postgres_store(server.address())
    brought(store, city(tmp_path / "small", 12))
    with servers.cut_at(0, monkeypatch) as count:
        make(store)
    whole = pages(Path("city"))
    broke = 0
    for number in range(1, count[0] + 1, 5):
        server.ask("delete from bart.sessions where name = '_city'")
        with servers.cut_at(number, monkeypatch), suppress(Busy):
            make(store)
            broke -= 1
        broke += 1
        make(store)
        assert pages(Path("city")) == whole, number
        assert store.kind("_city/private/editions.yaml") is Kind.FILE
    assert broke
