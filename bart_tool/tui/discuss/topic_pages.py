"""The pages of one topic: what stands out, who stands where, who starts speaking, what to ask.

Positions only: no codes, no names, and nobody's own words.
"""

from collections.abc import Iterator, Sequence

from bart_tool.domain.findings import ItemFinding, PatternFinding, Topic
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screens import Leaf
from bart_tool.tui.findings.matrix_rows import matrix_rows
from bart_tool.tui.text import GAP, Part, Row, bullet, heading, line, plain
from bart_tool.wording import finding_sentences as sentences
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.notes import beside
from bart_tool.wording.pattern_sentences import pattern_question, pattern_title
from bart_tool.wording.pictures import Matrix, matrix, matrix_of, parts_of
from bart_tool.wording.questions import asked_of
from bart_tool.wording.translation import Words, words

SEEN, STAND, BESIDE, SPEAK, ASK, AGREE = "seen", "stand", "beside", "speak", "ask", "agree"
# Step of the talk -> the page that is shown when it begins.
PAGE_OF_STEP = {"read": SEEN, "round": SPEAK, "dialogue": ASK, "formulate": AGREE, "consent": AGREE}


def topic_pages(
    topic: Topic, meeting: Meeting, agreed: Sequence[str], t: Words, wide: int
) -> tuple[Leaf, ...]:
    """The pages in the order of the talk, in so many columns.

    `agreed`: the sentences that were agreed on it so far.
    """
    names = meeting.names(t.language)
    about = [meeting.findings.by_key[key] for key in topic.items]
    pages = [Leaf(tuple(_seen(topic, meeting, names, t, wide)), SEEN)]
    pages += [
        Leaf(tuple(_stand(part, names, shown, wide)), STAND)
        for part in parts_of(topic, meeting.findings, names)[1:]
        for shown in (matrix_of(part, names),)
        if shown is not None
    ]
    side = tuple(_beside(about, names, t))
    if side:
        pages.append(Leaf(side, BESIDE))
    pages.append(Leaf(tuple(_speak(meeting, names, t)), SPEAK))
    pages.append(Leaf(tuple(_ask(topic, meeting, names, t)), ASK))
    pages.append(Leaf(tuple(_agree(topic, meeting, names, agreed, t)), AGREE))
    return tuple(pages)


def patterns_of(topic: Topic, patterns: Sequence[PatternFinding]) -> list[PatternFinding]:
    """The patterns that show in the topic's own questions; first where most of them are."""

    def share(found: PatternFinding) -> float:
        return sum(item in topic.items for item in found.items) / len(found.items)

    return sorted((found for found in patterns if share(found)), key=share, reverse=True)


def _seen(topic: Topic, meeting: Meeting, names: Naming, t: Words, wide: int) -> Iterator[Row]:
    """What stands out, with the whole picture of it, so that all claims are seen together."""
    yield line(sentences.what_is_seen(topic, meeting.findings, names), "strong")
    shown = matrix(topic, meeting.findings, names)
    if shown is not None:
        yield GAP
        yield from matrix_rows(shown, wide, words(names.language))
        yield GAP
        yield from _asked(parts_of(topic, meeting.findings, names)[0], names)
    yield line(t("A difference is not a mistake. Each sees it from another place."), "dim")


def _stand(part: Sequence[ItemFinding], names: Naming, shown: Matrix, wide: int) -> Iterator[Row]:
    yield from matrix_rows(shown, wide, words(names.language))
    yield GAP
    yield from _asked(part, names)


def _asked(part: Sequence[ItemFinding], names: Naming) -> Iterator[Row]:
    """The question as people read it; with dots where it was asked about one after another."""
    item = names.item(part[0].item)
    said = asked_of(names.question_set, item, names.language)
    if len({each.subject for each in part}) > 1:
        said = said.replace(names.text(names.question_set.named(item.subject).in_sentence), "…")
    yield line(said, "dim")


def _beside(about: Sequence[ItemFinding], names: Naming, t: Words) -> Iterator[Row]:
    told = [(finding, beside(finding, names)) for finding in about]
    if not any(texts for _, texts in told):
        return
    yield heading(t("Beside each other"))
    for finding, texts in told:
        if not texts:
            continue
        yield GAP
        if len(about) > 1:  # a decision: each question about it, of each position in turn
            item = names.item(finding.item)
            whom = names.text(names.question_set.named(item.subject).label) if item.subject else ""
            yield line(" – ".join(filter(None, (names.question(item), whom))), "strong")
        yield from (bullet(text) for text in texts)


def _speak(meeting: Meeting, names: Naming, t: Words) -> Iterator[Row]:
    yield heading(t("Who starts speaking"))
    yield GAP
    for number, party in enumerate(meeting.speakers(), 1):
        yield Row("", plain(upper_first(names.the(party))), lead=(Part(f"{number}. "),))
    yield GAP
    yield line(t("So everybody is heard: whoever formally decides most, speaks last."), "dim")
    yield line(t("Passing is fine. Nobody has to explain their own answer."), "dim")


def _ask(topic: Topic, meeting: Meeting, names: Naming, t: Words) -> Iterator[Row]:
    yield heading(t("The question"))
    yield GAP
    yield line(t("What makes it look like this from where you sit?"), "strong")
    for found in patterns_of(topic, meeting.findings.patterns)[:1]:
        yield GAP
        yield line(t("Perhaps this plays a part: {title}", title=pattern_title(found, names)))
        yield line(pattern_question(found, names))
        yield GAP
        yield line(t("This is a suspicion, not a conclusion. It is about positions."), "dim")


def _agree(
    topic: Topic, meeting: Meeting, names: Naming, agreed: Sequence[str], t: Words
) -> Iterator[Row]:
    yield heading(t("What do we agree?"))
    yield GAP
    yield line(sentences.question_for(topic, meeting.findings, names), "strong")
    look_up = sentences.look_up(topic, meeting.findings, names)
    if look_up:
        yield line(look_up)
    yield GAP
    yield line(t("One sentence: who does what from now on, and from when?"))
    yield line(t("Then: who agrees, who sees to it, and who may decide this?"))
    if agreed:
        yield GAP
        yield heading(t("Agreed so far"))
        yield from (bullet(sentence) for sentence in agreed)
