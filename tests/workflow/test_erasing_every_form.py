"""Of who is erased no byte stays, whatever form it has, and nothing brings it back."""

import base64
import contextlib
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.errors import Busy, Exit, NotFound, Problem
from bart_tool.store import sheets, yaml_text
from bart_tool.store.locations import SESSION_FILE
from bart_tool.store.session_files import Person, dump_people
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow import forget
from bart_tool.workflow.agree import agree
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.backup import back_up
from bart_tool.workflow.doctor import look_over, mend
from bart_tool.workflow.erase import erase
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from bart_tool.workflow.settle import choices, settle
from tests.cli.run import bart
from tests.store.failpoints import KILL, Killed, failing
from tests.workflow.on_disk import (
    begun_session,
    naming,
    root_in,
    said,
    sheet_file,
    snapshot,
    store_in,
)
from tests.workflow.test_agreeing import TODAY
from tests.workflow.test_follow_up import SPEND
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

WORD = "zwanenvijver"  # in all that WR-01 says, and nowhere else
NOTE = {"who": {"value": "college", "note": WORD}}
HEAD = "participant,party,item,value,certainty,note,quote\n"


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    made = begun_session(tmp_path / "sessions")
    for code in ("WR-02", "WM-01"):
        made.folder.save_sheet(said(made, code, {"who": "nobody"}), None)
    return made


def root_of(opened: OpenSession) -> Path:
    return path_of(opened.folder).parent


def again(opened: OpenSession) -> OpenSession:
    return open_session(opened.folder.store, "test")


def of(opened: OpenSession, code: str = "WR-01") -> str:
    return sheets.dump(said(opened, code, NOTE))


def mail(*bodies: str) -> str:
    parts = "\n".join(
        "--x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(body.encode()).decode()
        for body in bodies
    )
    head = "Subject: mijn antwoorden\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n"


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


CELLS = "<row><c><t>{}</t></c><c><t>" + WORD + "</t></c></row>"
FORMS: dict[str, Callable[[OpenSession], str | bytes]] = {
    "half.yaml": lambda opened: of(opened)[:-40] + "\nanswers: [",
    "half.json": lambda _: f'{{"participant": "WR-01", "note": "{WORD}',
    "other-order.csv": lambda _: f"item,note,Participant\nwho,{WORD},WR-01\n",
    "semicolons.csv": lambda _: f'note;"participant"\n"{WORD}";"wr-01"\n',
    "blank-before.csv": lambda _: f"participant,note\n  WR-01 ,{WORD}\n",
    "blank-in-it.csv": lambda _: f"participant,note\nWR 01,{WORD}\n",
    "other-hyphen.csv": lambda _: f"participant,note\nWR\u201101,{WORD}\nWM\u201301,x\n",
    "no-heading.csv": lambda _: f"who,college,{WORD},Wr-01\n",
    "utf-16.csv": lambda _: f"participant,note\nWR-01,{WORD}\n".encode("utf-16"),
    "utf-16-bare.csv": lambda _: f"participant,note\nWR-01,{WORD}\n".encode("utf-16-le"),
    "latin-1.csv": lambda _: f"participant,note\nWR-01,caf\u00e9 {WORD}\n".encode("latin-1"),
    "escaped.json": lambda _: f'{{"participant": "WR\\u201001", "note": "{WORD}"',
    "mail.txt": lambda opened: "Beste,\n\n> " + of(opened).replace("\n", "\n> ") + "\n> x: [",
    "words.txt": lambda _: f"Ik ben wr-01 en ik vind: {WORD}.",
    "mail.eml": lambda opened: mail("Zie hieronder.", of(opened)),
    "in-a-mail-in-a-mail.eml": lambda opened: mail(mail(of(opened))),
    "page.html": lambda _: f"<p>participant: WR&#45;01</p><p>{WORD}</p>",
    "table.xlsx": lambda _: zipped(**{"xl/sharedStrings.xml": CELLS.format("WR-01")}),
    "packed.zip": lambda opened: zipped(**{"a/b.yaml": of(opened)}),
}


@pytest.mark.parametrize("name", FORMS)
def test_no_byte_stays_of_what_was_set_aside(opened: OpenSession, name: str) -> None:
    made = FORMS[name](opened)
    content = made if isinstance(made, bytes) else made.encode()
    kept = opened.folder.set_aside(name, content, Problem("yaml-syntax"))
    others = opened.folder.set_aside("other.yaml", b"participant: WR-02\nx: [", Problem("x"))
    gone = erase(opened, "WR-01")
    assert kept in gone.removed
    assert (gone.kept, gone.unread) == ((), ())
    left = snapshot(path_of(opened.folder))
    assert others in left
    assert len([each for each in left if each.startswith("damaged/")]) == 2


PLACES = ("sheets/kopie.yaml", "mijn map/oud.yaml~", "WR-01.yaml.bak", "sheets/oud/.x.yaml.swp")


