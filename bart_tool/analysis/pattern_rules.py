"""The patterns F1 to F16 (docs/developer/method.md 2.7): what the answers together may point at.

Each rule takes its binding and the scene, and yields where it shows. A pattern is a reason to
ask a question, never a verdict: how it is worded is the report's business.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bart_tool.analysis import measures
from bart_tool.analysis.flags import mostly
from bart_tool.analysis.item_table import Cell, ItemTable
from bart_tool.domain import patterns as bound
from bart_tool.domain.answer import NOBODY
from bart_tool.domain.findings import Code, PatternFinding

Shows = Iterator[PatternFinding]
LOST = (Code.NOT_ASSIGNED, Code.UNKNOWN)  # most say nobody, or do not know


def patterns(table: ItemTable) -> Shows:
    """Every pattern of the set that the answers show, in the order F1 to F16."""
    for pattern, binding in table.question_set.patterns.bound():
        yield from RULES[type(binding)](pattern, binding, table)


def role_exceeds_mandate(pattern: str, rule: bound.RoleExceedsMandate, table: ItemTable) -> Shows:
    """F1. A party ascribes S a role that steers; S's mandate on the related decisions is lower.

    Lower: the median over those decisions lies at least one step below the level the role needs.
    Example: the wijkraad is called *trekker*, which takes co-deciding (3); on the related
    decisions it stands at 2 (advises).
    """
    for subject in _taking_part(table, rule.roles):
        for role_cell in table.of_question(rule.roles, subject):
            needs = _needed(role_cell, table, rule.mandate)
            related = _on_decisions(table, rule.mandate, subject, rule.decisions)
            for need in sorted(set(needs.values())):
                low = [
                    cell for cell in related if cell.level is not None and cell.level <= need - 1
                ]
                typical = _typical(related)
                if typical is not None and typical <= need - 1:
                    roles = tuple(role for role, level in needs.items() if level == need)
                    yield _found(pattern, subject, [role_cell, *low], roles)


def _needed(role_cell: Cell, table: ItemTable, mandate: str) -> dict[str, int]:
    """The roles that some party ascribes and that need a mandate, with the level they need."""
    scale = table.of_question(mandate)[0].measure.scale
    seen = frozenset[str]().union(*(standing.top for standing in role_cell.placed))
    options = table.question_set.options(role_cell.item.question, role_cell.item.subject)
    return {o.id: scale.number(o.needs) for o in options if scale and o.needs and o.id in seen}


def informal_role_fills_gap(
    pattern: str, rule: bound.InformalRoleFillsGap, table: ItemTable
) -> Shows:
    """F2. A party ascribes S a role mostly as self-taken; S's mandate is low or disputed.

    Low: at most the level `low`; disputed: the code is gap or wide-gap. Example: the wijkmanager
    is called *fixer*, self-taken, and on cluster capacity stands at 1 (informed).
    """
    for subject in rule.subjects or _taking_part(table, rule.roles):
        for role_cell in table.of_question(rule.roles, subject):
            taken = [
                option
                for option in _ascribed_anywhere(role_cell)
                if (not rule.filling or option in rule.filling) and _is_taken(role_cell, option)
            ]
            thin = [
                cell
                for cell in _on_decisions(table, rule.mandate, subject, rule.decisions)
                if _is_low(cell, rule.low) or _code(table, cell) in (Code.GAP, Code.WIDE_GAP)
            ]
            if taken and thin:
                yield _found(pattern, subject, [role_cell, *thin], taken)


def _is_taken(cell: Cell, option: str) -> bool:
    return any(
        option in standing.top and _mostly(cell, standing.party, option) == "informal"
        for standing in cell.placed
    )


def _mostly(cell: Cell, party: str, option: str) -> str | None:
    tally = cell.tally(party)
    return None if tally is None else mostly(tally, option)


def decision_not_kept(pattern: str, rule: bound.DecisionNotKept, table: ItemTable) -> Shows:
    """F3. All name the same decider, and what was decided is mostly not kept.

    Example: every party says the gemeenteraad decides on the means; *kept* stands at 0 (no).
    """
    for decider in table.of_question(rule.decided_by):
        if _code(table, decider) is not Code.SHARED or _points_to(decider, NOBODY):
            continue
        subject = decider.item.subject
        kept = [c for c in table.of_question(rule.kept) if not subject or c.item.subject == subject]
        meant = [c for c in kept if not rule.boundaries or c.item.object in rule.boundaries]
        broken = [cell for cell in meant if _is_low(cell, rule.not_kept)]
        if broken:
            yield _found(pattern, subject, [decider, *broken], _ascribed_anywhere(decider))


def task_without_means(pattern: str, rule: bound.TaskWithoutMeans, table: ItemTable) -> Shows:
    """F4. S's task is shared, and at least one of its means is low.

    Example: all see the same task for the wijkraad, and its time stands at 1 (low).
    """
    for subject in table.subjects(rule.task):
        for task in table.of_question(rule.task, subject):
            low = [c for c in table.of_question(rule.means, subject) if _is_low(c, rule.low)]
            if _code(table, task) is Code.SHARED and low:
                yield _found(pattern, subject, [task, *low], _ascribed_anywhere(task))


def double_role(pattern: str, rule: bound.DoubleRole, table: ItemTable) -> Shows:
    """F5. Most parties say that S does both roles, and S's time is low."""
    for cell in table.of_question(rule.combines):
        subject = cell.item.subject
        low = [c for c in _objects(table, rule.means, subject, [rule.time]) if _is_low(c, rule.low)]
        if _points_to(cell, rule.yes) and low:
            yield _found(pattern, subject, [cell, *low], [rule.yes])


