"""Agreements with yearly targets: last year's and this year's signed; some targets even, some by stage, one at the end.

Made up like the figures: what the year is on course for, a little rounded, so that some counties are ahead and some
behind; the city's figure is somewhat more than its counties' sum, as such agreements leave a part undivided.
"""

from datetime import date
from decimal import Decimal

from pairing import agreements
from tasks.kinds import Course
from tasks.models import Indicator
from tasks.services.targets import set_row
from zhuzun.home.demo.cast import person
from zhuzun.home.demo.reporting.acts import at
from zhuzun.home.demo.reporting.figures import STOCK, YEAR
from zhuzun.home.demo.scan import SCAN
from zhuzun.numbers import rounded
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation

AIMS = {
    "FUND01": Course.STAGES,
    "LAB01": Course.EVEN,
    "LAB05": Course.EVEN,
    "LAB08-个": Course.EVEN,
    "IND01": Course.EVEN,
    "IND02": Course.YEAR_END,
    "CON01-采购": Course.EVEN,
    "CON01-帮销": Course.EVEN,
    "TAL01-东→西": Course.YEAR_END,
    "TAL02-东→西": Course.YEAR_END,
}
SHARED_WITH_DISTRICTS = ("FUND01", "IND01", "CON01-采购", "CON01-帮销")
STAGES = {"3": "20", "6": "55", "9": "85"}  # per cent of the year


def sign(times) -> None:
    """An agreement of the year before, and one of the year, each with its scan."""
    year = times.start.year
    city = Organisation.objects.get(kind=OrganisationKind.CITY, code="zy")
    east = Organisation.objects.get(kind=OrganisationKind.CITY, code="zh")
    for number, grown in ((year - 1, Decimal("0.9")), (year, Decimal(1))):
        day = times.work(date(number, 3, 18))
        acting = {"actor": person("bureau"), "now": at(day)}
        title = f"珠海市 遵义市{number}年东西部协作协议（演示）"
        one = agreements.add(level="city", east=east, west=city, year=number, title=title, **acting)
        _promise(one, city, grown, acting)
        agreements.attach_scan(one, data=SCAN, filename=f"{number}年协作协议（演示）.pdf", **acting)
        agreements.sign(one, signed_on=day, number=f"珠遵协（演示）〔{number}〕1号", **acting)
    fund = Indicator.objects.get(code="FUND01")
    row = one.targets.get(indicator=fund, place=city)
    more = {"values": {city: row.value + 500}, "course": row.course, "stages": row.stages}
    later = {"actor": person("bureau"), "now": at(times.work(date(year, 3, 25)), 15)}
    set_row(one, fund, **more, reason="演示：两市联席会议追加", **later)


def _promise(agreement, city, grown, acting):
    counties = list(Organisation.objects.filter(kind=OrganisationKind.COUNTY, parent=city).order_by("position"))
    districts = list(Organisation.objects.filter(kind=OrganisationKind.DISTRICT).order_by("position"))
    for code, course in AIMS.items():
        indicator = Indicator.objects.get(code=code)
        each = rounded(Decimal(YEAR.get(code) or STOCK[code]) * grown, 0)
        values = dict.fromkeys(counties, each) | {city: rounded(each * len(counties) * Decimal("1.03"), 0)}
        if code in SHARED_WITH_DISTRICTS:
            values |= dict.fromkeys(districts, rounded(each * len(counties) / len(districts), 0))
        facts = {"course": course, "stages": STAGES if course == Course.STAGES else {}, "reason": ""}
        set_row(agreement, indicator, values=values, **facts, **acting)
