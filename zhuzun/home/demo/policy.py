"""The demonstration's policy work: a marked successor that prolongs the policy, and 牵头 bodies for some measures."""

from datetime import date

from tasks.kinds import Part
from tasks.models import Measure, PolicyDocument
from tasks.services.responsibility import set_responsibility
from tasks.services.succession import enter_document, enter_paragraphs
from zhuzun.home.demo import people
from zhuzun.home.demo.calendar import LEADS, SUCCESSION, moment
from zhuzun.organisations.models import Organisation

TEXT = """
1. 工作延续。本文件为演示数据，不是正式文件。
2026年至2030年，珠委农组〔2021〕12号文件确定的结对关系、主要任务和责任分工继续执行，
国家和省另有规定的从其规定。
2. 进展反馈。各区、珠海驻遵义工作组和市直各相关单位继续将有关工作进展情况及时反馈市乡村振兴局。
"""
REASON = "年度任务分工会议（演示）"
# The measures whose wording points to one of the units of its bracket; the others are still open.
LEAD = {
    "zh-renshe": ("7.1", "7.2", "7.3", "7.4", "7.5", "7.8", "7.9", "7.11", "11.5"),
    "zh-yibao": ("7.6",),
    "zh-jiaoyu": ("7.10", "11.4"),
    "zh-fagai": ("8.7",),
    "zh-gongxin": ("8.1",),
    "zh-wenlv": ("8.8", "12.9"),
    "zh-shangwu": ("8.12", "9.7", "9.10"),
    "zh-nongkong": ("9.11",),
    "zh-gongshanglian": ("9.9", "13.2"),
    "zh-zhujian": ("10.4",),
    "zh-zuzhi": ("11.1", "11.6"),
    "zh-kechuang": ("12.8",),
    "zh-zhengshu": ("12.6",),
    "zh-minzheng": ("12.4", "13.4"),
    "zh-gongzuozu": ("8.2", "10.2"),
}
ASSIST = {"zh-jiaoyu": ("7.9", "11.6"), "zh-weijian": ("11.4",), "zh-tuanwei": ("13.4",)}


def build() -> None:
    """What the bureau's officer entered."""
    bureau = people.account("bureau")
    _successor(bureau)
    measures = {measure.number: measure for measure in Measure.objects.select_related("paragraph__document")}
    bodies = {body.code: body for body in Organisation.objects.filter(code__in={*LEAD, *ASSIST})}
    for part, table in ((Part.LEAD, LEAD), (Part.ASSIST, ASSIST)):
        for code, numbers in table.items():
            for number in numbers:
                set_responsibility(
                    measures[number],
                    part=part,
                    organisation=bodies[code],
                    valid_from=LEADS,
                    reason=REASON,
                    actor=bureau,
                    now=moment(LEADS, 15),
                )


def _successor(bureau):
    document = enter_document(
        code="2026-demo",
        title="关于继续做好东西部协作工作的通知（演示）",
        issuer="中共珠海市委农村工作领导小组（演示）",
        issued_on=SUCCESSION,
        term_from=date(2026, 1, 1),
        term_to=date(2030, 12, 31),
        predecessor=PolicyDocument.objects.get(code="2021-12"),
        demonstration=True,
        actor=bureau,
        now=moment(SUCCESSION, 16),
    )
    enter_paragraphs(document, text=TEXT, actor=bureau, now=moment(SUCCESSION, 16, 20))
