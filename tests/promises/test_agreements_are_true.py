"""T19 for what was agreed: every line about agreements is true of agreements.yaml."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bart_tool.cli import agreement_actions
from bart_tool.domain.agreement import Agreement, Agreements
from bart_tool.report import markdown
from bart_tool.report.agreements_page import compose_page, report_part
from bart_tool.report.document import Document
from bart_tool.store.disk import DiskStore
from bart_tool.tui.discuss.agreement_list import AgreementList
from bart_tool.tui.discuss.read_aloud import ReadBack, closing
from bart_tool.tui.text import Row
from bart_tool.wording.agreements import topic
from bart_tool.wording.naming import Naming
from bart_tool.workflow.open_session import OpenSession, open_session
from tests import figures
from tests.cli.run import bart
from tests.cli.some_session import closed
from tests.promises.agreed import TOPICS, One, day, some_agreements

TODAY = date(2027, 3, 8)
NO_ANSWER = "Wat mensen invulden, staat hier niet in. Het gaat over posities, niet over personen."
NOTHING = "Er is nog niets afgesproken."
APART = {
    "proposed": "Opgeschreven, maar nog niemand stemde in",
    "parked": "Geparkeerd: nog niet geregeld",
    "withdrawn": "Ingetrokken: geldt niet meer",
}


@dataclass(frozen=True)
class Printed:
    """A line, the agreement that it stands under ("" for none) and the heading above that."""

    text: str
    under: str = ""
    heading: str = ""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("agreed")
    closed(root)
    return root


def read(lines: Iterable[str]) -> Iterator[Printed]:
    """Lines with what they stand under: `a-1` or `### a-1` begins an agreement."""
    under = heading = ""
    for line in map(str.strip, lines):
        begins = re.match(r"(?:### )?(a-\d+)\b", line)
        if begins:
            under = begins[1]
        elif line.startswith("#") or line in TOPICS.values():
            under, heading = "", line.lstrip("# ")
        text = re.sub(r"^(#+|-|•) ", "", line.replace("**", "").replace("\\", ""))
        if text:
            yield Printed(" ".join(text.split()), under, heading)


def false(printed: Iterable[Printed], made: Sequence[One], fixed: set[str]) -> list[Printed]:
    """What is not known to be true: of the agreement that it stands under, or of all."""
    by_id = {each.made["id"]: each for each in made}
    allowed = {name: {*each.lines(), *each.short()} for name, each in by_id.items()}
    return [
        each
        for each in printed
        if each.text not in fixed and each.text not in allowed.get(each.under, set())
    ]


def agreed_ones(made: Sequence[One], standing: str) -> list[One]:
    return [each for each in made if each.standing == standing]


# -- where agreements are printed


def in_the_list(made: Sequence[One], said: str) -> list[Printed]:
    late = [each for each in made if each.days_late is not None]
    number = "1 afspraak" if len(late) == 1 else f"{len(late)} afspraken"
    fixed = {TOPICS[each.made["topic"]] for each in made}
    fixed.add("Als pagina die openbaar mag zijn: bart agreements page wijk")
    if late:
        fixed.add(f"Jullie moeten {number} nakijken: bart agreements due wijk")
    if not made:
        fixed = {NOTHING}
    found = list(read(said.splitlines()))
    under_topic = [
        each
        for each in found
        if each.under and each.heading != TOPICS[_by_id(made, each.under).made["topic"]]
        if not each.text.startswith(("Als pagina", "Jullie moeten"))
    ]
    return [*false(found, made, fixed), *under_topic]


def in_what_is_due(made: Sequence[One], said: str) -> list[Printed]:
    fixed = set()
    coming = sorted((e.again, int(e.made["id"][2:])) for e in made if e.again > TODAY.isoformat())
    if not any(each.late for each in made):
        fixed.add("Jullie hoeven vandaag niets na te kijken." if made else NOTHING)
    if coming:
        fixed.add(f"De eerstvolgende is a-{coming[0][1]}, op {day(coming[0][0])}.")
    wrong = []
    for each in _read_due(said):
        if not each.under:
            wrong += [] if each.text in fixed else [each]
            continue
        one = _by_id(made, each.under)
        owner = one.fields["Wie het bewaakt"] or "nog niemand"
        may = {
            f"{each.under} {one.late} ({day(one.again) if one.again else ''})",
            one.made["sentence"],
            TOPICS[one.made["topic"]],
            f"Wie het bewaakt: {owner}",
        }
        wrong += [] if one.late and each.text in may else [each]
    return wrong


def _read_due(said: str) -> Iterator[Printed]:
    """A paragraph an agreement: what it is about stands below it here."""
    for paragraph in said.split("\n\n"):
        under = re.match(r"a-\d+", paragraph)
        for line in filter(None, paragraph.splitlines()):
            yield Printed(" ".join(line.split()), under[0] if under else "")


def on_the_page(made: Sequence[One], opened: OpenSession) -> list[Printed]:
    """What may be public: nothing that was noted, and each under what it is."""
    page = markdown.render(compose_page(_models(made), opened.known, opened.session, "nl"))
    text, _, table = page.partition("## Terugkijken")
    agreed = agreed_ones(made, "agreed")
    whole = NOTHING
    if agreed:
        whole = "Dit is samen afgesproken."
    elif agreed_ones(made, "withdrawn"):
        whole = "Er geldt nu geen afspraak."
    fixed = {
        "" if made else NOTHING,
        "Afspraken in Wijk",
        f"{whole} {NO_ANSWER}",
        *(APART[name] for name in APART if agreed_ones(made, name)),
        *(TOPICS[each.made["topic"]] for each in agreed),
    }
    ends = "Een grens werkt als die duidelijk is opgeschreven"
    wrong = []
    for each in read(line for block in text.split("\n\n") for line in _unwrapped(block)):
        if each.text.startswith(ends) or each.text in fixed:
            continue
        if not each.under:
            wrong.append(each)
            continue
        one = _by_id(made, each.under)
        about = TOPICS[one.made["topic"]]
        may = {f"{each.under}. {one.made['sentence']}"}
        may |= {f"{called}: {said}" for called, said in one.fields.items() if said}
        if one.standing in ("parked", "proposed"):
            may -= {f"Wie mag dit beslissen: {one.fields['Wie mag dit beslissen']}"}
        heading = about if one.standing == "agreed" else APART[one.standing]
        may |= {f"Onderwerp: {about}"} if one.standing != "agreed" else set()
        wrong += [] if each.text in may and each.heading == heading else [each]
    waiting = {f"{e.made['id']}. {e.made['sentence']} {day(e.again)}" for e in agreed if e.again}
    told = {
        " ".join(row.replace("|", " ").replace("\\", "").split())
        for row in table.splitlines()
        if row.startswith("| a-")
    }
    return [*wrong, *(Printed(row, "table") for row in told ^ waiting)]


def _unwrapped(block: str) -> list[str]:
    """A paragraph on one line, and each entry of a list."""
    return (
        block.replace("\n  ", " ").splitlines()
        if block.startswith("-")
        else [" ".join(block.split("\n"))]
    )


def in_the_report(made: Sequence[One], names: Naming) -> list[Printed]:
    """One entry an agreement: what it is about, its sentence, and short sentences behind it."""
    page = markdown.render(Document(tuple(report_part(_models(made), names))))
    entries = re.split(r"\n- ", page.replace("\n  ", " "))[1:]
    wrong = []
    for one, entry in zip(made, entries, strict=True):
        text = " ".join(entry.replace("**", "").replace("\\", "").split())
        begins = f"{TOPICS[one.made['topic']]}: {one.made['sentence']}"
        rest = text.removeprefix(begins).strip()
        for said in sorted(one.short(), key=len, reverse=True):
            if said.endswith("."):
                rest = rest.replace(said, "", 1).strip()
        wrong += [Printed(text, one.made["id"])] if rest or not text.startswith(begins) else []
    return wrong


def on_the_screens(made: Sequence[One], names: Naming, opened: OpenSession) -> list[Printed]:
    """The list around the table, and reading back at the end of the talk."""
    meeting = SimpleNamespace(
        clocks=SimpleNamespace(today=lambda: TODAY), names=lambda _: names, opened=opened
    )
    table: Any = SimpleNamespace(
        t=names.t,
        meeting=meeting,
        language="nl",
        kept=_models(made),
        title_of=lambda key: topic(key, names),
    )
    table._row = partial(AgreementList._row, table)
    groups = {
        "Nu nakijken: is het nagekomen?": [one for one in made if one.late],
        "Afgesproken": [one for one in agreed_ones(made, "agreed") if not one.late],
        APART["proposed"]: [one for one in agreed_ones(made, "proposed") if not one.late],
        "Geparkeerd": [one for one in agreed_ones(made, "parked") if not one.late],
        APART["withdrawn"]: agreed_ones(made, "withdrawn"),
    }
    wrong, heading = [], ""
    listed: dict[str, list[str]] = {}
    for row in AgreementList.listed(table):
        words = _words(row)
        if words[:1] and words[0] in groups:
            heading = words[0]
            listed[heading] = []
        elif words:
            one = next((e for e in made if e.made["sentence"] in words), None)
            if one is None:
                wrong.append(Printed(" ".join(words), "the list"))
                continue
            listed.setdefault(heading, []).append(one.made["id"])
            told = " · ".join(w for w in words if w != one.made["sentence"] and len(w) > 1)
            may = {*one.short(), TOPICS[one.made["topic"]]}
            wrong += [Printed(w, one.made["id"]) for w in told.split(" · ") if w not in may]
    asked = {name: [one.made["id"] for one in ones] for name, ones in groups.items() if ones}
    wrong += [] if listed == asked else [Printed(f"{listed} in place of {asked}")]
    read_aloud = [one for one in made if one.standing != "withdrawn"]
    for one, model in zip(read_aloud, _models(read_aloud), strict=True):
        may = {*one.short(), one.made["sentence"], TOPICS[one.made["topic"]]}
        may.add("Heeft iedereen het zo gehoord?")
        for row in ReadBack._one(table, model, names):
            wrong += [Printed(w, one.made["id"]) for w in _words(row) if w not in may]
    return [*wrong, *_at_the_end(read_aloud, names)]


def _at_the_end(made: Sequence[One], names: Naming) -> list[Printed]:
    agreed, proposed, parked = (
        len(agreed_ones(made, each)) for each in ("agreed", "proposed", "parked")
    )
    days = sorted(one.again for one in made if one.again)
    without = sum(not one.again for one in made)
    may = {
        "Hiermee gaan jullie naar huis",
        f"{agreed} afspraak" if agreed == 1 else f"{agreed} afspraken",
        f"{proposed} opgeschreven, maar nog niemand stemde in",
        f"{parked} onderwerp geparkeerd" if parked == 1 else f"{parked} onderwerpen geparkeerd",
        f"De eerste keer dat jullie het nakijken: {day(days[0])}" if days else "",
        f"{without} zonder dag om het na te kijken",
        "Een laatste ronde: wat neem je mee? Iedereen één zin.",
        "De afspraken als pagina: druk op p in de lijst met afspraken.",
    }
    if not made:
        may.add("Er is niets afgesproken. De verschillen liggen nu wel op tafel.")
    rows = closing(_models(made), names, names.t)
    return [Printed(w, "the end") for row in rows for w in _words(row) if w not in may]


def _words(row: Row) -> list[str]:
    texts = [row.text, *(part.text for part in row.cells)]
    texts += ["".join(part.text for part in line) for line in row.under]
    return [text.strip() for text in texts if text.strip()]


def _models(made: Sequence[One]) -> tuple[Agreement, ...]:
    return tuple(Agreement.model_validate(each.made) for each in made)


def _by_id(made: Sequence[One], name: str) -> One:
    return next(each for each in made if each.made["id"] == name)


def false_in(root: Path, seed: int) -> list[Printed]:
    chance = random.Random(seed)
    made = [One(each, TODAY) for each in some_agreements(chance, TODAY)]
    opened = open_session(DiskStore(root), "wijk")
    _, before = opened.folder.agreements()
    opened.folder.save_agreements(Agreements(given=9, agreements=_models(made)), before)
    names = Naming(opened.known, opened.session, "nl")
    listed, due = (bart(root, "agreements", verb, "wijk") for verb in ("list", "due"))
    assert (listed.code, due.code) == (0, 0), listed.err + due.err
    return [
        *in_the_list(made, listed.out),
        *in_what_is_due(made, due.out),
        *on_the_page(made, opened),
        *in_the_report(made, names),
        *on_the_screens(made, names, opened),
    ]


def test_what_is_said_of_agreements_is_true(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement_actions, "today", lambda: TODAY)
    for seed in figures.seeds(40, 5_000):
        assert false_in(root, seed) == [], f"seed {seed}"
