"""The parts of an agreement: given by option, each misfit named by it, or asked one by one."""

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click
from pydantic import BaseModel

from bart_tool.cli.terminal import BACK, Back, ask_line, chosen, is_yes
from bart_tool.domain.agreement import Agreement, AgreementDraft, Assent, MandateStatus
from bart_tool.domain.agreement_checks import possible_owners
from bart_tool.domain.checks import topic_keys
from bart_tool.domain.days import day_in
from bart_tool.domain.free_text import harmless
from bart_tool.errors import Problem, Severity, WrongUse
from bart_tool.store import shape
from bart_tool.wording.agreements import facts, position, topic
from bart_tool.wording.labels import mandate
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.agree import agenda_topics, questions

if TYPE_CHECKING:
    from bart_tool.cli.front import Front
    from bart_tool.workflow.open_session import OpenSession

M = TypeVar("M", bound=BaseModel)
Fields = dict[str, Any]
NO = ("n", "nee", "no")
# Mandate status -> what is asked with it.
_WORDS = {
    "submitted": N_("To which position is it put"),
    "fixed": N_("Where is it laid down already"),
}


# What an agreement is made of, as its options are called.
FIELDS = (
    "sentence",
    "parties",
    "mandate",
    "mandate_words",
    "written_in",
    "owner",
    "check_on",
    "specified",
    "agreed",
)


def parts_given(t: Words, asked: dict[str, Any]) -> dict[str, Any]:
    """The parts of an agreement that were given, as text; an empty one is taken out."""
    said = {key: asked[key] for key in FIELDS if asked[key] not in (None, ())}
    if "parties" in said:
        said["parties"] = [_assent(t, each) for each in said["parties"] if each]
    return said


def _assent(t: Words, said: str) -> dict[str, str]:
    party, _, condition = said.partition("=")
    if not party:
        raise click.UsageError(
            t("--party needs the name of a party, like wijkraad, not “{said}”.", said=said[:60])
        )
    return {"party": party, "condition": condition}


def draft(given: dict[str, Any]) -> AgreementDraft:
    """The agreement in `given`, all text. Raises WrongUse with all that does not fit."""
    return one(AgreementDraft, _ready(given))


def one(model: type[M], given: dict[str, Any]) -> M:
    """`given` as a `model`. Raises WrongUse with all that does not fit."""
    made, misfits = shape.validate(model, given)
    if made is None:
        raise _refused(misfits)
    return made


def changed(before: Agreement, given: dict[str, Any]) -> AgreementDraft:
    """`before` with what is given in its place; an empty text takes a part out."""
    said = before.model_dump(mode="json", exclude_defaults=True)
    said.pop("id")
    return draft({**said, **given})


def day(key: str, said: str) -> date:
    """A day as people write it: 2027-06-30 or 30-6-2027. Raises WrongUse."""
    found = day_in(said)
    if found is None:
        raise _refused((shape.Misfit("expected-date", (key,), {"key": key}),))
    return found


def _ready(given: dict[str, Any]) -> dict[str, Any]:
    ready = dict(given)
    if isinstance(ready.get("check_on"), str):
        # What is no day is left as it was typed, for the model to refuse by name.
        ready["check_on"] = day_in(ready["check_on"]) or ready["check_on"].strip()
    if "parties" in ready:
        ready["parties"] = [one(Assent, each) for each in ready["parties"]]
    return ready


def option_of(key: str) -> str:
    """The option by which a part of an agreement is given."""
    return _OPTIONS.get(key) or "--" + key.replace("_", "-")


# Where an option is not called after its part.
_OPTIONS = {"parties": "--party", "condition": "--party", "checks": "--note"}


def _refused(misfits: tuple[shape.Misfit, ...]) -> WrongUse:
    problems = tuple(
        Problem(each.code, params={**each.params, "key": option_of(each.params["key"])})
        for each in misfits
    )
    return WrongUse("agreement-does-not-fit", problems)


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
        front.tell(self.t("Who agrees? Type yes, no, or on what condition."))
        agreed = []
        for party in self.opened.session.parties:
            typed = ask_line(f"  {upper_first(self.names.the(party.id))}", self.t("yes"))
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
        more = ask_line(self.t(asked), fields.get("mandate_words", "")) if asked else ""
        return {**fields, "mandate": typed, "mandate_words": more}

    def _written_in(self, _front: "Front", fields: Fields) -> Fields:
        return {
            **fields,
            "written_in": ask_line(self.t("Where will it be written down (may be empty)")),
        }

    def _owner(self, front: "Front", fields: Fields) -> Fields:
        front.tell(self.t("Which position sees to it?"))
        owners = list(possible_owners(self.opened.session, self.opened.known))
        self.front.tell_numbered([position(owner, self.names) for owner in owners])
        typed = chosen(self.t("Number (empty: nobody yet)"), owners, "")
        if typed and typed not in owners:
            return self._owner(front, fields)
        return {**fields, "owner": typed}

    def _check_on(self, _front: "Front", fields: Fields) -> Fields:
        typed = ask_line(self.t("On which day do you look again (30-6-2027; empty: not yet)"))
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
