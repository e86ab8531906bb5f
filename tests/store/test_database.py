"""Sessions in PostgreSQL: who sees what, what is said where it does not go, and nothing is lost."""

import subprocess
import sys
import threading
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
import yaml

from bart_tool.errors import BartError, Busy, CannotCreate, CannotWrite, WrongUse
from bart_tool.store import postgres
from bart_tool.store.connections import VERSION
from bart_tool.store.disk import on_disk
from bart_tool.store.postgres import PostgresStore, postgres_store
from bart_tool.store.protocol import Kind
from tests.cli.run import bart
from tests.cli.some_session import PARTIES
from tests.pages import ROOT
from tests.store import server as servers
from tests.store.server import COLLEAGUE, OWNER, PASSWORD, SQL, STRANGER, Server

FILE = "noord/session.yaml"


@pytest.fixture
def server() -> Server:
    servers.database()
    return servers.needed()


@pytest.fixture
def store(server: Server) -> PostgresStore:
    made = postgres_store(server.address())
    made.create("noord")
    return made


@pytest.fixture
def of_colleague(server: Server) -> PostgresStore:
    return postgres_store(server.address(COLLEAGUE))


# What a store does


def test_files_and_folders_are_as_on_a_disk(store: PostgresStore) -> None:
    assert store.make("noord/sheets")
    assert not store.make("noord/sheets")
    mark = store.save("noord/sheets/WR-01.yaml", b"\x00\xff", None)
    stored = store.read("noord/sheets/WR-01.yaml")
    assert stored is not None
    assert (stored.content, stored.fingerprint) == (b"\x00\xff", mark)
    assert (store.kind("noord"), store.kind("noord/sheets")) == (Kind.FOLDER, Kind.FOLDER)
    assert store.names("noord") == ["sheets"]
    with pytest.raises(CannotWrite):
        store.remove("noord/sheets")
    with pytest.raises(CannotCreate):
        store.make("noord/sheets/WR-01.yaml")
    with pytest.raises(CannotCreate):
        store.save("noord/nowhere/a", b"", None)
    with pytest.raises(CannotWrite), store.lock("zuid/session.yaml"):
        pass


def test_of_several_files_none_is_replaced_when_one_was_written_since(store: PostgresStore) -> None:
    mark = store.save("noord/a", b"old", None)
    new = {"a": b"new", "b": b"new"}
    for a, b in (("0" * 64, None), (mark, mark), (None, None)):
        with pytest.raises(Busy):
            store.replace("noord", new, {"a": a, "b": b})
    assert store.names("noord") == ["a"]
    store.replace("noord", new, {"a": mark, "b": None})
    assert [stored.content for name in new if (stored := store.read(f"noord/{name}"))] == [
        b"new"
    ] * 2


def test_a_folder_moves_with_all_in_it_and_nothing_that_only_begins_so(
    store: PostgresStore,
) -> None:
    for folder in ("rounds", "rounds/.1.copying", "rounds/.1.copying_", "rounds/.1.copying/sheets"):
        store.make(f"noord/{folder}")
    store.save("noord/rounds/.1.copying/sheets/a", b"1", None)
    store.move("noord/rounds/.1.copying", "noord/rounds/1")
    assert store.names("noord/rounds") == [".1.copying_", "1"]
    assert store.names("noord/rounds/1/sheets") == ["a"]
    store.move("noord", ".noord.0.deleting")
    assert store.names("") == [".noord.0.deleting"]
    assert store.read(".noord.0.deleting/rounds/1/sheets/a") is not None


# Who sees what


def test_a_facilitator_sees_only_the_sessions_that_are_theirs(
    store: PostgresStore, of_colleague: PostgresStore
) -> None:
    mark = store.save(FILE, b"geheim", None)
    assert of_colleague.names("") == of_colleague.names("noord") == []
    assert of_colleague.read(FILE) is of_colleague.kind(FILE) is of_colleague.kind("noord") is None
    assert not of_colleague.find("noord")
    for refused in (
        lambda: of_colleague.save(FILE, b"x", mark),
        lambda: of_colleague.save(FILE, b"x", None),
        lambda: of_colleague.replace("noord", {"session.yaml": b"x"}),
        lambda: of_colleague.create("noord"),
        lambda: of_colleague.move("noord", "zuid"),
    ):
        with pytest.raises(BartError):
            refused()
    assert not of_colleague.remove(FILE)
    stored = store.read(FILE)
    assert stored is not None
    assert stored.content == b"geheim"


