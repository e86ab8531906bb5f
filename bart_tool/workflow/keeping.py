"""Putting sheets that came in beside what is known of their writer: merged, kept, never lost."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Sheet, SheetStatus, fingerprint
from bart_tool.errors import BadData
from bart_tool.merge.engine import lay_out
from bart_tool.store import sheets_csv
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.open_session import OpenSession, not_ours

# Of one person: so many different answers to one item, and so many drafts. Whoever sends thousands
# must not make every later merge slower.
MOST_KEPT = sheets_csv.MOST_ANSWERS


@dataclass(frozen=True, slots=True)
class Put:
    """What became of sheets of one person, as far as it may be told: nothing of what they say.

    `is_first`: nothing of this person was handed in before. `draft_here`: a draft that lay here
    made room. `drafts_unused`: these sheets are drafts, and do not count beside what was handed in.
    """

    is_first: bool
    draft_here: bool
    drafts_unused: bool


@dataclass(frozen=True, slots=True)
class ToSave:
    """What is to be saved of one person: `main` in place of the sheet read as `expected`.

    `main`: None where it lies there already. `others`: kept beside it. `replaced`: the items of
    which what tables answered goes. `told`: what may be told once it is saved.
    """

    code: str
    main: Sheet | None
    expected: str | None
    others: tuple[Sheet, ...]
    replaced: frozenset[str]
    told: Put


@dataclass
class Keeping:
    """What is kept in a session beside each person's sheet, while more is put there."""

    folder: StoredSession
    waiting: dict[str, list[Sheet]] = field(default_factory=dict)  # only of whom something does

    def __post_init__(self) -> None:
        for sheet in self.folder.conflict_sheets()[0]:
            self.waiting.setdefault(sheet.participant, []).append(sheet)

    def merged(
        self, opened: OpenSession, code: str, new: Sequence[Sheet], *, replaces: bool
    ) -> ToSave:
        """The sheets `new` of `code` merged with what lies here of that person.

        `opened` is held until it is saved. When it `replaces`, every answer in `new` stands above
        what was here. Raises BadData for a sheet here that cannot be used.
        """
        here = self.folder.sheet(code)
        own = [here[0]] if here else []
        if any(not_ours(opened, sheet) for sheet in own):
            raise BadData("bad-file", file=f"{code}.yaml")
        known = [*own, *self._waiting(code)]
        is_first = not any(_is_handed_in(sheet) for sheet in known)
        replaces = replaces and not is_first and all(_is_handed_in(sheet) for sheet in new)
        items = {item for sheet in new for item in sheet.answers} if replaces else set()
        if replaces:
            new = [_above(sheet, known) for sheet in new]
            known = [sheet.without_tables(items) for sheet in known]
        main, *others = lay_out([*known[: len(own)], *new, *known[len(own) :]])
        drafts = [s for s in (*own, *new) if _is_handed_in(main) and not _is_handed_in(s)]
        is_unused = _is_handed_in(main) and not all(_is_handed_in(sheet) for sheet in new)
        return ToSave(
            code,
            main=main if own != [main] else None,
            expected=here[1] if here else None,
            others=(*self._not_kept_yet(code, others), *drafts[: self._room_for_drafts(code)]),
            replaced=frozenset(items),
            told=Put(is_first, any(sheet in own for sheet in drafts), is_unused),
        )

    def save(self, people: Sequence[ToSave]) -> None:
        """Save what was merged of some people: their sheets at once, so that the disk waits once.

        When this returns all of it is kept. Raises Busy or CannotWrite; then no sheet is saved.
        """
        # First the others: killed in between, nothing is lost and the conflict shows.
        for one in people:
            for sheet in one.others:
                self.folder.keep_conflict(sheet)
        self.folder.save_sheets(
            [(one.main, one.expected) for one in people if one.main is not None]
        )
        for one in people:
            for sheet in one.others:
                if sheet not in self._waiting(one.code):
                    self.waiting.setdefault(one.code, []).append(sheet)
            if one.replaced:
                self._forget_tables(one.code, one.replaced)

    def _waiting(self, code: str) -> Sequence[Sheet]:
        return self.waiting.get(code, ())

    def _not_kept_yet(self, code: str, others: Sequence[Sheet]) -> Iterator[Sheet]:
        """What must be kept of `others`: an answer that is kept already is not kept again."""
        if not others:
            return
        status = others[0].status
        kept: dict[str, set[str]] = defaultdict(set)
        for sheet in self._waiting(code):
            if sheet.status is status:
                for item, answer in sheet.answers.items():
                    kept[item].add(fingerprint(answer))
        new: list[dict[str, Answer]] = []
        for item in others[0].answers:
            answers = [other.answers[item] for other in others if item in other.answers]
            fresh = [answer for answer in answers if fingerprint(answer) not in kept[item]]
            room = MOST_KEPT - 1 - (len(answers) - len(fresh))  # the sheet itself holds one
            for place, answer in enumerate(fresh[: max(room, 0)]):
                new.extend({} for _ in range(place + 1 - len(new)))
                new[place][item] = answer
        for answers_kept in new:
            yield others[0].model_copy(update={"answers": answers_kept})

    def _room_for_drafts(self, code: str) -> int:
        drafts = sum(not _is_handed_in(sheet) for sheet in self._waiting(code))
        return max(0, MOST_KEPT - drafts)

    def _forget_tables(self, code: str, items: frozenset[str]) -> None:
        self.folder.forget_in_conflict(code, items)
        left = (sheet.without_tables(items) for sheet in self._waiting(code))
        self.waiting[code] = [sheet for sheet in left if sheet.answers]


def _is_handed_in(sheet: Sheet) -> bool:
    return sheet.status is SheetStatus.SUBMITTED


def _above(sheet: Sheet, known: Sequence[Sheet]) -> Sheet:
    """`sheet` with every answer newer than what is `known` of its item."""
    last: dict[str, int] = defaultdict(int)
    for each in known:
        for item, answer in each.answers.items():
            last[item] = max(last[item], answer.revision)
        for item, revision in each.wiped.items():
            last[item] = max(last[item], revision)
    answers = {
        item: answer.model_copy(update={"revision": last[item] + 1})
        for item, answer in sheet.answers.items()
    }
    return sheet.model_copy(update={"answers": answers, "wiped": {}})
