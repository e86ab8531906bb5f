"""A phone without script, straight on the pages: it keeps its cookie and fills in what a page asks.

No network is used: the application is called as a server would call it.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from lxml import html

from bart_tool.domain.answer import CODES, NONE, Answer
from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.room import Room

URL = "http://192.0.2.5:8787"
HOST = URL.partition("://")[2]
Headers = Sequence[tuple[str, str]]


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: Headers
    body: bytes
    at: str

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> Any:
        return html.fromstring(self.text)

    @property
    def title(self) -> str:
        return self.page.findtext(".//h1") or ""

    def header(self, name: str) -> str:
        return next((value for each, value in self.headers if each == name), "")

    def alert(self) -> str:
        """What the page says is the matter."""
        (found,) = self.page.xpath("//*[@role='alert']")
        return str(found.text_content())

    def ways(self) -> list[str]:
        """Where the links of the page lead, the one that stands out first."""
        found = self.page.xpath("//main//a")
        found.sort(key=lambda each: "main" not in each.get("class", "").split())
        return [each.get("href") for each in found]

    def words(self) -> str:
        return " ".join(" ".join(self.page.find(".//main").itertext()).split())


def pages(opened: OpenSession) -> tuple[Site, Guard]:
    """The pages of a session, with the guard before them."""
    site = Site(Room(opened), ":root { --main: #14507f; }")
    return site, Guard(site.app(), (HOST.encode(),), (URL.encode(),))


async def ask(
    app: Guard,
    method: str,
    path: str,
    *,
    body: bytes = b"",
    headers: Headers = (),
    host: str | None = HOST,
    client: str = "192.0.2.77",
    query: bytes = b"",
) -> Answered:
    """One request with just these headers."""
    said = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if host is not None:
        said.insert(0, (b"host", host.encode("latin-1")))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": quote(path, errors="surrogatepass").encode(),
        "query_string": query,
        "root_path": "",
        "headers": said,
        "client": (client, 40000),
        "server": ("192.0.2.5", 8787),
    }
    sent: list[Any] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(each for each in sent if each["type"] == "http.response.start")
    content = b"".join(each.get("body", b"") for each in sent[1:])
    back = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
    return Answered(start["status"], back, content, path)


@dataclass
class Phone:
    """One browser. `tap` sends the form that stands on the page it is on."""

    app: Guard
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "192.0.2.77"
    here: Answered = field(default_factory=lambda: Answered(0, (), b"", ""))

    def open(self, path: str) -> Answered:
        """Go to a page, and where it leads to."""
        return self._asked("GET", path)

    def tap(self, act: str = "next", **fields: str | Sequence[str]) -> Answered:
        """Fill in `fields` in the form of this page, and press the button `act`."""
        form = self.form
        said: dict[str, list[str]] = {}
        for name, value in form.form_values():
            said.setdefault(name, []).append(value)
        for name, value in fields.items():
            said[name.replace("__", ".")] = [value] if isinstance(value, str) else [*value]
        return self.send(form.action, {**said, "act": [act]})

    @property
    def form(self) -> Any:
        """The form of this page in which one answers."""
        forms = [each for each in self.here.page.forms if each.action != "/language"]
        return forms[0]

    def send(self, path: str, fields: Mapping[str, Sequence[str]]) -> Answered:
        """Send these fields, as a browser sends a form."""
        return self._asked("POST", path, urlencode(fields, doseq=True).encode())

    def _asked(self, method: str, path: str, body: bytes = b"") -> Answered:
        answer = asyncio.run(
            ask(
                self.app,
                method,
                path,
                body=body,
                headers=self._headers(method, body),
                client=self.address,
            )
        )
        for name, value in answer.headers:
            if name == "set-cookie":
                for each in SimpleCookie(value).values():
                    self.cookies[each.key] = each.value
                    if each["max-age"] == "0":
                        del self.cookies[each.key]
        if answer.status == 303:
            return self._asked("GET", urlsplit(answer.header("location")).path)
        self.here = answer
        return answer

    def _headers(self, method: str, body: bytes) -> Headers:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said = [("cookie", cookie)] if cookie else []
        if method == "POST":
            said += [
                ("origin", URL),
                ("content-type", "application/x-www-form-urlencoded"),
                ("content-length", str(len(body))),
            ]
        return said


def link_of(site: Site, code: str) -> str:
    return f"/k/{site.room.card(code).token}"


def begun(site: Site, app: Guard, code: str = "WR-01", consent: str = "position") -> Phone:
    """A phone that scanned the card of `code` and stands before the first question."""
    phone = Phone(app)
    phone.open(link_of(site, code))
    phone.open("/consent")
    phone.tap(v=consent)
    assert re.fullmatch(r"/q/\d+", phone.here.at), phone.here.text
    return phone


def answer_all(phone: Phone, said: Mapping[str, Answer]) -> None:
    """From the first question to the last, each answered as `said` has it."""
    while phone.here.at != "/end":
        shown = dict(phone.form.form_values())
        answer = said[shown["item"]]
        value = answer.value
        filled: dict[str, str | Sequence[str]] = {"note": answer.note}
        if answer.words:
            filled["words"] = answer.words
        if isinstance(value, dict):
            filled["v"] = [*value] or [NONE]
        elif "text" in shown and value not in CODES:
            filled["text"] = value
        else:
            filled["v"] = [value]
        if answer.certainty:
            filled["sure"] = answer.certainty
        if answer.quote:
            filled["quote"] = "yes"
        phone.tap(**filled)
        if phone.here.at.endswith("/how"):
            assert isinstance(value, dict)
            phone.tap(**{f"tag__{option}": tag for option, tag in value.items()})