@pytest.mark.parametrize(
    "sql",
    [
        "update bart.files set content = ''",
        "delete from bart.files",
        "update bart.sessions set name = 'van-mij'",
        "delete from bart.sessions",
        "insert into bart.members select id, 'colleague' from bart.sessions",
        "insert into bart.members values (2, 'colleague')",
        "insert into bart.files (session, path) values ('noord', 'x')",
        "insert into bart.files (session, path) values ('', 'tokens.css')",
        "select bart.add_member('noord', 'colleague')",
        "select bart.remove_member('noord', 'facilitator')",
        "select * from bart.members_of('noord')",
        "select bart.own('noord')",
        "set role bart_owner",
        "set session authorization facilitator",
        "alter table bart.files disable row level security",
        "create table bart.mine (a int)",
        "create table public.mine (a int)",
        "truncate bart.files",
    ],
)
def test_nor_do_they_get_at_others_past_bart(
    server: Server, store: PostgresStore, sql: str
) -> None:
    import psycopg

    store.save(FILE, b"geheim", None)
    with psycopg.connect(server.address(COLLEAGUE), autocommit=True) as connection:
        with suppress(psycopg.errors.InsufficientPrivilege):
            assert connection.execute(sql.encode()).rowcount <= 0
        assert connection.execute(b"select content from bart.files").fetchall() == []
    assert server.ask("select name from bart.sessions where name <> ''") == [("noord",)]
    assert server.ask("select member from bart.members") == [("facilitator",)]
    assert server.ask("select content from bart.files") == [(b"geheim",)]


