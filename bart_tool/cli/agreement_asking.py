"""What `bart agreements add` asks of an agreement, one thing at a time, with a way back."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

from bart_tool.cli.agreement_parts import Fields, day, draft, one
from bart_tool.cli.terminal import BACK, Back, ask_line, chosen, is_yes
from bart_tool.domain.agreement import AgreementDraft, MandateStatus, Unagreed
from bart_tool.domain.agreement_checks import offered_positions
from bart_tool.domain.checks import topic_keys
from bart_tool.domain.free_text import harmless
from bart_tool.errors import Severity
from bart_tool.wording.agreements import facts, formal_line, position, topic
from bart_tool.wording.labels import mandate
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.agree import agenda_topics, questions, unagreed
from bart_tool.workflow.findings import findings

if TYPE_CHECKING:
    from bart_tool.cli.front import Front
    from bart_tool.workflow.open_session import OpenSession

Step = Callable[["Front", Fields], Fields]
# Mandate status -> what is asked with it.
_WORDS = {
    "submitted": N_("To which position is it put"),
    "fixed": N_("Where is it laid down already"),
}


def ask(front: "Front", opened: "OpenSession", given: Fields, today: date) -> Fields:
    """Ask for what `given` misses, show the whole, and ask whether it is right."""
    asking = _Asking(front, opened, given, today)
    return front.walk(asking.steps, given)


def ask_unagreed(front: "Front", opened: "OpenSession", made: AgreementDraft) -> AgreementDraft:
    """Ask what was said of each party that must act and did not agree; nothing said keeps none."""
    said = list(made.unagreed)
    for party, asked in unagreed(opened, made, front.language):
        front.tell(problem_sentence(asked, front.language))
        typed = ask_line(front.t("What was said of it (may be empty)"))
        said += [one(Unagreed, {"party": party, "said": typed}, "--unagreed")] if typed else []
    return made.changed(unagreed=tuple(said))


def numbers(typed: str, values: Sequence[str]) -> list[str] | None:
    """What the typed numbers stand for, like `1 3`; None when something else was typed."""
    found = []
    for each in typed.replace(",", " ").split():
        if each in values:
            found.append(each)
        elif each.isascii() and each.isdigit() and 0 < int(each[:4]) <= len(values):
            found.append(values[int(each[:4]) - 1])
        else:
            return None
    return list(dict.fromkeys(found))


class _Asking:
    """One agreement being asked for. Each step gives the fields with one more filled in."""

    def __init__(self, front: "Front", opened: "OpenSession", given: Fields, today: date) -> None:
        self.front, self.opened, self.today = front, opened, today
        self.given = given
        self.t: Words = front.t
        self.names = Naming(opened.known, opened.session, front.language)
        steps: dict[str, Step] = {
            "topic": self._topic,
            "sentence": self._sentence,
            "parties": self._parties,
            "done_by": self._done_by,
            "owner": self._owner,
            "mandate": self._mandate,
            "written_in": self._written_in,
            "check_on": self._check_on,
        }
        asked = {key: step for key, step in steps.items() if not given.get(key)}
        # It is asked in the last step that says who must act: a step that asks nothing is none that
        # one can go back to.
        last = next((key for key in ("owner", "done_by", "parties") if key in asked), "sentence")
        if last in asked:
            asked[last] = self._then_unagreed(asked[last])
        self.steps = (*asked.values(), self._confirm)

    def _topic(self, front: "Front", fields: Fields) -> Fields:
        keys = agenda_topics(self.opened)
        front.tell(self.t("What is it about?"))
        self.front.tell_numbered([topic(key, self.names) for key in keys])
        front.tell(
            self.t(
                "Something else? Type its key; all keys: bart agreements topics {name}",
                name=self.opened.session.session,
            )
        )
        typed = chosen(self.t("Number or key"), keys, fields.get("topic", ""))
        if typed not in topic_keys(self.opened.known):
            front.tell(self.t("That is no topic of this session."))
            return self._topic(front, fields)
        return {**fields, "topic": typed}

    def _sentence(self, front: "Front", fields: Fields) -> Fields:
        question = self.t("In one sentence: who does what, and from when (positions, no people)")
        typed = ask_line(question, fields.get("sentence", ""))
        if not typed:
            front.tell(self.t("An agreement needs a sentence."))
            return self._sentence(front, fields)
        draft({"topic": fields["topic"], "sentence": typed})  # too long is said at once
        return {**fields, "sentence": typed}

    def _parties(self, front: "Front", fields: Fields) -> Fields:
        front.tell(self.t("Who agrees?"))
        all_parties = [party.id for party in self.opened.session.parties]
        question = self.t("Numbers, like 1 3 (empty: nobody yet)")
        agreed = self._several(front, all_parties, question)
        parties = [{"party": each, "condition": self._condition(front, each)} for each in agreed]
        return {**fields, "parties": parties}

    def _condition(self, front: "Front", party: str) -> str:
        name = upper_first(self.names.the(party))
        typed = ask_line(self.t("{party} agrees if (may be empty)", party=name))
        if typed and not any(sign.isalpha() for sign in typed):
            front.tell(self.t("A condition is in words. Nothing to add? Then press Enter."))
            return self._condition(front, party)
        return typed

    def _several(self, front: "Front", values: Sequence[str], question: str) -> list[str]:
        front.tell_numbered([position(each, self.names) for each in values])
        while (found := numbers(ask_line(question), values)) is None:
            front.tell(self.t("Type only numbers of the list, like 1 3."))
        return found

    def _done_by(self, front: "Front", fields: Fields) -> Fields:
        front.tell(self.t("Which position carries it out?"))
        owners = offered_positions(self.opened.session, self.opened.known)
        question = self.t("Numbers, like 1 3 (empty: not said yet)")
        return {**fields, "done_by": self._several(front, owners, question)}

    def _owner(self, front: "Front", fields: Fields) -> Fields:
        front.tell(self.t("Which position sees to it?"))
        owners = list(offered_positions(self.opened.session, self.opened.known))
        self.front.tell_numbered([position(owner, self.names) for owner in owners])
        typed = chosen(self.t("Number (empty: nobody yet)"), owners, "")
        if typed and typed not in owners:
            return self._owner(front, fields)
        return {**fields, "owner": typed}

    def _then_unagreed(self, step: Step) -> Step:
        def both(front: "Front", fields: Fields) -> Fields:
            said = {**step(front, fields), "unagreed": self.given.get("unagreed", ())}
            made = ask_unagreed(front, self.opened, draft(said))
            return {**said, "unagreed": [each.model_dump() for each in made.unagreed]}

        return both

    def _mandate(self, front: "Front", fields: Fields) -> Fields:
        with front.busy():
            formal = formal_line(fields["topic"], findings(self.opened), self.names)
        if formal:
            front.tell(harmless(formal, one_line=True))
        front.tell(self.t("May you agree this yourselves?"))
        statuses = list(get_args(MandateStatus))
        self.front.tell_numbered([mandate(status, "", front.language) for status in statuses])
        typed = chosen(self.t("Number (empty: not said yet)"), statuses, "")
        if not typed:
            return {**fields, "mandate": None, "mandate_words": ""}
        if typed not in statuses:
            return self._mandate(front, fields)
        asked = _WORDS.get(typed)
        more = ask_line(self.t(asked), fields.get("mandate_words", "")) if asked else ""
        return {**fields, "mandate": typed, "mandate_words": more}

    def _written_in(self, _front: "Front", fields: Fields) -> Fields:
        return {
            **fields,
            "written_in": ask_line(self.t("Where will it be written down (may be empty)")),
        }

    def _check_on(self, _front: "Front", fields: Fields) -> Fields:
        typed = ask_line(self.t("On which day do you look again (1 May 2027; empty: not yet)"))
        return {**fields, "check_on": day("check_on", typed).isoformat() if typed else ""}

    def _confirm(self, front: "Front", fields: Fields) -> Fields:
        made = draft(fields)
        with front.busy():
            asked = questions(self.opened, made, self.today, front.language)
        front.tell("")
        front.tell(harmless(f"{topic(made.topic, self.names)}: {made.sentence}", one_line=True))
        for called, text in facts(made, self.names):
            if text:
                front.tell(harmless(f"  {called}: {text}", one_line=True))
        if asked:
            front.tell(self.t("Talk about this first:"))
        for each in asked:
            front.tell(f"  - {problem_sentence(each, front.language)}")
        if any(each.severity is Severity.ERROR for each in asked):
            raise Back
        if not is_yes(ask_line(self.t("Keep it (yes or {back})", back=BACK), self.t("yes"))):
            raise Back
        return fields
