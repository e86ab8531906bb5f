"""How a test waits for the screens of an app: until all that it told the app has been done."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch
from weakref import WeakKeyDictionary

from textual import app, pilot
from textual._context import active_app
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen

from bart_tool.tui.fast_typing import FastTyping
from tests.waiting import LOOK, PATIENCE
from tests.waiting import until as wait_until

T = TypeVar("T")
TURNS = 25  # of the loop in which nothing happens


def lines_of(pilot: Pilot[int]) -> list[str]:
    """What stands on the screen, as lines without spaces behind them."""
    screen = pilot.app.screen
    width, height = pilot.app.size
    rows = screen._compositor.render_strips()
    return ["".join(segment.text for segment in row).rstrip() for row in rows][:height] or [
        " " * width
    ]


def text_of(pilot: Pilot[int]) -> str:
    return "\n".join(lines_of(pilot)) + "\n"


async def until(running: Pilot[int], condition: Callable[[], object]) -> None:
    """Wait until something is so, and shown."""
    await wait_until(condition, lambda: f"saw:\n{text_of(running)}")
    await running.pause()


async def shown(running: Pilot[int], *words: str) -> str:
    """Wait until all `words` stand on the screen; gives what stands there."""
    await until(running, lambda: all(word in text_of(running) for word in words))
    return text_of(running)


async def at(running: Pilot[int], kind: type[Screen[Any]]) -> None:
    """Wait until a screen of this kind is on top."""
    await until(running, lambda: isinstance(running.app.screen, kind))


class _Work:
    """What is being done now: by the parts of the screen, and beside it in threads."""

    def __init__(self) -> None:
        self.handling: WeakKeyDictionary[MessagePump, int] = WeakKeyDictionary()
        self.threads = 0
        self.held: list[threading.Event] = []

    def now(self) -> Iterator[str]:
        if self.threads and all(each.is_set() for each in self.held):
            yield f"{self.threads} threads"
        yield from (f"{pump} handles a message" for pump, number in self.handling.items() if number)


_work = _Work()
_dispatch, _to_thread = MessagePump._dispatch_message, asyncio.to_thread


async def _counted_dispatch(pump: MessagePump, message: Message) -> None:
    _work.handling[pump] = _work.handling.get(pump, 0) + 1
    try:
        await _dispatch(pump, message)
    finally:
        _work.handling[pump] -= 1


async def _counted_thread(work: Callable[..., T], /, *args: Any, **more: Any) -> T:
    _work.threads += 1
    try:
        return await _to_thread(work, *args, **more)
    finally:
        _work.threads -= 1


@contextmanager
def held_up() -> Iterator[threading.Event]:
    """Until the event is set, nothing waits for work beside the screen: the test holds it up."""
    event = threading.Event()
    _work.held.append(event)
    try:
        yield event
    finally:
        event.set()
        _work.held.remove(event)


@contextmanager
def patient_pilots() -> Iterator[None]:
    """Every pilot waits until the app is `settled`, whatever else the machine does.

    Keys that it presses one after the other are pressed one by one, not typed as words.
    """
    _work.handling.clear()
    with (
        patch.object(pilot, "wait_for_idle", settled),
        patch.object(app, "wait_for_idle", settled),
        patch.object(asyncio, "to_thread", _counted_thread),
        patch.object(MessagePump, "_dispatch_message", _counted_dispatch),
        patch.object(FastTyping, "pause", 0.0),
        patch.object(FastTyping, "pause_in_words", 0.0),
    ):
        yield


async def settled(*_: object) -> None:
    """Wait until the app has done all that it was told, on the disk too, and shows it.

    Textual's own `wait_for_idle` waits until this process takes no processor time, which is also
    so when others have the processor. It is over when nothing is to be done for several turns of
    the loop: from one task to the next it takes some.
    """
    running = active_app.get()
    limit, quiet = time.monotonic() + PATIENCE, 0
    while quiet < TURNS and running._running and not running._closed:
        still = [*_work.now(), *_still_to_do(running)]
        assert time.monotonic() < limit, f"the screen never came to rest: {still}"
        quiet = 0 if still or has_ended(running) else quiet + 1
        await asyncio.sleep(LOOK if still else 0)


def has_ended(running: app.App[Any]) -> bool:
    """Whether the app stops, by itself or by a fault."""
    return running._exit or running._exception is not None


def _still_to_do(running: app.App[Any]) -> Iterator[str]:
    """Messages that wait, a timer that is about to lay out anew, what is to be painted."""
    screens = running.screen_stack
    parts = screens[-1].walk_children(with_self=True) if screens else []
    for pump in (running, *parts):
        if pump._message_queue.qsize() or pump._next_callbacks:
            yield f"{pump} has a message"
    if screens:
        top = screens[-1]
        for what in (
            running._resize_timer,
            top._layout_required,
            top._scroll_required,
            top._repaint_required,
            top._recompose_required,
            top._dirty_widgets,
            top._callbacks,
        ):
            if what:
                yield f"{top} is to be painted: {what}"
