"""The questions `bart agreements add` asks for what was not given, with a way back."""

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from bart_tool.cli.agreement_fields import day, draft
from bart_tool.cli.terminal import BACK, Back, chosen, is_yes, said
from bart_tool.domain.agreement import MandateStatus
from bart_tool.domain.free_text import harmless
from bart_tool.wording.agreements import facts, position, topic
from bart_tool.wording.labels import mandate
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_, Words

if TYPE_CHECKING:
    from bart_tool.cli.front import Front
    from bart_tool.workflow.open_session import OpenSession

Fields = dict[str, Any]
NO = ("n", "nee", "no")
# Mandate status -> what is asked with it.
_WORDS = {
    "submitted": N_("To which position is it put"),
    "fixed": N_("Where is it laid down already"),
}


def ask(front: "Front", opened: "OpenSession", given: Fields, today: date) -> Fields:
    """Ask for what `given` misses, show the whole, and ask whether it is right."""
    asking = _Asking(front, opened, given, today)
    return front.walk(asking.steps, given)


class _Asking:
    """One agreement being asked for. Each step gives the fields with one more filled in."""

    def __init__(self, front: "Front", opened: "OpenSession", given: Fields, today: date) -> None:
        self.front, self.opened, self.today = front, opened, today
        self.t: Words = front.t
        self.names = Naming(opened.known, opened.session, front.language)
        steps = {
            "topic": self._topic,
            "sentence": self._sentence,
            "parties": self._parties,
            "mandate": self._mandate,
            "written_in": self._written_in,
            "owner": self._owner,
            "check_on": self._check_on,
        }
        asked = [step for key, step in steps.items() if not given.get(key)]
        self.steps = (*asked, self._confirm)

    def _topic(self, front: "Front", fields: Fields) -> Fields:
        from bart_tool.domain.checks import topic_keys
        from bart_tool.workflow.agree import agenda_topics

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
        typed = said(question, fields.get("sentence", ""))
        if not typed:
            front.tell(self.t("An agreement needs a sentence."))
            return self._sentence(front, fields)
        draft({"topic": fields["topic"], "sentence": typed})  # too long is said at once
        return {**fields, "sentence": typed}

    def _parties(self, front: "Front", fields: Fields) -> Fields:
        front.tell(self.t("Who agrees? Type yes, no, or on what condition."))
        agreed = []
        for party in self.opened.session.parties:
            typed = said(f"  {upper_first(self.names.the(party.id))}", self.t("yes"))
            if typed.casefold() not in NO:
                condition = "" if is_yes(typed) else typed
                agreed.append({"party": party.id, "condition": condition})
        return {**fields, "parties": agreed}

    def _mandate(self, front: "Front", fields: Fields) -> Fields:
        front.tell(self.t("May you agree this yourselves?"))
        statuses = list(get_args(MandateStatus))
        self.front.tell_numbered([mandate(status, "", front.language) for status in statuses])
        typed = chosen(self.t("Number"), statuses, "1")
        if typed not in statuses:
            return self._mandate(front, fields)
        asked = _WORDS.get(typed)
        more = said(self.t(asked), fields.get("mandate_words", "")) if asked else ""
        return {**fields, "mandate": typed, "mandate_words": more}

    def _written_in(self, _front: "Front", fields: Fields) -> Fields:
        return {
            **fields,
            "written_in": said(self.t("Where will it be written down (may be empty)")),
        }

    def _owner(self, front: "Front", fields: Fields) -> Fields:
        from bart_tool.domain.agreement_checks import possible_owners

        front.tell(self.t("Which position sees to it?"))
        owners = list(possible_owners(self.opened.session, self.opened.known))
        self.front.tell_numbered([position(owner, self.names) for owner in owners])
        typed = chosen(self.t("Number (empty: nobody yet)"), owners, "")
        if typed and typed not in owners:
            return self._owner(front, fields)
        return {**fields, "owner": typed}

    def _check_on(self, _front: "Front", fields: Fields) -> Fields:
        typed = said(self.t("On which day do you look again (30-6-2027; empty: not yet)"))
        return {**fields, "check_on": day("check_on", typed).isoformat() if typed else ""}

    def _confirm(self, front: "Front", fields: Fields) -> Fields:
        from bart_tool.errors import Severity
        from bart_tool.workflow.agree import questions

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
        if not is_yes(said(self.t("Keep it (yes or {back})", back=BACK), self.t("yes"))):
            raise Back
        return fields
