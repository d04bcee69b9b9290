"""Who may write to whom: one table, identity × kind × recipient × 主送 or 抄送 → allowed, warned or refused, and why.

Basis: 党政机关公文处理工作条例 (上行文 下行文 平行文), and how the city's offices stand to each other: the leading
group and its office above districts and municipal units, the bureau 平级 to municipal units, districts' governments
addressed by the leading group or its office only, Zunyi, its counties and 横琴 不相隶属. Pure: no database, no clock.
"""

from dataclasses import dataclass
from enum import StrEnum

from zhuzun.notices.papers.kinds import Part, Standing, Verdict
from zhuzun.organisations.kinds import OrganisationKind, Relation


class Towards(StrEnum):
    """What a recipient is to the city's offices."""

    UPPER = "upper"  # 上级
    GOVERNMENT = "government"  # 各区党（工）委、政府
    DEPARTMENT = "department"  # 区直部门
    MUNICIPAL = "municipal"  # 市直单位、工作组
    SEPARATE = "separate"  # 不相隶属
    SELF = "self"  # the issuing body itself
    UNKNOWN = "unknown"  # nobody entered it


@dataclass(frozen=True)
class Ruling:
    """What the table says, with its rule in Chinese; empty where there is nothing to say."""

    verdict: Verdict
    rule: str = ""


OK = Ruling(Verdict.ALLOWED)
LG, OF, BU = Standing.LEADING_GROUP, Standing.OFFICE, Standing.BUREAU
UP, GOV, DEP, MUN, SEP = (
    Towards.UPPER,
    Towards.GOVERNMENT,
    Towards.DEPARTMENT,
    Towards.MUNICIPAL,
    Towards.SEPARATE,
)


def _no(rule):
    return Ruling(Verdict.REFUSED, rule)


def _mind(rule):
    return Ruling(Verdict.WARNED, rule)


NOT_UPWARD = _no("下行文不得主送上级机关；向上级请用报告，需让上级知悉的列为抄送。")
SEPARATE_ONLY = _no("与该单位不相隶属，只能用函，或列为抄送。")
UNDER_THE_GROUP = _no(
    "部门不得向下级党委、政府行文；请以领导小组或市委农办名义行文（代拟稿），或改送该区乡村振兴部门。"
)
EQUAL_ONLY = _no("市直单位与本局平级，不用{kind}；请用函，或请领导小组、市委农办行文。")
EQUAL_NOTICE = _mind("市直单位与本局平级，一般用函；确需印发通知的，请核稿时说明理由。")
UPWARD_ONLY = _no("报告是上行文，只主送上级机关。")
LETTER_UP = _mind("函用于平级和不相隶属的机关；向上级请用报告。")
LETTER_DOWN = _mind("函用于平级和不相隶属的机关；对下级机关一般用通知。")
LETTER_GOV = _mind("向各区党（工）委、政府行文一般以领导小组或市委农办名义（代拟稿）；本局的函建议送该区乡村振兴部门。")
CHASE_DEPARTMENT = _mind("催报一般送该区乡村振兴部门，由其办理。")
NOT_CHASED = _no("与该单位不相隶属，不催报、不督办；请用函，或经工作组温馨提示。")
NO_COPY_DOWN = _no("上行文不抄送下级机关。")
NO_INNER_COPY = _no("督办、催报事项不抄送不相隶属的单位。")
INNER_UP = _no("督办单、催报提醒是内部便函，不送上级机关；请用报告。")
UNKNOWN_RELATION = _mind("未登记与该单位的行文关系，请先由系统管理员登记，再核对文种。")
TO_ITSELF = _no("不能送发文机关自己。")

