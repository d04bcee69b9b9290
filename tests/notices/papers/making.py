"""Makes identities and papers for tests: every step through the services, by the person whose step it is."""

from dataclasses import dataclass

from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers.text import Paragraph
from zhuzun.home.demo.scan import SCAN
from zhuzun.notices.papers.kinds import NumberMode, PaperState, Series, Standing
from zhuzun.notices.papers.models import IssuingIdentity, Paper
from zhuzun.notices.papers.services import chain, drafting, serving
from zhuzun.organisations.kinds import OrganisationKind, Relation

NOW = factories.NOW
PDF = SCAN


def identities(group, office, bureau) -> dict:
    """By standing; the leading group's 代字 is the office's own (外部编号), 督办 and 提醒 are the portal's."""
    made = {}
    for body, standing, word in (
        (group, Standing.LEADING_GROUP, "珠委农组"),
        (office, Standing.OFFICE, ""),
        (bureau, Standing.BUREAU, ""),
    ):
        one = IssuingIdentity.objects.create(
            code=standing.value, organisation=body, standing=standing, masthead=f"{body}文件", printer=office
        )
        for series in (Series.DOCUMENT, Series.LETTER, Series.MINUTES):
            one.series.create(series=series, word=word, mode=NumberMode.EXTERNAL)
        for series, inner in ((Series.SUPERVISION, "督办"), (Series.REMINDER, "提醒")):
            one.series.create(series=series, word=inner, mode=NumberMode.INTERNAL, qr=True)
        made[standing] = one
    return made


def offices(world) -> dict:
    """The leading group, its office and the bureau as issuing identities."""
    kind = OrganisationKind
    group = factories.organisation(
        kind.LEADING_GROUP, "市委农村工作领导小组", parent=world.zhuhai, relation=Relation.UPPER
    )
    office = factories.organisation(kind.PARTY_UNIT, "市委农办", parent=world.zhuhai, relation=Relation.EQUAL)
    return identities(group, office, world.bureau)


@dataclass
class Desk:
    """Papers at each step."""

    world: factories.World
    people: dict
    offices: dict

    def draft(
        self, kind="notice", standing=Standing.LEADING_GROUP, title="关于做好协作工作的通知", to=(), **more
    ) -> Paper:
        """A draft with a text, to 香洲区 (a report: to the city)."""
        facts = {"actor": self.people[Role.BUREAU_OFFICER], "now": NOW}
        paper = drafting.draft(
            kind=kind,
            identity=self.offices[standing],
            title=title,
            blocks=[Paragraph("请各单位认真抓好落实。")],
            **facts,
            **more,
        )
        to = list(to) or [self.world.zhuhai if kind == "report" else self.world.xiangzhou]
        return drafting.address(paper, main=to, copies=[], **facts)

    def at(self, state, **more) -> Paper:
        """A paper that has come to `state`."""
        paper = self.draft(**more)
        for target, step in self._steps():
            if paper.state == state:
                return Paper.objects.get(pk=paper.pk)
            paper = step(Paper.objects.get(pk=paper.pk))
            assert paper.state == target
        return Paper.objects.get(pk=paper.pk)

    def _steps(self):
        by = lambda role: {"actor": self.people[role], "now": NOW}  # noqa: E731
        clerk = by(Role.CLERK)
        return (
            (PaperState.CHECKING, lambda one: chain.submit(one, **by(Role.BUREAU_OFFICER))),
            (PaperState.SIGNING, lambda one: chain.check(one, **by(Role.BUREAU_HEAD))),
            (PaperState.REVIEWING, lambda one: chain.sign(one, **by(Role.BUREAU_LEADER))),
            (PaperState.NUMBERING, lambda one: chain.review(one, **clerk)),
            (PaperState.PRINTING, lambda one: self.number(one)),
            (PaperState.ISSUING, lambda one: chain.mark_printed(one, on=NOW.date(), **clerk)),
            (PaperState.ISSUED, lambda one: self.issue(one)),
            (PaperState.FILED, lambda one: chain.file_away(one, filed_as="2022-001", **clerk)),
        )

    def number(self, paper):
        """The next number, or one that no other paper bears."""
        return chain.number(paper, word="珠委农组", serial=100 + paper.pk, actor=self.people[Role.CLERK], now=NOW)

    def issue(self, paper):
        """With the sealed scan where the kind goes out under seal."""
        facts = {"actor": self.people[Role.CLERK], "now": NOW}
        if paper.spec.sealed:
            chain.file_sealed(paper, data=PDF, filename="用印件.pdf", **facts)
        return serving.issue(paper, **facts)