def test_only_a_member_adds_and_removes_members(
    server: Server, store: PostgresStore, of_colleague: PostgresStore
) -> None:
    import psycopg

    store.save(FILE, b"", None)
    with psycopg.connect(server.address(), autocommit=True) as facilitator:
        facilitator.execute("select bart.add_member('noord', 'colleague')")
        assert of_colleague.names("") == ["noord"]
        for sql in ("add_member('noord', 'vreemd')", "add_member('noord', 'niemand')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                facilitator.execute(f"select bart.{sql}".encode())
        found = facilitator.execute("select * from bart.members_of('noord')").fetchall()
        assert found == [("colleague",), ("facilitator",)]
        facilitator.execute("select bart.remove_member('noord', 'facilitator')")
    assert store.names("") == []
    with (
        psycopg.connect(server.address(COLLEAGUE), autocommit=True) as colleague,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        colleague.execute("select bart.remove_member('noord', 'colleague')")


def test_who_uses_bart_owns_nothing(server: Server) -> None:
    owners = server.ask(
        "select distinct r.rolname from pg_class c join pg_roles r on r.oid = c.relowner"
        " where c.relnamespace = 'bart'::regnamespace"
    )
    assert owners == [("bart_owner",)]
    assert server.ask("select rolcanlogin from pg_roles where rolname = 'bart_owner'") == [(False,)]
    tables = "select relname from pg_class where relnamespace = 'bart'::regnamespace"
    kept_apart = server.ask(f"{tables} and relkind = 'r' and not relrowsecurity")
    assert kept_apart == []


# Where it does not go


def said_to(address: str, *more: str, code: int, tmp_path: Path) -> str:
    done = bart(tmp_path, "--sessions", address, *(more or ("status", "noord")), language="nl")
    assert done.code == code, done.err
    assert PASSWORD not in done.out + done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1, done.err
    return done.err


def test_bad_input_is_one_sentence_and_holds_no_password(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = server.address(password=f"x{PASSWORD}")
    assert "wachtwoord" in said_to(wrong, code=77, tmp_path=tmp_path)
    off = f"postgresql://facilitator:{PASSWORD}@127.0.0.1:1/bart"
    assert "niet te bereiken" in said_to(off, code=75, tmp_path=tmp_path)
    misspelt = f"postgresql://facilitator:a@{PASSWORD}@127.0.0.1/bart"
    assert "%40" in said_to(misspelt, code=2, tmp_path=tmp_path)
    for address in (f"postgresql://%zz:{PASSWORD}@x/y", f"postgresql://a:{PASSWORD}/@x/y"):
        assert "kan niet" in said_to(address, code=2, tmp_path=tmp_path)
    said_to(server.address(STRANGER), code=77, tmp_path=tmp_path)
    said_to(server.address(OWNER, "postgres"), code=65, tmp_path=tmp_path)
    said_to(server.address(), "doctor", code=2, tmp_path=tmp_path)
    said_to(server.address(), "backup", "noord", code=2, tmp_path=tmp_path)


@pytest.mark.parametrize(("found", "code"), [(VERSION + 1, "newer"), (0, "older")])
def test_a_database_of_another_version_is_left_alone(
    server: Server, tmp_path: Path, found: int, code: str
) -> None:
    postgres_store.cache_clear()  # a program looks once
    server.ask("update bart.versions set number = %s", (found,))
    try:
        told = said_to(server.address(), code=65, tmp_path=tmp_path)
    finally:
        server.ask("update bart.versions set number = %s", (VERSION,))
    assert ("nieuwere" if code == "newer" else "oudere") in told


def test_a_database_that_can_only_be_read_is_read_and_says_so(
    server: Server, tmp_path: Path
) -> None:
    address = server.address()
    assert bart(tmp_path, "--sessions", address, "new", "noord", *PARTIES).code == 0
    server.ask("alter role facilitator set default_transaction_read_only = on")
    postgres_store.cache_clear()  # of the connections there are each stays as it was begun
    try:
        assert "alleen lezen" in said_to(address, "close", "noord", code=74, tmp_path=tmp_path)
        assert bart(tmp_path, "--sessions", address, "status", "noord").code == 0
    finally:
        server.ask("alter role facilitator reset default_transaction_read_only")
        postgres_store.cache_clear()
    assert bart(tmp_path, "--sessions", address, "close", "noord").code == 0


@pytest.mark.parametrize(
    ("state", "code", "told"),
    [
        ("40P01", 75, "Iemand anders"),
        ("57014", 75, "Iemand anders"),
        ("57P01", 75, "brak af"),
        ("25P03", 75, "brak af"),
        ("53200", 74, "is vol"),
        ("58030", 74, "58030"),
        ("XX001", 74, "XX001"),
    ],
)
def test_what_the_server_refuses_is_told_as_what_it_is(
    server: Server, tmp_path: Path, state: str, code: int, told: str
) -> None:
    address = server.address()
    assert bart(tmp_path, "--sessions", address, "new", "noord", *PARTIES).code == 0
    server.ask(
        "create function bart.refuse() returns trigger language plpgsql as"
        f" $$ begin raise exception 'geheim' using errcode = '{state}'; end $$"
    )
    server.ask("create trigger refuse before update on bart.files execute function bart.refuse()")
    try:
        said = said_to(address, "close", "noord", code=code, tmp_path=tmp_path)
    finally:
        server.ask("drop function bart.refuse() cascade")
    assert told in said
    assert "geheim" not in said


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_spec", lambda _: None)
    with pytest.raises(CannotCreate) as refused:
        postgres_store("postgresql://not-asked-before/bart")
    assert refused.value.params["extras"] == "city"


def test_nothing_of_it_is_loaded_for_a_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from bart_tool.cli.main import main; main(['status', 'x']); "
        "print(sorted({'psycopg', 'psycopg_pool', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert "psycopg" not in done.stdout


def test_a_verb_that_needs_a_folder_says_so(store: PostgresStore) -> None:
    with pytest.raises(WrongUse):
        on_disk(store)


# Connections that break


def test_a_connection_that_was_idle_is_made_anew(server: Server, store: PostgresStore) -> None:
    mark = store.save(FILE, b"1", None)
    servers.cut_off()
    assert store.save(FILE, b"2", mark) != mark


def test_who_lost_the_lock_saves_nothing_under_it(
    server: Server, store: PostgresStore, of_colleague: PostgresStore
) -> None:
    mark = store.save(FILE, b"1", None)
    store.make("noord/sheets")
    with store.lock(FILE):
        servers.cut_off()
        with pytest.raises(Busy) as lost:
            store.save("noord/sheets/a", b"1", None)
        assert lost.value.code == "database-lost"
        with pytest.raises(Busy):
            store.read(FILE)
    assert store.names("noord/sheets") == []
    store.save(FILE, b"2", mark)


def test_what_was_kept_before_the_connection_broke_is_told_as_kept(
    server: Server, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put_and_lose(to: object, *given: object) -> None:
        put(to, *given)  # type: ignore[arg-type]
        to.execute("commit")  # type: ignore[attr-defined]
        servers.cut_off()

    put = postgres._put
    monkeypatch.setattr(postgres, "_put", put_and_lose)
    mark = store.save(FILE, b"1", None)
    stored = store.read(FILE)
    assert stored is not None
    assert stored.fingerprint == mark


@pytest.mark.parametrize("is_kept", [True, False])
def test_nor_of_several_files_is_anything_told_that_is_not_so(
    server: Server, store: PostgresStore, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    def put_and_lose(to: object, name: str, *given: object) -> None:
        put(to, name, *given)  # type: ignore[arg-type]
        if name.endswith("b"):
            if is_kept:
                to.execute("commit")  # type: ignore[attr-defined]
            servers.cut_off()

    put = postgres._put
    monkeypatch.setattr(postgres, "_put", put_and_lose)
    with nullcontext() if is_kept else pytest.raises(Busy, match="database-lost"):
        store.replace("noord", {"a": b"1", "b": b"2"}, {"a": None, "b": None})
    assert store.names("noord") == (["a", "b"] if is_kept else [])


def test_what_was_not_kept_is_not_told_as_kept(
    server: Server, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put_and_lose(to: object, *given: object) -> None:
        put(to, *given)  # type: ignore[arg-type]
        servers.cut_off()

    put = postgres._put
    monkeypatch.setattr(postgres, "_put", put_and_lose)
    with pytest.raises(Busy) as lost:
        store.save(FILE, b"1", None)
    assert lost.value.code == "database-lost"
    assert store.read(FILE) is None


def test_many_locks_at_once_wait_for_no_connection(store: PostgresStore) -> None:
    """Each holds a lock and saves beside it: more of them than there are connections."""
    store.make("noord/sheets")
    begin, wrong = threading.Barrier(40), list[BaseException]()

    def hold_and_save(number: int) -> None:
        try:
            begin.wait()
            with store.lock(f"noord/sheets/{number}"):
                store.save(f"noord/sheets/{number}.yaml", b"", None)
                assert store.read(f"noord/sheets/{number}.yaml") is not None
        except BaseException as error:  # noqa: BLE001 (told by the main thread)
            wrong.append(error)

    threads = [threading.Thread(target=hold_and_save, args=(n,)) for n in range(40)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    assert len(store.names("noord/sheets")) == 40


# Setting it up


def test_the_compose_file_has_the_tables_made_and_settings_that_are_there(server: Server) -> None:
    folder = ROOT / "docs" / "database"
    (service,) = yaml.safe_load((folder / "compose.yaml").read_text("utf-8"))["services"].values()
    source = service["volumes"][1].partition(":")[0]
    assert (folder / source).resolve() == SQL
    names = [each.partition("=")[0] for each in service["command"] if "=" in each]
    known = {name for (name,) in server.ask("select name from pg_settings")}
    assert set(names) <= known


def test_the_script_makes_somebody_who_may_use_bart_and_no_more(server: Server) -> None:
    script = ROOT / "docs" / "database" / "facilitator.sql"
    for _ in range(2):  # the second time it changes nothing
        subprocess.run(
            ["psql", server.address(OWNER), "-v", "who=Nieuw", "-f", script],
            check=True,
            capture_output=True,
        )
    asked = (
        "select rolsuper or rolcreatedb or rolcreaterole, pg_has_role(oid, 'bart_owner', 'member'),"
        " pg_has_role(oid, 'bart_facilitator', 'member') from pg_roles where rolname = 'Nieuw'"
    )
    assert server.ask(asked) == [(False, False, True)]
    server.ask('drop role "Nieuw"')
