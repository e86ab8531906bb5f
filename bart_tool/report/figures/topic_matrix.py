"""The picture of a topic: who looks, at what, and what is said there, as wide as a phone."""

import re

from bart_tool.domain.findings import Findings, Topic
from bart_tool.report.document import Figure
from bart_tool.report.figures import counts, drawing, ladders
from bart_tool.report.figures.drawing import LINE, MARGIN, SIZE, STRONG
from bart_tool.report.figures.pieces import ROOM
from bart_tool.wording.naming import Naming
from bart_tool.wording.pictures import matrix

_NO_NAME = re.compile("[^a-z0-9]+")


def drawn(topic: Topic, findings: Findings, names: Naming) -> Figure | None:
    """The matrix of `topic`; None where nobody is known to have answered."""
    shown = matrix(topic, findings, names)
    if shown is None:
        return None
    asked = drawing.wrapped(shown.asked, ROOM, STRONG)
    tense = drawing.wrapped(shown.tense, ROOM, SIZE)
    below = MARGIN + 12 + LINE * len(asked)
    parts = [
        drawing.lines(MARGIN, MARGIN + 12, asked, "strong"),
        drawing.lines(MARGIN, below, tense, "dim"),
    ]
    top = below + LINE * (len(tense) - 1) + 10
    draw = ladders.draw if shown.is_ladder else counts.draw
    made, bottom = draw(shown, top, names.t)
    name = "topic-" + _NO_NAME.sub("-", topic.key.lower()).strip("-")[:80]
    title = names.topic(topic.key, topic.items)
    svg = drawing.picture(name, title, shown.told, bottom + MARGIN, [*parts, *made])
    return Figure(name, shown.told, svg)
