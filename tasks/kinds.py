"""Closed lists of the policy ledger and the indicator catalogue; stored as ASCII codes, shown in Chinese."""

from django.db.models import TextChoices


class Nature(TextChoices):
    """What a measure asks for, told by its verb (domain.md A.4)."""

    EXPLORE = "explore", "探索"
    SUPPORT = "support", "支持引导"
    BUILD = "build", "建设打造"
    CONTINUE = "continue", "持续开展"
    PERIODIC = "periodic", "定期"


class Part(TextChoices):
    """How a body answers for a paragraph or measure."""

    RESPONSIBLE = "responsible", "责任单位"
    LEAD = "lead", "牵头"
    ASSIST = "assist", "配合"


class Flow(TextChoices):
    """What a figure counts: new in the span, running total of the year, or the state at its end."""

    NEW = "new", "新增"
    CUMULATIVE = "cumulative", "本年累计"
    STOCK = "stock", "期末数"


class Direction(TextChoices):
    """Which way people or money go."""

    NONE = "", "不分方向"
    EAST_WEST = "ew", "东→西"
    WEST_EAST = "we", "西→东"


class Source(TextChoices):
    """Where a figure comes from."""

    REPORTED = "reported", "填报"
    COMPUTED = "computed", "系统计算"


class Family(TextChoices):
    """Family of indicators (domain.md C.2)."""

    ORG = "ORG", "组织领导"
    FUND = "FUND", "资金支持"
    TAL = "TAL", "人才支援"
    LAB = "LAB", "劳务协作"
    IND = "IND", "产业协作"
    CON = "CON", "消费协作"
    RUR = "RUR", "乡村建设"
    REF = "REF", "改革创新"
    SOC = "SOC", "社会动员"
    PAIR = "PAIR", "结对"