def double_loyalty(pattern: str, rule: bound.DoubleLoyalty, table: ItemTable) -> Shows:
    """F6. How S weighs two sides differs by at least `steps` between itself and another party."""
    for cell in table.of_question(rule.weighs):
        if cell.own is None or cell.own.median is None:
            continue
        others = [s.median for s in cell.placed if s.kind != cell.item.subject]
        if any(m is not None and abs(m - cell.own.median) >= rule.steps for m in others):
            yield _found(pattern, cell.item.subject, [cell])


def front_not_back(pattern: str, rule: bound.FrontNotBack, table: ItemTable) -> Shows:
    """F7. Participation in the first phases stands at least `steps` above that in the last.

    Each side is the median of its phases. Example: prepare 3, decide 2 (2.5); carry out 0,
    evaluate 1 (0.5): 2 steps.
    """
    for subject in table.subjects(rule.participation):
        front = _objects(table, rule.participation, subject, rule.front)
        back = _objects(table, rule.participation, subject, rule.back)
        before, after = _typical(front), _typical(back)
        if before is not None and after is not None and before - after >= rule.steps:
            yield _found(pattern, subject, [*front, *back])


def no_tie_breaker(pattern: str, rule: bound.NoTieBreaker, table: ItemTable) -> Shows:
    """F8. The parties give two or more answers, or most of them nobody or don't know."""
    for cell in table.of_question(rule.ties):
        code = _code(table, cell)
        different = len(frozenset[str]().union(*(standing.meant for standing in cell.placed))) >= 2
        compared = code is not None and code is not Code.TOO_FEW
        if code in LOST or (compared and (different or _points_to(cell, NOBODY))):
            yield _found(pattern, cell.item.subject, [cell])


def no_enforcer(pattern: str, rule: bound.NoEnforcer, table: ItemTable) -> Shows:
    """F9. Nobody, don't know, or no one that more than half of the parties point at.

    Who works for a kind of party counts as that party: see `Standing.meant`.
    """
    for cell in table.of_question(rule.upholds):
        code = _code(table, cell)
        if code is None or code is Code.TOO_FEW:
            continue
        named = {whom for standing in cell.placed for whom in standing.meant if whom != NOBODY}
        if code in LOST or not any(_is_meant_by_most(cell, whom) for whom in named):
            yield _found(pattern, cell.item.subject, [cell])