@pytest.mark.parametrize("place", PLACES)
def test_a_copy_that_somebody_made_goes_wherever_it_lies(opened: OpenSession, place: str) -> None:
    path = path_of(opened.folder) / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(of(opened), encoding="utf-8")
    path.with_name("van-een-ander.yaml").write_text(of(opened, "WR-02"), encoding="utf-8")
    assert erase(opened, "WR-01").removed == (place,)
    assert path.with_name("van-een-ander.yaml").exists()


@pytest.mark.of_the_disk("a backup is of a folder")
def test_a_backup_in_the_session_goes_and_a_table_of_everybody_is_named(
    opened: OpenSession, tmp_path: Path
) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", NOTE), None)
    store = store_in(tmp_path / "sessions")
    packed = back_up(store, "test", tmp_path / "b.zip", with_people=False)
    here = path_of(opened.folder)
    shutil.copy(packed.path, here / "reserve.zip")
    (here / "alles.csv").write_text(f"{HEAD}WR-01,x,,,,{WORD},\nWR-02,x,,,,,\n", encoding="utf-8")
    (here / "planning.txt").write_text("WR-01 is ziek", encoding="utf-8")
    (here / "foto.jpg").write_bytes(b"\xff\xd8\x00\x01\x02 niets te lezen")
    (here / "report").mkdir()
    (here / "report" / "report (kopie).md").write_text("wat er stond", encoding="utf-8")
    done = bart(store.root, "erase", "test", "WR-01", "--yes", language="nl")
    assert done.code == Exit.BAD_DATA
    assert not (here / "reserve.zip").exists()
    told = done.out.partition("In deze bestanden staat WR-01")[2]
    speaks, _, unread = told.partition("Dit kon bart niet lezen.")
    for name in ("alles.csv", "planning.txt", "report (kopie).md"):
        assert name in speaks
    assert "foto.jpg" in unread.partition("bart kan niet bij")[0]


@pytest.mark.parametrize("name", ["people.yaml", "people.yaml~", "people (copy).yaml"])
def test_the_name_goes_out_of_every_copy_of_the_list(opened: OpenSession, name: str) -> None:
    people = {"WR-01": Person(name=WORD), "WR-02": Person(name="Een ander")}
    (path_of(opened.folder) / name).write_text(dump_people(people), encoding="utf-8")
    assert name in erase(opened, "WR-01").removed
    left = (path_of(opened.folder) / name).read_text("utf-8")
    assert WORD not in left
    assert "Een ander" in left


# Nothing brings it back


def test_a_sheet_of_who_was_erased_is_refused_by_name(opened: OpenSession, tmp_path: Path) -> None:
    file = sheet_file(tmp_path, "weer.yaml", said(opened, "WR-01", NOTE))
    table = tmp_path / "table.csv"
    table.write_text(f"{HEAD}WR-01,wijkraad,who,college,,{WORD},\nWR-03,wijkraad,who,college,,,\n")
    broken = tmp_path / "broken.yaml"
    broken.write_text(of(opened) + "\nanswers: [", encoding="utf-8")
    erase(opened, "WR-01")
    args = ("gather", "test", str(file), str(table), str(broken), "--add-people")
    done = bart(root_of(opened), *args, language="nl")
    assert done.code == Exit.BAD_DATA
    assert done.err.count("WR-01 is uit deze sessie gewist") == 3
    assert "Geef dan een nieuwe code" in done.err
    assert "WR-03" in done.out
    assert WORD.encode() not in b"".join(snapshot(path_of(opened.folder)).values())
    assert "WR-01" not in again(opened).session.party_of


def test_an_open_screen_cannot_save_it_back(opened: OpenSession) -> None:
    context = session_context(opened, "WR-01")
    seen = context.save(context.blank, None)
    erase(again(opened), "WR-01")
    for expected in (seen, None):
        with pytest.raises(NotFound) as refused:
            context.save(said(opened, "WR-01", NOTE), expected)
        assert refused.value.code == "participant-erased"
    assert naming("WR-01", snapshot(path_of(opened.folder))) == []


def erase_elsewhere(opened: OpenSession) -> None:
    args = ["erase", "test", "WR-01", "--yes", "--sessions", root_in(root_of(opened))]
    subprocess.run([sys.executable, "-m", "bart_tool", *args], check=True, stdout=subprocess.PIPE)


def test_a_gathering_at_work_does_not_write_it_back(opened: OpenSession, tmp_path: Path) -> None:
    """It has read the session and the file; another program erases; then it wants to write."""
    file = sheet_file(tmp_path, "in.yaml", said(opened, "WR-01", NOTE))
    real, done = OpenSession.held, []

    def erased_first(known: OpenSession) -> object:
        if not done:
            done.append(1)
            erase_elsewhere(opened)
        return real(known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenSession, "held", erased_first)
        found = gather(opened, [file])
    assert [each.code for each in found.refused] == ["sheet-of-erased"]
    assert found.came_in == ()
    assert WORD.encode() not in b"".join(snapshot(path_of(opened.folder)).values())


