"""Three clocks for a whole reporting cycle, every day written down: 国庆, the turn of the year, leap February.

Nothing here is reckoned: due days, reminders, lateness and the names of periods are what an office reads off the wall.
2026 is published with its holidays and make-up days (调休); in 2027 and 2028 Monday to Friday are worked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
XIANGZHOU, JINWAN, DOUMEN, GAOXIN = FOUR = ("香洲区", "金湾区", "斗门区", "高新区")
HENGQIN, BUREAU = "横琴粤澳深度合作区", "市乡村振兴局"
FUND, STOCK, FIRMS = "FUND01", "TAL01-东→西", "IND01"  # 财政援助资金到位（万元）, 在岗党政干部, 引导落地企业
COUNTIES = ("凤冈县", "务川县", "赤水市", "习水县", "湄潭县", "道真县")


@dataclass(frozen=True)
class Clock:
    """The days of one cycle, and what they are called."""

    switched_on: str  # the bureau starts the plans
    month_from: str
    quarter_from: str
    before: str  # 上线前数据 of 期末数 are those at the end of this month
    funds_before: dict[str, tuple]  # 上线前数据 of 财政资金: by month, in the order of COUNTIES
    quiet: tuple[str, ...]  # no period opens
    opens: str
    opened: str  # what the job says
    month: str
    ends: str
    due: str
    soon: str
    up: str
    review_until: str  # of what was filed on the due day
    opinion_until: str
    # the working days after the due day
    first: str
    second: str
    third: str
    check_until: str  # of what was filed again on the first
    mornings: tuple[str, ...]  # others than these, on which the jobs run
    reminders: tuple[tuple[str, str, str], ...]
    end: str  # the day of 补报 and 更正
    late_by: str
    quarter: str
    quarter_funds: dict[str, str]  # what the quarter added, in 万元
    quarter_fen: int | None  # the same of all counties, in 分
    quarter_beside: str  # what stands beside the sum
    quiet_then: tuple[str, ...]
    next_opens: str
    next_opened: str
    next_due: str


def day(text) -> date:
    """2026-10-08."""
    return date.fromisoformat(text)


def at(text, hour, minute=0) -> datetime:
    """That day at that time in Shanghai."""
    return datetime.fromisoformat(text).replace(hour=hour, minute=minute, tzinfo=SHANGHAI)


def to_all(on, label) -> tuple:
    """The four districts are told the same on one day."""
    return tuple((on, name, label) for name in FOUR)


# 8 October 2026: everything before it since the opening is holiday, and it is due; Saturday the tenth is worked.
NATIONAL_DAY = Clock(
    switched_on="2026-09-21",
    month_from="2026-09-01",
    quarter_from="2026-07-01",
    before="2026-08",
    funds_before={
        "2026-06": ("800.10", "500.20", "400.40", "200.25", "380.02", "300"),
        "2026-08": ("1000.10", "700.20", "500.40", "250.25", "480.02", "400"),
    },
    quiet=("2026-09-22", "2026-09-30"),
    opens="2026-10-01",
    opened="开启报告期 2026年9月、2026年第三季度，报表 10 份",
    month="2026年9月",
    ends="2026-09-30",
    due="2026-10-08",
    soon="2026-09-29",
    up="2026-10-10",
    review_until="2026-10-12",
    opinion_until="2026-10-10",
    first="2026-10-09",
    second="2026-10-10",
    third="2026-10-12",
    check_until="2026-10-15",
    mornings=("2026-10-05", "2026-10-07", "2026-10-11", "2026-10-13", "2026-10-15"),
    reminders=(
        *to_all("2026-10-08", "截止当日"),
        ("2026-10-08", HENGQIN, "温馨提示"),
        ("2026-10-09", JINWAN, "截止前2个工作日"),
        ("2026-10-09", DOUMEN, "逾期1个工作日"),
        ("2026-10-09", GAOXIN, "逾期1个工作日"),
        ("2026-10-10", JINWAN, "截止前1个工作日"),
        ("2026-10-10", BUREAU, "逾期2个工作日"),
        ("2026-10-12", BUREAU, "拟通报名单"),
        ("2026-10-12", BUREAU, "逾期3个工作日"),
        ("2026-10-16", BUREAU, "拟通报名单"),
    ),
    end="2026-10-16",
    late_by="逾期 7 工作日",
    quarter="2026年第三季度",
    quarter_funds={
        "凤冈县": "430.15",
        "务川县": "329.95",
        "赤水市": "200.05",
        "习水县": "100.05",
        "湄潭县": "140.05",
        "道真县": "150.05",
    },
    quarter_fen=1_350_300_000,
    quarter_beside="未核对 4 项（780.10）、缺 7月 数据",
    quiet_then=("2026-10-31",),
    next_opens="2026-11-01",
    next_opened="开启报告期 2026年10月，报表 5 份",
    next_due="2026-11-05",
)

# 31 January 2027: the year's last month and quarter, closed in January; 1—2月 are one report, so nothing opens on
# 1 February. New Year's Day counts as worked until the year's holidays are entered.
TURN_OF_THE_YEAR = Clock(
    switched_on="2026-12-21",
    month_from="2026-12-01",
    quarter_from="2026-10-01",
    before="2026-11",
    funds_before={
        "2026-09": ("800.10", "500.20", "400.40", "200.25", "380.02", "300"),
        "2026-11": ("1000.10", "700.20", "500.40", "250.25", "480.02", "400"),
    },
    quiet=("2026-12-31",),
    opens="2027-01-01",
    opened="开启报告期 2026年12月、2026年第四季度，报表 10 份",
    month="2026年12月",
    ends="2026-12-31",
    due="2027-01-05",
    soon="2027-01-01",
    up="2027-01-08",
    review_until="2027-01-08",
    opinion_until="2027-01-07",
    first="2027-01-06",
    second="2027-01-07",
    third="2027-01-08",
    check_until="2027-01-13",
    mornings=("2027-01-02", "2027-01-04", "2027-01-11", "2027-01-13", "2027-01-14", "2027-01-29"),
    reminders=(
        *to_all("2027-01-01", "截止前2个工作日"),
        ("2027-01-01", HENGQIN, "温馨提示"),
        *to_all("2027-01-04", "截止前1个工作日"),
        *to_all("2027-01-05", "截止当日"),
        ("2027-01-06", JINWAN, "截止前2个工作日"),
        ("2027-01-06", DOUMEN, "逾期1个工作日"),
        ("2027-01-06", GAOXIN, "逾期1个工作日"),
        ("2027-01-07", JINWAN, "截止前1个工作日"),
        ("2027-01-07", BUREAU, "逾期2个工作日"),
        ("2027-01-08", BUREAU, "拟通报名单"),
        ("2027-01-08", BUREAU, "逾期3个工作日"),
        ("2027-01-14", BUREAU, "拟通报名单"),
    ),
    end="2027-01-31",
    late_by="逾期 18 工作日",
    quarter="2026年第四季度",
    quarter_funds=NATIONAL_DAY.quarter_funds,
    quarter_fen=1_350_300_000,
    quarter_beside="未核对 4 项（780.10）、缺 10月 数据",
    quiet_then=("2027-02-01", "2027-02-28"),
    next_opens="2027-03-01",
    next_opened="开启报告期 2027年1—2月，报表 5 份",
    next_due="2027-03-05",
)

# 29 February 2028: the last day of 1—2月, which are one report; the fifth of March is a Sunday.
LEAP_DAY = Clock(
    switched_on="2028-01-04",
    month_from="2028-01-01",
    quarter_from="2028-01-01",
    before="2027-12",
    funds_before={},
    quiet=("2028-01-31", "2028-02-01", "2028-02-28", "2028-02-29"),
    opens="2028-03-01",
    opened="开启报告期 2028年1—2月，报表 5 份",
    month="2028年1—2月",
    ends="2028-02-29",
    due="2028-03-06",
    soon="2028-03-02",
    up="2028-03-10",
    review_until="2028-03-09",
    opinion_until="2028-03-08",
    first="2028-03-07",
    second="2028-03-08",
    third="2028-03-09",
    check_until="2028-03-14",
    mornings=("2028-03-02", "2028-03-03", "2028-03-05", "2028-03-10", "2028-03-13"),
    reminders=(
        *to_all("2028-03-02", "截止前2个工作日"),
        ("2028-03-02", HENGQIN, "温馨提示"),
        *to_all("2028-03-06", "截止当日"),
        ("2028-03-07", JINWAN, "截止前2个工作日"),
        ("2028-03-07", DOUMEN, "逾期1个工作日"),
        ("2028-03-07", GAOXIN, "逾期1个工作日"),
        ("2028-03-08", BUREAU, "逾期2个工作日"),
        ("2028-03-09", BUREAU, "拟通报名单"),
    ),
    end="2028-03-14",
    late_by="逾期 6 工作日",
    quarter="2028年第一季度",
    quarter_funds={},
    quarter_fen=None,
    quarter_beside="缺报 8 项、缺 1月、2月、3月 数据",
    quiet_then=("2028-03-31",),
    next_opens="2028-04-01",
    next_opened="开启报告期 2028年3月、2028年第一季度，报表 10 份",
    next_due="2028-04-05",
)

CLOCKS = {"8 October": NATIONAL_DAY, "31 January": TURN_OF_THE_YEAR, "29 February": LEAP_DAY}
