"""The parties of a new session as they are typed: a line each, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_parts import PartyKind
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.session_draft import named_party, number_in

NAME, PEOPLE = "name:", "people:"  # a field is one of these, with the number of its line
NOT_A_NUMBER = N_("That is not a number that fits. Type digits only, for example: 7")
NO_PEOPLE = N_("How many people? Type digits only, for example: 7")
THERE_ALREADY = N_("{party} is there already. Change the number there, or type another name.")
NO_PARTIES = N_("First fill in how many people take part, for at least one party.")


@dataclass(frozen=True, slots=True)
class PartyLine:
    """As it was typed, right or wrong. A party of which a set has one only has no `name`."""

    number: int
    kind: str
    name: str = ""
    people: str = ""

    def called(self, what: PartyKind, t: Words) -> tuple[str, str]:
        """The id of the party, and what it is called in a sentence."""
        if not what.is_named:
            return self.kind, what.in_sentence.in_language(t.language)
        return named_party(self.kind, what, self.name, t.language)


@dataclass(frozen=True)
class PartyLines:
    """Every line, those of kinds that another set has too: choosing that set again loses nothing.

    Of each kind that a session names itself there is an empty line below the others.
    """

    question_set: QuestionSet
    lines: tuple[PartyLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(line.name.strip() or line.people.strip() for line in self.lines)

    @property
    def shown(self) -> tuple[PartyLine, ...]:
        """The lines of this set, in the order of its kinds."""
        kinds = list(self.question_set.parties)
        mine = (line for line in self.lines if line.kind in kinds)
        return tuple(sorted(mine, key=lambda line: kinds.index(line.kind)))

    def asking(self, question_set: QuestionSet) -> "PartyLines":
        """With a line for every kind of `question_set`."""
        return replace(self, question_set=question_set)._completed()

    def what(self, line: PartyLine) -> PartyKind:
        """The kind of party of this line."""
        return self.question_set.parties[line.kind]

    def fields(self) -> Iterator[str]:
        """What can be typed in, in order; how many people a party has once it is named."""
        for line in self.shown:
            if self.what(line).is_named:
                yield f"{NAME}{line.number}"
            if line.name.strip() or not self.what(line).is_named:
                yield f"{PEOPLE}{line.number}"

    def line(self, field: str) -> PartyLine:
        """The line that `field` stands on."""
        number = int(field.partition(":")[2])
        return next(line for line in self.lines if line.number == number)

    def typed(self, field: str) -> str:
        """What stands in `field`."""
        line = self.line(field)
        return line.name if field.startswith(NAME) else line.people

    def id_at(self, field: str, t: Words) -> str:
        """The id of the party that `field` is about; empty as long as it has no name."""
        line = self.line(field)
        what = self.what(line)
        return line.called(what, t)[0] if line.name.strip() or not what.is_named else ""

    def with_typed(self, field: str, text: str) -> "PartyLines":
        """With `text` in `field`, and a line for one more party below the last named one."""
        line = self.line(field)
        is_name = field.startswith(NAME)
        after = replace(line, name=text) if is_name else replace(line, people=text)
        lines = tuple(after if each is line else each for each in self.lines)
        return replace(self, lines=lines)._completed()

    def left(self, field: str) -> "PartyLines":
        """As `field` was left: a party without a name, or of nobody, is taken away."""
        line = self.line(field)
        is_over = not line.name.strip() or number_in(line.people) == 0
        is_last = line is [each for each in self.lines if each.kind == line.kind][-1]
        if not self.what(line).is_named or not is_over or is_last:
            return self
        lines = tuple(each for each in self.lines if each is not line)
        return replace(self, lines=lines)._completed()

    def _completed(self) -> "PartyLines":
        lines = list(self.lines)
        for kind, what in self.question_set.parties.items():
            mine = [line for line in lines if line.kind == kind]
            if not mine or (what.is_named and mine[-1].name.strip()):
                number = max((line.number for line in lines), default=0) + 1
                lines.append(PartyLine(number, kind))
        return replace(self, lines=tuple(lines))

    def parties(self, t: Words) -> tuple[tuple[str, int, str], ...]:
        """(id, people, own label) of each line with nothing wrong in it."""
        found: dict[str, tuple[str, int, str]] = {}
        for line in self.shown:
            what, people = self.what(line), number_in(line.people, least=1)
            if people is not None and (line.name.strip() or not what.is_named):
                name, called = line.called(what, t)
                found.setdefault(name, (name, people, called if what.is_named else ""))
        return tuple(found.values())

    def wrong(self, field: str, t: Words) -> str:
        """What is wrong with what stands in `field`; empty when nothing is."""
        line = self.line(field)
        if field.startswith(NAME):
            return self._named_before(line, t)
        if not line.people.strip():
            return t(NO_PEOPLE) if self.what(line).is_named else ""
        return "" if number_in(line.people) is not None else t(NOT_A_NUMBER)

    def _named_before(self, line: PartyLine, t: Words) -> str:
        if not line.name.strip():
            return ""
        name, _ = line.called(self.what(line), t)
        for other in self.shown:
            if other is line:
                break
            if other.name.strip() and other.called(self.what(other), t)[0] == name:
                return t(THERE_ALREADY, party=other.called(self.what(other), t)[1])
        return ""

    def first_wrong(self, t: Words) -> str:
        """The first field with something wrong in it; empty when there is none."""
        return next((field for field in self.fields() if self.wrong(field, t)), "")
