"""Tables that say the same in another way: as many spreadsheets, people and languages write it."""

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence

import openpyxl

from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.wording.spoken import spoken_codes

# What every drawn table says. Code, consent, and item -> value, certainty, note.
Said = tuple[str, str, Mapping[str, tuple[str, str, str]]]
SAID: tuple[Said, ...] = (
    (
        "WR-01",
        "position",
        {
            "clarity": ("unclear", "", "wisselt per week: één keer zus, dan weer zó"),
            "ties-broken-by": ("nobody", "guess", ""),
            "mandate/wijkraad/small-urgent-spend": ("co-decides", "certain", ""),
            "roles/wijkraad": ("networker:given;fixer:informal", "", ""),
        },
    ),
    (
        "WR-02",
        "group",
        {
            "primary-task/wijk-mt": ("dont-know", "", ""),
            "ties-broken-by": ("wijk-mt", "fairly", ""),
            "purpose/wijkraad": ('De stem van de wijk, en méér; dat is "alles"', "", ""),
        },
    ),
    ("WM-01", "none", {"upholds-agreement": ("college", "", ""), "clarity": ("clear", "", "")}),
)
PARTY = {"WR": "wijkraad", "WM": "wijkmanager"}
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
_HYPHENS = ("-", "\u2010", "\u2011", "\u2013", "\u2212")


class Drawing:
    """One way to write the table, drawn by chance."""

    def __init__(self, question_set: QuestionSet, chance: random.Random) -> None:
        self.set, self.chance = question_set, chance
        self.encoding = chance.choice(_ENCODINGS)

    def cased(self, word: str) -> str:
        """The word in another case and with another hyphen, as far as the encoding has it."""
        hyphen = self.chance.choice(_HYPHENS if self.encoding != "cp1252" else ("-", "\u2013"))
        return self.chance.choice((str, str.upper, str.title))(word).replace("-", hyphen)

    def code_word(self, kind: str, code: str) -> str:
        """A code, or what it is called in one of the languages."""
        return self.cased(self.chance.choice((code, *spoken_codes()[kind][code]))) if code else ""

    def value(self, item: Item, value: str) -> str:
        """An answer by its id or by its label."""
        if item.question.answered == "words":
            return value
        if item.question.answered == "several" and ":" in value:
            mark = self.chance.choice(";|")
            return mark.join(self._tagged(item, part) for part in value.split(";"))
        return self._option(item, value)

    def _tagged(self, item: Item, part: str) -> str:
        option, _, tag = part.partition(":")
        return f"{self._option(item, option)}:{self.code_word('tag', tag)}"

    def _option(self, item: Item, value: str) -> str:
        labels = {o.id: o.label for o in self.set.options(item.question, item.subject)}
        if value in labels:
            called = (labels[value].in_language(language) for language in LANGUAGES)
            return self.cased(self.chance.choice((value, *called)))
        return self.code_word("code", value)

    def party(self, code: str) -> str:
        """The party of `code`, by its id or its label."""
        kind = PARTY[code[:2]]
        labels = [self.set.parties[kind].label.in_language(each) for each in LANGUAGES]
        return self.cased(self.chance.choice((kind, *labels)))

    def long(self) -> list[list[str]]:
        """One answer a row, header first, the columns in any order."""
        header = ["participant", "party", "item", "value", "certainty", "note", "consent"]
        in_a_row = self.chance.random() < 0.5  # as the empty table asks it, else in its column
        rows = [
            [
                self.cased(code),
                self.party(code),
                self.cased(key),
                self.value(self.set.by_key[key], value),
                self.code_word("certainty", certainty),
                note,
                "" if in_a_row else self.code_word("consent", consent),
            ]
            for code, consent, answers in SAID
            for key, (value, certainty, note) in answers.items()
        ]
        for code, consent, _ in SAID if in_a_row else ():
            said = self.code_word("consent", consent)
            rows.append([code, self.party(code), self.cased("consent"), said, "", "", ""])
        rows.extend([""] * len(header) for _ in range(self.chance.randrange(3)))
        self.chance.shuffle(rows)
        return self._in_any_order([header, *rows])

    def wide(self) -> list[list[str]]:
        """One row a person, a column for each item and for what is said beside it."""
        keys = sorted({key for _, _, answers in SAID for key in answers})
        columns = [(key, part) for key in keys for part in ("", ":certainty", ":note")]
        names = [self.cased(f"{key}{part}") for key, part in columns]
        with_party = self.chance.random() < 0.5
        rows = [["participant", *(["party"] if with_party else []), "consent", *names]]
        for code, consent, answers in SAID:
            cells = dict(self._cells(answers))
            own = [self.party(code)] if with_party else []
            said = [cells.get(column, "") for column in columns]
            rows.append([self.cased(code), *own, self.code_word("consent", consent), *said])
        return self._in_any_order(rows)

    def _cells(
        self, answers: Mapping[str, tuple[str, str, str]]
    ) -> Iterator[tuple[tuple[str, str], str]]:
        for key, (value, certainty, note) in answers.items():
            yield (key, ""), self.value(self.set.by_key[key], value)
            yield (key, ":certainty"), self.code_word("certainty", certainty)
            yield (key, ":note"), note

    def _in_any_order(self, rows: Sequence[list[str]]) -> list[list[str]]:
        order = list(range(len(rows[0])))
        self.chance.shuffle(order)
        return [[row[place] for place in order] for row in rows]

    def as_workbook(self, rows: Sequence[Sequence[str]]) -> bytes:
        """The rows in a workbook, among sheets that hold something else."""
        book = openpyxl.Workbook()
        page = book.active
        for row in rows:
            page.append(row)
        for title in ("Uitleg", "Leeg"):
            book.create_sheet(title, self.chance.randrange(2))
        book["Uitleg"].append(["Vul je antwoorden in op het andere blad."])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def as_csv(self, rows: Sequence[Sequence[str]]) -> bytes:
        """The rows as one of the spreadsheets saves them."""
        separator = self.chance.choice(",;\t")
        end = self.chance.choice(("\n", "\r\n", "\r"))
        quoting = self.chance.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=separator, lineterminator=end, quoting=quoting)
        writer.writerows(rows)
        begin = f"sep={separator}{end}" if self.chance.random() < 0.3 else ""
        return f"{begin}{stream.getvalue()}".encode(self.encoding)
