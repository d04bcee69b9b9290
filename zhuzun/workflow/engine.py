"""Steps from state to state: locked, asked for permission and conditions, recorded; the loser of a race is told."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from zhuzun.accounts.models import Decision
from zhuzun.audit.services import record
from zhuzun.audit.wording import last_act
from zhuzun.errors import DomainError, Refused
from zhuzun.workflow import handbook

YES = Decision(True)


class StateField(FSMField):
    """A text to migrations, which take no step: fsm's own field would listen to every model that each of them draws."""

    def deconstruct(self):
        """As the column of text that it is."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


@dataclass(frozen=True)
class Step:
    """One line of the table: from which states to which, by whose permission, under which conditions.

    A condition is `(obj, actor, now) -> str`: empty when it is met, else the reason in Chinese. An empty permission is
    a step that only the machine or another service takes (opening a period); `action` is its code in the trail.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    action: str
    checks: tuple[Callable, ...] = ()
    note: str = ""  # for docs/states.md: what follows from it


@dataclass(frozen=True)
class Option:
    """A step as one person meets it on a page: to be taken, or shown with its reason."""

    step: Step
    decision: Decision


@dataclass
class Workflow:
    """The states of one kind of record, and the steps between them."""

    code: str
    title: str
    states: type[models.TextChoices]
    steps: tuple[Step, ...]
    field: str = "state"
    by_name: dict[str, Step] = dataclasses.field(init=False)

    def __post_init__(self):
        self.by_name = {step.name: step for step in self.steps}
        if len(self.by_name) != len(self.steps):
            raise ValueError(f"workflow {self.code}: two steps of one name")
        handbook.register(self)

    @property
    def base(self) -> type[models.Model]:
        """The abstract model that gives a record its steps; the record then follows this table and no other."""
        methods = {f"_{step.name}": self._method(step) for step in self.steps}
        meta = type("Meta", (), {"abstract": True})
        name = f"{self.code.title()}Steps"
        return type(name, (ConcurrentTransitionMixin, models.Model), {**methods, "Meta": meta, "__module__": __name__})

    def state_field(self, verbose_name="状态", **kwargs) -> "StateField":
        """The state's field; the first state of the list is where a record begins."""
        first = self.states.values[0]
        return StateField(
            verbose_name, max_length=20, choices=self.states.choices, default=first, protected=True, **kwargs
        )

    def _method(self, step):
        def body(record):
            """Only the state changes here; everything else is the service's."""

        body.__name__ = body.__qualname__ = f"_{step.name}"
        return transition(field=self.field, source=list(step.sources), target=step.target)(body)

    # --- asking ------------------------------------------------------------------------------------------------------
    def why_not(self, obj, name, *, actor, now) -> Decision:
        """Whether `actor` may take the step now, else the first reason: state, then permission, then conditions."""
        step = self.by_name[name]
        state = getattr(obj, self.field)
        if state not in step.sources:
            return Decision(False, self._wrong_state(step, state))
        if actor is not None and step.permission:
            decision = actor.decide(step.permission, obj)
            if not decision.allowed:
                return decision
        reason = next((text for check in step.checks if (text := check(obj, actor, now))), "")
        return Decision(False, reason) if reason else YES

    def options(self, obj, *, actor, now, names=None) -> list[Option]:
        """The steps that leave the state the record is in, each with its decision, in the table's order."""
        state = getattr(obj, self.field)
        here = [step for step in self.steps if state in step.sources and step.permission]
        wanted = [step for step in here if names is None or step.name in names]
        return [Option(step, self.why_not(obj, step.name, actor=actor, now=now)) for step in wanted]

    def _wrong_state(self, step, state) -> str:
        return f"目前状态是“{self.states(state).label}”，不能{step.label}。"

    # --- taking ------------------------------------------------------------------------------------------------------
    def locked(self, obj):
        """The record as it stands now, held until the transaction ends."""
        rows = type(obj)._base_manager.select_for_update(of=("self",))
        return rows.get(pk=obj.pk)

    def take(self, obj, name, *, actor, now, reason="", detail=None, seen=None, **changes):
        """Take one step with the further `changes` of the record, in one transaction; gives the record back.

        `seen` is the state that the person had before his eyes: if another was faster, he is told who and what.
        `actor` is empty where the machine acts.
        """
        step = self.by_name[name]
        with transaction.atomic():
            current = self.locked(obj)
            self._meet_race(current, seen or getattr(obj, self.field))
            self._require(current, name, actor=actor, now=now)
            for key, value in changes.items():
                setattr(current, key, value)
            getattr(current, f"_{name}")()
            current.save()
            record(step.action, actor=actor, now=now, obj=current, reason=reason, detail=detail)
        self._follow(obj, current)
        return current

    def _meet_race(self, current, seen):
        state = getattr(current, self.field)
        if seen != state:
            raise DomainError(
                f"已被他人处理：{last_act(current)}。目前状态是“{self.states(state).label}”，您的操作没有执行，请刷新后查看。"
            )

    def _require(self, current, name, *, actor, now):
        decision = self.why_not(current, name, actor=actor, now=now)
        if decision.allowed:
            return
        step = self.by_name[name]
        if actor is not None and step.permission and not actor.decide(step.permission, current).allowed:
            raise Refused(decision.reason)
        raise DomainError(decision.reason)

    def _follow(self, obj, current):
        """Let the caller's copy show what was written."""
        for concrete in current._meta.concrete_fields:
            value = getattr(current, concrete.attname)
            if concrete.is_relation and concrete.is_cached(obj) and obj.__dict__.get(concrete.attname) != value:
                concrete.delete_cached_value(obj)
            obj.__dict__[concrete.attname] = value
        obj._update_initial_state()
