"""Agreements drawn by chance, and what may then be said of each: by its own fields, in Dutch."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

# What the session of tests/cli/some_session.py calls its parties, and who may see to an agreement.
NAMES = {
    "wijkraad": "de wijkraad",
    "wijkmanager": "de wijkmanager",
    "cluster-groen": "cluster Groen",
    "college": "het college van B en W",
}
PARTIES = ("wijkraad", "wijkmanager", "cluster-groen")
TOPICS = {
    "decision/small-urgent-spend": "Kleine, dringende uitgave",
    "ties-broken-by": "Wie de knoop doorhakt",
}
LEVELS = {"no": "nee", "partly": "deels", "yes": "ja"}
TESTS = {"specified": "Duidelijk", "agreed": "Samen afgesproken", "kept": "Nagekomen"}
MANDATES = {
    "within": "dat mogen de partijen zelf beslissen",
    "submitted": "voorgelegd aan {}",
    "fixed": "staat al vast in {}",
    "parked": "geparkeerd",
}
OPEN = (
    "Wie het ermee eens is",
    "Wie het uitvoert",
    "Wie mag dit beslissen",
    "Waar het komt te staan",
)
OPEN = (*OPEN, "Wie het bewaakt", "Nakijken op", *TESTS.values())
Plain = dict[str, Any]


def some_agreements(chance: random.Random, today: date) -> list[Plain]:
    """What agreements.yaml may hold, as plain data; days lie around `today`."""
    return [_one(number + 1, chance, today) for number in range(chance.randint(0, 5))]


def _one(number: int, chance: random.Random, today: date) -> Plain:
    def may(value: Any) -> Any:
        return value if chance.random() < 0.6 else None

    def near(first: int, last: int) -> str:
        return (today + timedelta(days=chance.randint(first, last))).isoformat()

    agreeing = chance.sample(PARTIES, chance.randint(0, 3))
    doing = chance.sample(PARTIES, chance.randint(0, 2))
    mandate = may(chance.choice(list(MANDATES)))
    checks = sorted(near(-60, 0) for _ in range(chance.choice((0, 0, 1, 2))))
    withdrawn = {"on": near(-30, 0), "why": may(f"reden {number}") or ""}
    return {
        "id": f"a-{number}",
        "topic": chance.choice(list(TOPICS)),
        "sentence": f"Afspraak {number}: we doen het zo.",
        "parties": [{"party": p, "condition": may(f"eis van {p}") or ""} for p in agreeing],
        "mandate": mandate,
        "mandate_words": f"plek {number}" if mandate in ("submitted", "fixed") else "",
        "written_in": may(f"stuk {number}") or "",
        "done_by": doing,
        "owner": may(chance.choice(PARTIES)),
        "unagreed": [
            {"party": p, "said": f"vraagt dit na {number}"}
            for p in doing
            if p not in agreeing and chance.random() < 0.5
        ],
        "check_on": may(near(-40, 40)),
        "specified": may(chance.choice(list(LEVELS))),
        "agreed": may(chance.choice(list(LEVELS))),
        "checks": [
            {"on": on, "kept": chance.choice(list(LEVELS)), "note": may(f"bleek {number}") or ""}
            for on in checks
        ],
        "withdrawn": withdrawn if chance.random() < 0.2 else None,
    }


def day(iso: str) -> str:
    """A day as it is said: `8-2-2027`."""
    year, month, number = iso.split("-")
    return f"{int(number)}-{int(month)}-{year}"


@dataclass(frozen=True)
class One:
    """An agreement and what is so of it on a day."""

    made: Plain
    today: date

    @property
    def standing(self) -> str:
        if self.made["withdrawn"]:
            return "withdrawn"
        if self.made["mandate"] == "parked":
            return "parked"
        return "agreed" if self.made["parties"] else "proposed"

    @property
    def again(self) -> str:
        """The day to look again: not when it does not hold, or somebody looked on it or since."""
        planned = self.made["check_on"]
        looked = any(check["on"] >= planned for check in self.made["checks"]) if planned else False
        return "" if self.standing == "withdrawn" or looked else planned or ""

    @property
    def days_late(self) -> int | None:
        """Since how many days it must be looked at; None when not (yet)."""
        if not self.again or date.fromisoformat(self.again) > self.today:
            return None
        return (self.today - date.fromisoformat(self.again)).days

    @property
    def late(self) -> str:
        days = self.days_late
        return {None: "", 0: "vandaag", 1: "1 dag te laat"}.get(days, f"{days} dagen te laat")

    @property
    def fields(self) -> dict[str, str]:
        """What a field is called -> what stands in it, in words; empty when nothing does."""
        made = self.made
        agreeing = [
            NAMES[each["party"]] + (f" (voorwaarde: {each['condition']})" * bool(each["condition"]))
            for each in made["parties"]
        ]
        unagreed = [
            f"{NAMES[each['party']]} (daarover gezegd: {each['said']})" for each in made["unagreed"]
        ]
        looked = [f"{LEVELS[each['kept']]}, op {day(each['on'])}" for each in made["checks"]]
        mandate = MANDATES[made["mandate"]].format(made["mandate_words"]) if made["mandate"] else ""
        return {
            "Wie het ermee eens is": "; ".join(agreeing),
            "Wie het uitvoert": "; ".join(NAMES[each] for each in made["done_by"]),
            "Moet iets doen, maar stemde niet in": "; ".join(unagreed),
            "Wie mag dit beslissen": mandate,
            "Waar het komt te staan": made["written_in"],
            "Wie het bewaakt": NAMES[made["owner"]] if made["owner"] else "",
            "Nakijken op": day(self.again) if self.again else "",
            "Duidelijk": LEVELS.get(made["specified"], ""),
            "Samen afgesproken": LEVELS.get(made["agreed"], ""),
            "Nagekomen": "; ".join(looked),
            "Ingetrokken": f"op {day(made['withdrawn']['on'])}" if made["withdrawn"] else "",
        }

    @property
    def noted(self) -> list[str]:
        """What was noted when somebody looked again or took it back; not for everybody."""
        noted = [
            f"{LEVELS[each['kept']]}, op {day(each['on'])}: {each['note']}"
            for each in self.made["checks"]
            if each["note"]
        ]
        gone = self.made["withdrawn"]
        if gone and gone["why"]:
            noted.append(f"ingetrokken op {day(gone['on'])}: {gone['why']}")
        return noted

    def lines(self) -> Iterator[str]:
        """Every line that may be said of it where all of it may be read."""
        yield f"{self.made['id']} {self.made['sentence']}"
        for called, text in self.fields.items():
            if text:
                yield f"{called}: {text}"
        if self.late:
            yield f"Nakijken op: {day(self.again)} ({self.late})"
        if self.noted:
            yield f"Erbij opgeschreven: {'; '.join(self.noted)}"
        still_open = [called for called in OPEN if not self.fields[called]]
        if still_open and self.standing != "withdrawn":
            yield f"Nog open: {', '.join(still_open)}"

    def short(self) -> Iterator[str]:
        """Every short sentence that may be said of it."""
        made, fields = self.made, self.fields
        gone = made["withdrawn"]
        if gone:
            yield f"Ingetrokken op {day(gone['on'])}."
            yield f"ingetrokken op {day(gone['on'])}"
        mandate = fields["Wie mag dit beslissen"]
        if mandate:
            yield f"{mandate[0].upper()}{mandate[1:]}."
            yield mandate
        if self.standing == "proposed":
            yield "Nog niemand stemde in."
        if made["owner"]:
            owner = NAMES[made["owner"]]
            yield f"Wie het bewaakt: {owner}."
            yield f"{owner} bewaakt het"
            yield f"{owner[0].upper()}{owner[1:]} bewaakt het."
        else:
            yield "Nog niemand bewaakt het."
        if self.again:
            yield f"Nakijken op {day(self.again)}."
            yield f"nakijken op {day(self.again)}"
            yield f"We kijken opnieuw op {day(self.again)}."
        else:
            yield "Er is nog geen dag om opnieuw te kijken."
        if made["checks"]:
            last = LEVELS[made["checks"][-1]["kept"]]
            yield f"Nagekomen: {last}."
            yield f"nagekomen: {last}"
        if made["parties"]:
            yield f"Wie het ermee eens is: {fields['Wie het ermee eens is']}."
        else:
            yield "Nog geen partij stemde hiermee in."
        if made["done_by"]:
            yield f"Wie het uitvoert: {fields['Wie het uitvoert']}."
        for said in filter(None, fields["Moet iets doen, maar stemde niet in"].split("; ")):
            yield f"Moet iets doen, maar stemde niet in: {said}."
        if not made["mandate"]:
            yield "Of jullie dit zelf mogen afspreken, is nog niet gezegd."
        if made["written_in"]:
            yield f"Waar het komt te staan: {made['written_in']}."