def falls_between(pattern: str, rule: bound.FallsBetween, table: ItemTable) -> Shows:
    """F10. Every party points away from itself, and they do not all name the same other."""
    for cell in table.of_question(rule.picks_up):
        away = not any(standing.claims for standing in cell.placed)
        if away and len({standing.meant for standing in cell.placed}) >= 2:
            yield _found(pattern, cell.item.subject, [cell])


def at_table_without_mandate(
    pattern: str, rule: bound.AtTableWithoutMandate, table: ItemTable
) -> Shows:
    """F11. S says it can only pass things on; another party expects it to commit."""
    for cell in table.of_question(rule.promises):
        own = cell.own.median if cell.own else None
        if own is None or own > _number(cell, rule.passes_on):
            continue
        commits = _number(cell, rule.commits)
        others = [s.median for s in cell.placed if s.kind != cell.item.subject]
        if any(median is not None and median >= commits for median in others):
            yield _found(pattern, cell.item.subject, [cell])


def expectation_exceeds_influence(
    pattern: str, rule: bound.ExpectationExceedsInfluence, table: ItemTable
) -> Shows:
    """F12. Some party wishes S a level at least `steps` above what is formally so."""
    for formal in table.of_question(rule.formal):
        for wish in table.of_question(rule.wish, formal.item.subject):
            if wish.item.object != formal.item.object or formal.level is None:
                continue
            wished = max((s.median for s in wish.placed if s.median is not None), default=None)
            if wished is not None and wished - formal.level >= rule.steps:
                yield _found(pattern, formal.item.subject, [formal, wish])


def support_on_few_shoulders(
    pattern: str, rule: bound.SupportOnFewShoulders, table: ItemTable
) -> Shows:
    """F13. A party sees S carry the support, and S has few people."""
    for subject in table.subjects(rule.roles):
        for cell in table.of_question(rule.roles, subject):
            people = _objects(table, rule.means, subject, [rule.people])
            few = [c for c in people if _is_low(c, rule.low)]
            if rule.support in _ascribed_anywhere(cell) and few:
                yield _found(pattern, subject, [cell, *few], [rule.support])


def parallel_plans(pattern: str, rule: bound.ParallelPlans, table: ItemTable) -> Shows:
    """F14. The parties do not all see the plans' relation the same."""
    for cell in table.of_question(rule.relation):
        if _code(table, cell) in (Code.WIDE_GAP, Code.GAP, *LOST):
            yield _found(pattern, cell.item.subject, [cell])


def role_without_task(pattern: str, rule: bound.RoleWithoutTask, table: ItemTable) -> Shows:
    """F15. Most parties give S a task and none a role that serves it, or the reverse.

    The reverse: most parties ascribe S a role, and none of them names a task that it serves. The
    item in which something is named comes first. What a group does not ascribe is not known, so
    beside one nobody can say that no role serves a task.
    """
    for subject in table.subjects(rule.task):
        for task in table.of_question(rule.task, subject):
            for role in table.of_question(rule.roles, subject):
                if not task.placed or not role.placed:
                    continue
                if all(standing.chosen is not None for standing in role.placed):
                    bare = _bare(rule, task, role)
                    if bare:
                        yield _found(pattern, subject, [task, role], bare)
                loose = _loose(rule, task, role)
                if loose:
                    yield _found(pattern, subject, [role, task], loose)


def _bare(rule: bound.RoleWithoutTask, task: Cell, role: Cell) -> list[str]:
    """The tasks that most parties name, and that no role serves that a party ascribes."""
    roles = set(_ascribed_anywhere(role))
    return [t for t in rule.fits if _points_to(task, t) and not roles.intersection(rule.fits[t])]


def _loose(rule: bound.RoleWithoutTask, task: Cell, role: Cell) -> list[str]:
    """The roles that most parties ascribe, and that serve no task that a party names."""
    tasks = _ascribed_anywhere(task)
    serving = {role for roles in rule.fits.values() for role in roles}
    return [
        r
        for r in sorted(serving)
        if _points_to(role, r) and not any(r in rule.fits.get(t, ()) for t in tasks)
    ]