# (identity, kind) → recipient → ruling for 主送. A kind of an upper app obeys one of these lines.
MAIN = {
    (LG, "circular"): {UP: NOT_UPWARD, GOV: OK, DEP: OK, MUN: OK, SEP: SEPARATE_ONLY},
    (OF, "circular"): {UP: NOT_UPWARD, GOV: OK, DEP: OK, MUN: OK, SEP: SEPARATE_ONLY},
    (BU, "circular"): {UP: NOT_UPWARD, GOV: UNDER_THE_GROUP, DEP: OK, MUN: EQUAL_ONLY, SEP: SEPARATE_ONLY},
    (LG, "notice"): {UP: NOT_UPWARD, GOV: OK, DEP: OK, MUN: OK, SEP: SEPARATE_ONLY},
    (OF, "notice"): {UP: NOT_UPWARD, GOV: OK, DEP: OK, MUN: OK, SEP: SEPARATE_ONLY},
    (BU, "notice"): {UP: NOT_UPWARD, GOV: UNDER_THE_GROUP, DEP: OK, MUN: EQUAL_NOTICE, SEP: SEPARATE_ONLY},
    (LG, "letter"): {UP: LETTER_UP, GOV: LETTER_DOWN, DEP: LETTER_DOWN, MUN: LETTER_DOWN, SEP: OK},
    (OF, "letter"): {UP: LETTER_UP, GOV: OK, DEP: LETTER_DOWN, MUN: OK, SEP: OK},
    (BU, "letter"): {UP: LETTER_UP, GOV: LETTER_GOV, DEP: LETTER_DOWN, MUN: OK, SEP: OK},
    (LG, "report"): {UP: OK, GOV: UPWARD_ONLY, DEP: UPWARD_ONLY, MUN: UPWARD_ONLY, SEP: UPWARD_ONLY},
    (OF, "report"): {UP: OK, GOV: UPWARD_ONLY, DEP: UPWARD_ONLY, MUN: UPWARD_ONLY, SEP: UPWARD_ONLY},
    (BU, "report"): {UP: OK, GOV: UPWARD_ONLY, DEP: UPWARD_ONLY, MUN: UPWARD_ONLY, SEP: UPWARD_ONLY},
    (LG, "minutes"): {UP: OK, GOV: OK, DEP: OK, MUN: OK, SEP: SEPARATE_ONLY},
    (OF, "minutes"): {UP: OK, GOV: OK, DEP: OK, MUN: OK, SEP: SEPARATE_ONLY},
    (BU, "minutes"): {UP: OK, GOV: UNDER_THE_GROUP, DEP: OK, MUN: OK, SEP: SEPARATE_ONLY},
    (LG, "supervision"): {UP: INNER_UP, GOV: OK, DEP: OK, MUN: OK, SEP: NOT_CHASED},
    (OF, "supervision"): {UP: INNER_UP, GOV: OK, DEP: OK, MUN: OK, SEP: NOT_CHASED},
    (BU, "supervision"): {UP: INNER_UP, GOV: UNDER_THE_GROUP, DEP: OK, MUN: EQUAL_ONLY, SEP: NOT_CHASED},
    (LG, "reminder"): {UP: INNER_UP, GOV: CHASE_DEPARTMENT, DEP: OK, MUN: OK, SEP: NOT_CHASED},
    (OF, "reminder"): {UP: INNER_UP, GOV: CHASE_DEPARTMENT, DEP: OK, MUN: OK, SEP: NOT_CHASED},
    (BU, "reminder"): {UP: INNER_UP, GOV: CHASE_DEPARTMENT, DEP: OK, MUN: OK, SEP: NOT_CHASED},
}
# kind → recipient → ruling for 抄送, where it is not simply allowed; units are below the group and its office.
COPY = {
    "report": {GOV: NO_COPY_DOWN, DEP: NO_COPY_DOWN},
    (LG, "report"): {GOV: NO_COPY_DOWN, DEP: NO_COPY_DOWN, MUN: NO_COPY_DOWN},
    (OF, "report"): {GOV: NO_COPY_DOWN, DEP: NO_COPY_DOWN, MUN: NO_COPY_DOWN},
    "supervision": {SEP: NO_INNER_COPY, UP: INNER_UP},
    "reminder": {SEP: NO_INNER_COPY, UP: INNER_UP},
}


def towards(kind: OrganisationKind, relation: str) -> Towards:
    """What a body of this kind, which stands so to the bureau, is to the city's offices."""
    if relation == Relation.SEPARATE:
        return Towards.SEPARATE
    if relation == Relation.UPPER:
        return Towards.UPPER
    if relation == Relation.LOWER:
        return Towards.GOVERNMENT if kind == OrganisationKind.DISTRICT else Towards.DEPARTMENT
    if relation in (Relation.EQUAL, Relation.SELF):
        return Towards.MUNICIPAL
    return Towards.UNKNOWN


def judge(*, standing: Standing, kind: str, label: str, part: Part, to: Towards) -> Ruling:
    """The table's word; `kind` is the rule line, `label` the word for the paper's kind."""
    if to == Towards.SELF:
        return TO_ITSELF
    if to == Towards.UNKNOWN:
        return UNKNOWN_RELATION
    copy = COPY.get((standing, kind)) or COPY.get(kind, {})
    ruling = copy.get(to, OK) if part == Part.COPY else MAIN[standing, kind][to]
    return Ruling(ruling.verdict, ruling.rule.format(kind=label))