def test_erasing_waits_for_what_is_being_saved_and_then_takes_it_too(
    opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, real, refused = session_context(opened, "WR-01"), StoredSession.save_sheet, []

    def saved(folder: StoredSession, *args: object, **named: bool) -> str:
        try:  # what erasing does first, but without the patience
            with folder.store.lock(folder.named(SESSION_FILE), seconds=0):
                pytest.fail("somebody could be erased while their sheet was being saved")
        except Busy:
            refused.append(args)
        return real(folder, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(StoredSession, "save_sheet", saved)
    context.save(said(opened, "WR-01", NOTE), None)
    assert refused
    assert erase(opened, "WR-01").removed == ("sheets/WR-01.yaml",)


def test_what_was_settled_meanwhile_is_not_written_back(
    opened: OpenSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", NOTE), None)
    other = {"who": {"value": "nobody", "note": WORD}}
    gather(opened, [sheet_file(tmp_path, "in.yaml", said(opened, "WR-01", other))])
    opened = close(again(opened)).opened
    (choice,) = choices(opened)
    held = OpenSession.held
    with monkeypatch.context() as patch:
        patch.setattr(OpenSession, "held", lambda known: (erase_elsewhere(opened), held(known))[1])
        with pytest.raises(NotFound):
            settle(opened, "WR-01", {"who": choice.versions[0].mark})
    assert naming("WR-01", snapshot(path_of(opened.folder))) == []


def test_a_session_saved_in_between_does_not_leave_it_half_done(
    opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", NOTE), None)
    save, meddled = StoredSession.save, []

    def saved(folder: StoredSession, *args: object, **named: bool) -> str:
        if len(meddled) < 2:  # another saves before us, each time
            meddled.append(args)
            session, seen = folder.read()
            save(folder, session.changed(title=f"anders {len(meddled)}"), seen)
        return save(folder, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(StoredSession, "save", saved)
    erase(opened, "WR-01")
    assert len(meddled) == 2
    assert again(opened).session.title == "anders 2"
    assert naming("WR-01", snapshot(path_of(opened.folder))) == []


def killed_half_way(opened: OpenSession) -> None:
    """Erasing, killed once session.yaml says that it began."""
    for before in range(200):
        with contextlib.suppress(Killed), failing(KILL, before):
            erase(opened, "WR-01")
        if opened.folder.read()[0].erasing:
            return
    pytest.fail("it was never half done")


@pytest.mark.of_the_disk("killed at a call of the disk, and doctor looks at a folder")
def test_doctor_says_that_erasing_was_stopped_and_finishes_it(
    opened: OpenSession, tmp_path: Path
) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", NOTE), None)
    killed_half_way(opened)
    store = store_in(tmp_path / "sessions")
    half = [f for f in look_over(store, TODAY, "test").all if f.problem.code == "erasing-half-done"]
    assert len(half) == 1
    assert mend(store, half[0])
    assert "erasing-half-done" not in {f.problem.code for f in look_over(store, TODAY, "test").all}
    assert naming("WR-01", snapshot(path_of(opened.folder))) == []


@pytest.mark.of_the_disk("killed at a call of the disk")
def test_erasing_again_after_it_was_killed_is_done_and_says_so(opened: OpenSession) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", NOTE), None)
    killed_half_way(opened)
    done = bart(root_of(opened), "erase", "test", "WR-01", "--yes")
    assert done.code == 0
    assert naming("WR-01", snapshot(path_of(opened.folder))) == []


def test_no_copy_of_a_round_brings_it_back(opened: OpenSession) -> None:
    """The next round is begun, somebody is erased from it, and the round is taken back."""
    opened.folder.save_sheet(said(opened, "WR-01", NOTE), None)
    publish(close(opened).opened)
    opened = agree(again(opened), SPEND, TODAY).opened
    stale = begin(opened, planned(opened))
    erase(again(opened), "WR-01")
    with pytest.raises(Busy):
        take_back(stale)
    back = take_back(again(opened))
    assert back.session.round == 1
    assert back.session.erased == ("WR-01",)
    assert "WR-01" not in {each.participant for each in picture_of(back).picture.sheets}
    assert WORD.encode() not in b"".join(snapshot(path_of(opened.folder)).values())


def test_every_step_of_forgetting_may_be_taken_again(opened: OpenSession) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", NOTE), None)
    erase(opened, "WR-01")
    before = snapshot(path_of(opened.folder))
    for step in forget.STEPS:
        assert step(opened.folder, "WR-01").removed == ()
    assert snapshot(path_of(opened.folder)) == before
    assert yaml_text.read(before["session.yaml"].decode(), "")[0] is not None
