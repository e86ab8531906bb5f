"""Processes that save sheets for real, to be killed or to be many. Run as a script, prints JSON.

    python -m tests.store.writers kill WHERE SEED KILLS
    python -m tests.store.writers together WHERE PROCESSES SAVES one|each

WHERE is the folder of a session, or the address of a database that has a session `many`.

It forks from a process with one thread and everything imported, so that hundreds of writers cost
little; on Windows it spawns.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from pathlib import Path

from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Busy
from bart_tool.store import sessions
from bart_tool.store.disk import session_in
from bart_tool.store.locations import is_address
from bart_tool.store.postgres import postgres_store
from bart_tool.store.stored_session import StoredSession

CODES = ("WR-01", "WR-02", "WM-01")


def empty_sheet(code: str) -> Sheet:
    return Sheet(
        session="test",
        question_set="small",
        question_set_hash="sha256:0",
        participant=code,
        party="wijkraad",
    )


def session_at(where: str) -> StoredSession:
    """The session there, over connections of this process alone."""
    if not is_address(where):
        return session_in(Path(where))
    postgres_store.cache_clear()
    return StoredSession(postgres_store(where), "many")


def saved_count(folder: StoredSession, code: str) -> int:
    """How often the sheet of `code` was saved, by what stands in it."""
    found = folder.sheet(code)
    return found[0].answers["words"].revision if found else 0


def save_for_ever(folder: StoredSession, acknowledge: int, *, on_server: bool) -> None:
    """Save one sheet after the other; each save that returned is acknowledged on a pipe.

    On a server one may be too late: it ends the last statement of a writer that was killed, at
    times after this one has read. Busy is then what was promised, and whoever reads again finds it.
    """
    may_be_too_late = int(on_server)
    while True:
        for code in CODES:
            try:
                revision = _one_more(folder, code)
            except Busy:
                if not may_be_too_late:
                    raise
                may_be_too_late -= 1
                revision = _one_more(folder, code)
            os.write(acknowledge, f"{code} {revision}\n".encode())


def _one_more(folder: StoredSession, code: str) -> int:
    """Save one more answer on the sheet of `code`; gives how often it was saved now."""
    found = folder.sheet(code)
    sheet, fingerprint = found or (empty_sheet(code), None)
    answer = Answer(value="own words " * random.randrange(1, 60))
    sheet = sheet.with_answer("words", answer)
    folder.save_sheet(sheet, fingerprint)
    return sheet.answers["words"].revision


def kill_while_saving(where: str, seed: int, kills: int) -> dict[str, int]:
    """Kill a writer at `kills` random moments; count what went wrong."""
    moment = random.Random(seed)
    folder = session_at(where)
    counted = dict.fromkeys(("kills", "acknowledged", "lost", "unreadable", "swept", "left"), 0)
    for _ in range(kills):
        acknowledged = _kill_one(where, moment)
        counted["kills"] += 1
        counted["acknowledged"] += sum(acknowledged.values())
        counted["swept"] += len(sessions.sweep(folder))
        counted["left"] += len([*Path(where).rglob("*.tmp")])
        for code in CODES:
            try:
                now = saved_count(folder, code)
            except Exception:  # noqa: BLE001 - whatever it is, it is counted
                counted["unreadable"] += 1
            else:
                counted["lost"] += now < _LAST.get(code, 0)
    return counted


_LAST: dict[str, int] = {}


def _kill_one(where: str, moment: random.Random) -> dict[str, int]:
    """Kill one writer somewhere in a save; gives how many saves of each code it acknowledged.

    The moment is counted in saves, with a bit of time on top, so that a busy machine makes the
    test slower and not another test.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        random.seed()
        os.close(reading)
        save_for_ever(session_at(where), writing, on_server=is_address(where))
    os.close(writing)
    counted: dict[str, int] = {}
    began = time.monotonic()
    with os.fdopen(reading, encoding="ascii") as stream:
        saves = moment.randrange(17)
        for _ in range(saves):
            _hear(stream.readline(), counted)
        one_save = (time.monotonic() - began) / (saves + 1)
        time.sleep(moment.uniform(0.0, 2 * one_save))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for line in stream:
            _hear(line, counted)
    return counted


def _hear(line: str, counted: dict[str, int]) -> None:
    code, revision = line.split()
    _LAST[code] = int(revision)
    counted[code] = counted.get(code, 0) + 1


def save_many(path: str, code: str, writer: int, saves: int) -> None:
    """Add `saves` answers to the sheet of `code`, reading anew whenever another was first."""
    folder = session_at(path)
    for number in range(saves):
        while True:
            found = folder.sheet(code)
            sheet, fingerprint = found or (empty_sheet(code), None)
            sheet = sheet.with_answer(f"q{writer}/s{number}", Answer(value="x" * number))
            try:
                folder.save_sheet(sheet, fingerprint)
            except Busy:
                continue
            break


def together(where: str, processes: int, saves: int, which: str) -> dict[str, int]:
    """Let `processes` save at once, on one sheet or one each; count the answers that are there."""
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "fork")
    codes = ["WR-01" if which == "one" else f"WR-{number:02}" for number in range(processes)]
    work = [
        context.Process(target=save_many, args=(where, code, number, saves))
        for number, code in enumerate(codes)
    ]
    for each in work:
        each.start()
    for each in work:
        each.join()
    sheets, problems = session_at(where).sheets()
    return {
        "failed": sum(each.exitcode != 0 for each in work),
        "answers": sum(len(sheet.answers) for sheet in sheets),
        "problems": len(problems),
    }


def main() -> None:
    what, where, *rest = sys.argv[1:]
    if not is_address(where):
        Path(where).mkdir(exist_ok=True)
    if what == "kill":
        counted = kill_while_saving(where, int(rest[0]), int(rest[1]))
    else:
        counted = together(where, int(rest[0]), int(rest[1]), rest[2])
    print(json.dumps(counted))


if __name__ == "__main__":
    main()
