"""The closing parts: division inside parties, what is not known, how it was made, who may read."""

from collections.abc import Iterator

from bart_tool.domain.findings import Code, Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.report.document import Block, Bullets, Heading, bullets, line, paragraph, strong
from bart_tool.wording.finding_sentences import title
from bart_tool.wording.naming import Naming


def inside_parties(findings: Findings, names: Naming) -> Iterator[Block]:
    """Where a party is divided itself: that is for the party to talk about first."""
    t = names.t
    divided: dict[str, list[str]] = {}
    for finding in findings.items:
        for flag in finding.flags:
            kind, _, party = flag.partition(":")
            if kind == "divided":
                divided.setdefault(party, []).append(names.title(names.item(finding.item)))
    yield Heading(2, t("Differences inside a party"))
    if not divided:
        yield paragraph(t("Inside the parties no answers lie far apart."))
        return
    yield paragraph(t("This is for the party itself to talk about first."))
    yield bullets(
        line(strong(f"{names.party(party)}: "), "; ".join(titles))
        for party, titles in divided.items()
    )


def not_known(findings: Findings, names: Naming) -> Iterator[Block]:
    """What many do not know or say is nobody's; and what one answer could turn."""
    t = names.t
    found = (
        (t("Nobody, or not known: "), [f for f in findings.items if f.code is Code.NOT_ASSIGNED]),
        (t("Too few answers: "), [f for f in findings.items if f.code is Code.TOO_FEW]),
        (t("One answer can turn it: "), [f for f in findings.items if "tips" in f.flags]),
    )
    yield Heading(2, t("What we do not know"))
    lines = [
        line(strong(said), "; ".join(names.title(names.item(f.item)) for f in some))
        for said, some in found
        if some
    ]
    if lines:
        yield bullets(lines)
    else:
        yield paragraph(t("Every question was answered by at least two parties."))


def how_it_was_made(findings: Findings, names: Naming) -> Iterator[Block]:
    """The rules in plain words, with the thresholds of the set."""
    t, limits = names.t, names.question_set.thresholds
    yield Heading(2, t("How this was made"))
    steps = t.number
    yield Bullets(
        (
            line(t("Everybody answered alone. Nobody saw the answers of others beforehand.")),
            line(t("Each party counts the same, however many people it has.")),
            line(
                t(
                    "On a scale a party stands at its middle answer; with an even number that can "
                    "lie between two levels. Else it stands at the answer most of its people gave."
                )
            ),
            line(
                t(
                    "Difference: {gap} steps or more on a scale, or on both sides of the line "
                    "between advising and deciding. Large difference: {wide} steps or more, or "
                    "{across} across that line. Slight difference: anything less.",
                    gap=steps(limits.gap),
                    wide=steps(limits.wide_gap),
                    across=steps(limits.wide_gap_across_line),
                )
            ),
            line(_ascribing(limits.ascribes, names)),
            line(
                t("“Nobody” and “don't know” are kept apart from no answer, and from each other.")
            ),
            line(
                t(
                    "A party of which somebody wants to be shown only as a group is shown from "
                    "{k} people on. Words are printed only when their writer ticked that.",
                    k=names.session.k,
                )
            ),
        )
    )
    yield paragraph(_set_line(names.question_set, findings, names))
    attribution = names.text(names.question_set.attribution)
    if attribution:
        yield paragraph(attribution)


def _ascribing(share: float, names: Naming) -> str:
    if share == 0.5:  # as docs/developer/method.md has it, and nearly every set
        return names.t("A party sees a role when at least half of its people do.")
    return names.t(
        "A party sees a role when at least {share} of 100 of its people do.",
        share=names.t.number(share * 100),
    )


def _set_line(question_set: QuestionSet, findings: Findings, names: Naming) -> str:
    return names.t(
        "Question set {name}, version {version} ({mark}), round {round}.",
        name=question_set.id,
        version=question_set.version,
        mark=names.session.question_set_hash.removeprefix("sha256:")[:12],
        round=findings.round,
    )


def who_may_read(names: Naming) -> Iterator[Block]:
    """For whom the report is, and until when the answers are kept."""
    t = names.t
    yield Heading(2, t("Who may read this"))
    lines = [
        line(t("This report is for the people who took part. They decide who else may read it.")),
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


def opening(findings: Findings, names: Naming) -> Iterator[Block]:
    """The title, and in two sentences what this is."""
    t = names.t
    yield Heading(1, title(names.session, names.language))
    yield paragraph(
        t(
            "This report lays side by side how the parties see tasks, authority and roles. "
            "A difference is not a mistake. It is something to talk about."
        )
    )
    if not any(party.answered for party in findings.parties):
        yield paragraph(
            t("There are no answers to show. This is what the report looks like once there are.")
        )
