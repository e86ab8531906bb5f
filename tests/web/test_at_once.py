"""Many people at once: they wait for the disk together, each for their own answer."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from bart_tool.domain.sheet import Sheet
from bart_tool.store.stored_session import StoredSession
from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.workflow.open_session import OpenSession
from tests.waiting import PATIENCE
from tests.web.phone import URL, Answered, Phone, ask, begun

Served = tuple[Site, Guard]
TASK, MANAGERS_TASK = 1, 2  # the numbers of two questions with the same choices
Saves = Callable[[StoredSession, Sheet, str | None], str]


async def _sent(phone: Phone, number: int, key: str) -> Answered:
    said = {"key": phone.cookies["key"], "item": key, "rev": "0", "v": "voice", "act": "next"}
    body = urlencode(said).encode()
    headers = [
        ("cookie", f"bart={phone.cookies['bart']}"),
        ("origin", URL),
        ("content-type", "application/x-www-form-urlencoded"),
        ("content-length", str(len(body))),
    ]
    return await ask(phone.app, "POST", f"/q/{number}", body=body, headers=headers)


def at_once(*asked: tuple[Phone, int, str]) -> list[Answered]:
    async def all_of_them() -> list[Answered]:
        return await asyncio.gather(*(_sent(*each) for each in asked))

    return asyncio.run(all_of_them())


def phone_of(served: Served, code: str) -> Phone:
    phone = begun(*served, code)
    phone.cookies["key"] = served[0].room.form_key(code)
    return phone


def test_answers_of_two_people_are_saved_beside_each_other(
    served: Served, opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = phone_of(served, "WR-01"), phone_of(served, "WR-02")
    saves, both = StoredSession.save_sheet, threading.Barrier(2, timeout=PATIENCE)

    def together(folder: StoredSession, sheet: Sheet, *more: Any, **named: Any) -> str:
        both.wait()  # breaks when one waits for the other to be done
        return saves(folder, sheet, *more, **named)

    monkeypatch.setattr(StoredSession, "save_sheet", together)
    key = "primary-task/wijkraad"
    assert [each.status for each in at_once((one, TASK, key), (two, TASK, key))] == [303, 303]
    for code in ("WR-01", "WR-02"):
        found = opened.folder.sheet(code)
        assert found is not None
        assert {*found[0].answers} == {key}


def test_answers_of_one_person_are_saved_one_after_the_other(
    served: Served, opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, saves = phone_of(served, "WR-01"), StoredSession.save_sheet
    inside, refused = Counter[str](), []

    def alone(folder: StoredSession, sheet: Sheet, *more: Any, **named: Any) -> str:
        inside[sheet.participant] += 1
        refused.append(inside[sheet.participant] > 1)
        fingerprint = saves(folder, sheet, *more, **named)
        inside[sheet.participant] -= 1
        return fingerprint

    monkeypatch.setattr(StoredSession, "save_sheet", alone)
    keys = {TASK: "primary-task/wijkraad", MANAGERS_TASK: "primary-task/wijkmanager"}
    answered = at_once(*((phone, number, key) for number, key in keys.items()))
    assert [each.status for each in answered] == [303, 303]
    assert refused == [False, False]
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert {*found[0].answers} == {*keys.values()}
