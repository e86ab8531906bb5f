"""The closing parts: patterns, what parties differ on inside or do not know, how it was made."""

from collections.abc import Iterator

from bart_tool.domain.findings import Findings, ItemFinding
from bart_tool.domain.question_set import QuestionSet
from bart_tool.report.document import (
    Block,
    Bullets,
    Heading,
    Line,
    bullets,
    line,
    linked,
    paragraph,
    strong,
)
from bart_tool.report.machine import METHOD
from bart_tool.wording.naming import Naming
from bart_tool.wording.pattern_sentences import describe_pattern, pattern_question, pattern_title
from bart_tool.wording.plain_words import everywhere
from bart_tool.wording.report_sentences import divided_inside, not_of_everybody, titles

_FEW = 12  # items that are named; of more only how many there are is said


def patterns(findings: Findings, names: Naming) -> Iterator[Block]:
    """The patterns that the answers show, as questions."""
    t = names.t
    yield Heading(2, t("What this may point at"))
    if not findings.patterns:
        yield paragraph(t("The answers show none of the patterns that are looked for."))
        return
    yield paragraph(
        t(
            "These are suspicions, not conclusions. They are about somebody's place in the work "
            "(the position), not about the person."
        )
    )
    yield bullets(
        line(
            strong(pattern_title(found, names) + " "),
            describe_pattern(found, findings, names),
            " ",
            pattern_question(found, names),
        )
        for found in findings.patterns
    )


def inside_parties(findings: Findings, names: Naming) -> Iterator[Block]:
    """Where a party is divided itself: that is for the party to talk about first."""
    t, divided = names.t, divided_inside(findings)
    yield Heading(2, t("Differences inside a party"))
    if not divided:
        yield paragraph(t("We found no party that is divided at a question."))
        return
    yield paragraph(t("This is for the party itself to talk about first."))
    yield bullets(
        line(strong(f"{names.party(party.party)}: "), _named(some, names))
        for party in findings.parties
        if (some := _standing(party.party, ("divided",), divided))
    )


def _standing(party: str, standings: tuple[str, ...], some: list[ItemFinding]) -> list[ItemFinding]:
    return [
        finding
        for finding in some
        if any(p.party == party and p.standing in standings for p in finding.positions)
    ]


def _named(some: list[ItemFinding], names: Naming) -> str:
    if len(some) <= _FEW:
        return titles(some, names)
    return names.t(
        "{number} questions; the tables above name them",
        number=len(some),
    )


def not_known(findings: Findings, names: Naming) -> Iterator[Block]:
    """Of which party it is not known where how it stands, and why."""
    t, some = names.t, not_of_everybody(findings)
    yield Heading(2, t("What we do not know"))
    if not some:
        known = any(party.answered for party in findings.parties)
        yield paragraph(
            t("At every question that is compared each party in view has a picture.")
            if known
            else t("There is nothing to compare yet.")
        )
        return
    reasons = (
        ("unknown", t("{party}, don't know: ")),
        ("closed", t("{party}, cannot be told: ")),
        ("none", t("{party}, no answer: ")),
    )
    lines: list[Line] = []
    for party in findings.parties:
        for standing, said in reasons:
            found = _standing(party.party, (standing,), some)
            if found:
                called = said.format(party=names.party(party.party))
                lines.append(line(strong(called), _named(found, names)))
    yield bullets(lines)


def words_of_the_work(names: Naming) -> Iterator[Block]:
    """Who and what the questions speak of, for who does not know all of these words."""
    explained = list(everywhere(names))
    if explained:
        yield Heading(2, names.t("Words"))
        yield bullets(line(strong(f"{word}: "), meant) for word, meant in explained)


