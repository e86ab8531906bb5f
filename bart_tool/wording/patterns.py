"""The patterns in words: what the answers may point at, and a question. Never a verdict."""

from bart_tool.domain.findings import PatternFinding
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import N_

# Pattern -> (title, what is seen, question). `{subject}` is a position, `{options}` are roles or
# tasks, `{where}` names the decisions or means it shows in.
PATTERNS: dict[str, tuple[str, str, str]] = {
    "role-exceeds-mandate": (
        N_("A large role, little authority"),
        N_("{subject} is given a role that steers ({options}), but has little say on: {where}."),
        N_("Should the role be smaller, or the authority larger? Who may decide that?"),
    ),
    "informal-role-fills-gap": (
        N_("A role somebody took on"),
        N_("{subject} does things nobody laid down ({options}). Its say is thin on: {where}."),
        N_("Which authority is missing, so that this is needed?"),
    ),
    "decision-not-kept": (
        N_("Decided, but not kept"),
        N_("It is known who decides. What was decided is mostly not kept."),
        N_("What does it take to carry the decision out?"),
    ),
    "task-without-means": (
        N_("A task without means"),
        N_("The parties see the same task for {subject}: {options}. There is little of: {where}."),
        N_("What do we let go of, or who provides what?"),
    ),
    "double-role": (
        N_("Two roles in one person"),
        N_("{subject} does two roles at once, and has little time."),
        N_("Who can be freed for this?"),
    ),
    "double-loyalty": (
        N_("Between two sides"),
        N_("{subject} weighs the two sides differently than the others think."),
        N_("When does which interest come first?"),
    ),
    "front-not-back": (
        N_("A say at the start, not at the end"),
        N_("{subject} may join in at the start, but hardly when it is carried out."),
        N_("What may residents do once the work begins?"),
    ),
    "no-tie-breaker": (
        N_("Nobody who settles it"),
        N_("There is no one answer to who settles it when you cannot agree."),
        N_("Who settles it from now on, and how?"),
    ),
    "no-enforcer": (
        N_("Nobody who sees to it"),
        N_("There is no one answer to who sees to it that the agreement is kept."),
        N_("Whom can you call on when it is not kept?"),
    ),
    "falls-between": (
        N_("Between two stools"),
        N_("For a problem that belongs to nobody, each points at another."),
        N_("Who takes it up first, also when it is not theirs?"),
    ),
    "at-table-without-mandate": (
        N_("At the table without a mandate"),
        N_("{subject} can only pass things on, while others expect a promise."),
        N_("What can be promised on the spot?"),
    ),
    "expectation-exceeds-influence": (
        N_("Expecting more than there is"),
        N_("Some wish {subject} clearly more say than is laid down."),
        N_("What do we honestly say about this beforehand?"),
    ),
    "support-on-few-shoulders": (
        N_("Support on few shoulders"),
        N_("{subject} is to carry the support of the neighbourhood, and has few people."),
        N_("Who is not reached now, and who can help?"),
    ),
    "parallel-plans": (
        N_("Plans beside each other"),
        N_("The parties do not see the same relation between the plans."),
        N_("Which plan comes first when they clash?"),
    ),
    "role-without-task": (
        N_("A task and a role that do not match"),
        N_(
            "For {subject} most name this, but not the task or role that belongs with it: "
            "{options}."
        ),
        N_("Which role belongs to this task, or which task to this role?"),
    ),
    "accountable-without-authority": (
        N_("Called to account without authority"),
        N_("Most point at {subject}, which has little say on: {where}."),
        N_("What authority does it take to be called to account for this?"),
    ),
}


def pattern_title(found: PatternFinding, names: Naming) -> str:
    """What a pattern is called."""
    return names.t(PATTERNS[found.pattern][0])


def pattern_question(found: PatternFinding, names: Naming) -> str:
    """The question that a pattern leaves to talk about; never a verdict."""
    return names.t(PATTERNS[found.pattern][2])


def describe_pattern(found: PatternFinding, names: Naming) -> str:
    """What a pattern sees, with its position, roles or tasks, and where it shows.

    It stands on the pattern having been found: its items, and the options named in them.
    """
    subject = names.the(found.subject) if found.subject in names.question_set.parties else ""
    if not subject and found.subject:
        subject = names.text(names.question_set.named(found.subject).in_sentence)
    return names.t(
        PATTERNS[found.pattern][1],
        subject=subject,
        options=names.t.listed(_options(found, names)),
        where=names.t.listed(_where(found, names)),
    )


def _options(found: PatternFinding, names: Naming) -> list[str]:
    items = [names.item(key) for key in found.items]
    texts = []
    for option in found.options:
        named = (names.option(item, option) for item in items)
        texts.append(next((text for text in named if text != option), option))
    return texts


def _where(found: PatternFinding, names: Naming) -> list[str]:
    items = [names.item(key) for key in found.items]
    return [
        names.object(item)[:1].lower() + names.object(item)[1:] for item in items if item.object
    ]