def accountable_without_authority(
    pattern: str, rule: bound.AccountableWithoutAuthority, table: ItemTable
) -> Shows:
    """F16. Most parties hold S to account, and S's mandate on the related decisions is low."""
    for cell in table.of_question(rule.accountable):
        for subject in table.kinds:
            related = _on_decisions(table, rule.mandate, subject, rule.decisions)
            typical = _typical(related)
            if not _points_to(cell, subject) or typical is None:
                continue
            if typical <= _number(related[0], rule.low):
                low = [c for c in related if _is_low(c, rule.low)]
                yield _found(pattern, subject, [cell, *low])


# -- what the rules share


def _found(
    pattern: str, subject: str, cells: Iterable[Cell], options: Iterable[str] = ()
) -> PatternFinding:
    return PatternFinding(pattern, subject, tuple(c.item.key for c in cells), tuple(options))


def _taking_part(table: ItemTable, question: str) -> tuple[str, ...]:
    return tuple(subject for subject in table.subjects(question) if subject in table.kinds)


def _objects(
    table: ItemTable, question: str, subject: str, objects: Sequence[str]
) -> tuple[Cell, ...]:
    return tuple(c for c in table.of_question(question, subject) if c.item.object in objects)


def _on_decisions(
    table: ItemTable, mandate: str, subject: str, decisions: Sequence[str]
) -> tuple[Cell, ...]:
    """What the mandate question says of `subject` on the named decisions, or on all."""
    about = table.of_question(mandate, subject)
    return tuple(c for c in about if not decisions or c.item.object in decisions)


def _typical(cells: Iterable[Cell]) -> float | None:
    """The median level over cells that have one."""
    levels = [cell.level for cell in cells if cell.level is not None]
    return measures.middle_of(levels) if levels else None


def _number(cell: Cell, level: str) -> int:
    if cell.measure.scale is None:
        raise KeyError(level)
    return cell.measure.scale.number(level)


def _is_low(cell: Cell, level: str) -> bool:
    return cell.level is not None and cell.level <= _number(cell, level)


def _code(table: ItemTable, cell: Cell) -> Code | None:
    return table.codes[cell.item.key]


def _points_to(cell: Cell, option: str) -> bool:
    """Whether more than half of the parties with a position have `option` in it."""
    pointing = sum(option in standing.top for standing in cell.placed)
    return 2 * pointing > len(cell.placed)


def _is_meant_by_most(cell: Cell, whom: str) -> bool:
    pointing = sum(whom in standing.meant for standing in cell.placed)
    return 2 * pointing > len(cell.placed)


def _ascribed_anywhere(cell: Cell) -> tuple[str, ...]:
    """The options in the position of any party, in the order of the set."""
    seen = frozenset[str]().union(*(standing.top for standing in cell.placed))
    options = frozenset(option for option in seen if "@" not in option)
    return cell.measure.order(options, cell.item.subject)


RULES: dict[type[bound.Binding], Callable[[str, Any, ItemTable], Shows]] = {
    bound.RoleExceedsMandate: role_exceeds_mandate,
    bound.InformalRoleFillsGap: informal_role_fills_gap,
    bound.DecisionNotKept: decision_not_kept,
    bound.TaskWithoutMeans: task_without_means,
    bound.DoubleRole: double_role,
    bound.DoubleLoyalty: double_loyalty,
    bound.FrontNotBack: front_not_back,
    bound.NoTieBreaker: no_tie_breaker,
    bound.NoEnforcer: no_enforcer,
    bound.FallsBetween: falls_between,
    bound.AtTableWithoutMandate: at_table_without_mandate,
    bound.ExpectationExceedsInfluence: expectation_exceeds_influence,
    bound.SupportOnFewShoulders: support_on_few_shoulders,
    bound.ParallelPlans: parallel_plans,
    bound.RoleWithoutTask: role_without_task,
    bound.AccountableWithoutAuthority: accountable_without_authority,
}