def how_it_was_made(findings: Findings, names: Naming) -> Iterator[Block]:
    """The rules in plain words, with the thresholds of the set."""
    t, limits = names.t, names.question_set.thresholds
    yield Heading(2, t("How this was made"))
    yield Bullets(
        (
            line(
                t(
                    "Everybody has an answer sheet of their own. Before closing bart shows no "
                    "participant the answers of others."
                )
            ),
            line(t("Each party counts the same, however many people it has.")),
            *_standings(names),
            line(
                t(
                    "Difference: {gap} steps or more on a scale, or on both sides of the line "
                    "between advising and deciding. Large difference: {wide} steps or more, or "
                    "{across} across that line. Slight difference: anything less.",
                    gap=t.number(limits.gap),
                    wide=t.number(limits.wide_gap),
                    across=t.number(limits.wide_gap_across_line),
                )
            ),
            line(
                t("“Nobody” and “don't know” are kept apart from no answer, and from each other.")
            ),
            line(
                t(
                    "A party of which somebody wants to be shown only as a group is shown from "
                    "{k} people on, and never with counts: only its picture, that most do not "
                    "know, or that it cannot be told. Its picture stands there only where at "
                    "least {k} people share it.",
                    k=names.session.k,
                )
            ),
            line(t("Words are printed only when their writer ticked that.")),
            line(
                t(
                    "The report holds at most {topics} points: a mix of kinds. Shared is only what "
                    "every party in view sees the same.",
                    topics=limits.page_one,
                )
            ),
        )
    )
    yield paragraph(_set_line(names.question_set, findings, names))
    attribution = names.text(names.question_set.attribution)
    if attribution:
        yield paragraph(attribution)


def _standings(names: Naming) -> Iterator[Line]:
    """When a party has one picture, and when it is divided or does not know."""
    t, limits = names.t, names.question_set.thresholds
    yield line(
        t(
            "A party has a picture where more than {holds} of its people who say something say "
            "the same. On a scale that is the middle answer, and more than {holds} must stand "
            "close to it. Else the party is divided.",
            holds=_part(limits.holds, names),
        )
    )
    yield line(t("A party does not know where at least half of its people answer “don't know”."))
    yield line(
        t(
            "A role counts for a party when at least {share} of its people name it.",
            share=_part(limits.ascribes, names),
        )
    )


def _part(share: float, names: Naming) -> str:
    if share == 0.5:  # as docs/developer/method.md has it, and nearly every set
        return names.t("half")
    return names.t("{number} of 100", number=names.t.number(share * 100))


def _set_line(question_set: QuestionSet, findings: Findings, names: Naming) -> str:
    return names.t(
        "Question set {name}, version {version} ({mark}), round {round}, method {method}.",
        name=question_set.id,
        version=question_set.version,
        mark=names.session.question_set_hash.removeprefix("sha256:")[:12],
        round=findings.round,
        method=METHOD,
    )


def for_whom(names: Naming, appendix: str) -> Iterator[Block]:
    """Who may read the report, in short, and where the rest stands."""
    t = names.t
    yield Heading(2, t("Who may read this"))
    yield paragraph(_for_whom(names))
    if appendix:
        yield paragraph(
            linked(t("The appendix"), document=appendix),
            t(" says at every question what can be told of each party, and how this was made."),
        )


def _for_whom(names: Naming) -> str:
    return names.t(
        "This report is for the people who took part. Settle together who else reads it. Does it "
        "lie with the municipality? Then somebody can ask for it (Open Government Act)."
    )


def who_may_read(names: Naming) -> Iterator[Block]:
    """For whom the report is, and until when the answers are kept."""
    t = names.t
    yield Heading(2, t("Who may read this"))
    lines = [
        line(_for_whom(names)),
        line(
            t(
                "The answers are pseudonymised: they stand under codes, not names. Somebody who "
                "knows a party of one person knows who is meant."
            )
        ),
        line(t("The separate answers stay with the facilitator.")),
    ]
    if names.session.keep_until:
        lines.append(
            line(
                t(
                    "They are erased by {date} at the latest.",
                    date=names.t.day(names.session.keep_until),
                )
            )
        )
    yield bullets(lines)
