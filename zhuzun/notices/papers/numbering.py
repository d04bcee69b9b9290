"""Numbers of papers: a series per 代字 and year without gaps and reuse, or the office's own number, typed in.

`take` runs in the transaction of 登记编号: it locks the series' row, so that ten people at once get ten numbers in a
row, and where the step fails the number was never taken. A voided number stays on record and is not given again.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max

from zhuzun.errors import DomainError
from zhuzun.notices.papers.kinds import NumberMode
from zhuzun.notices.papers.models import NumberCounter, PaperNumber

MOST = 99999


def written(word: str, year: int, number: int) -> str:
    """珠委农组〔2021〕12号: 六角括号, no leading zero."""
    return f"{word}〔{year}〕{number}号"


def take(paper, series, *, actor, now, year, word="", number=None) -> PaperNumber:
    """Give the paper its number: the next of the series, or the one that the office's OA gave (外部编号)."""
    if series.mode == NumberMode.INTERNAL:
        return _write(paper, series.word, year, next_serial(series.word, year), series.mode, actor, now)
    word = "".join((word or series.word).split())
    if not word:
        raise DomainError("请填写发文机关代字，如“珠委农组”。", "word")
    if not number or not 0 < number <= MOST:
        raise DomainError("请填写办公室编排的顺序号，如 12。", "serial")
    if NumberCounter.objects.filter(word=word, year=year).exists():
        raise DomainError(f"“{word}”{year}年由本系统编号，不能填写外部编号。", "word")
    return _write(paper, word, year, number, series.mode, actor, now)


def void(paper, *, reason, actor, now):
    """The paper's number is not used: it stays on record with the reason, and nobody gets it again."""
    rows = PaperNumber.objects.standing().filter(paper=paper)
    rows.update(voided_at=now, voided_by=actor, void_reason=reason.strip()[:500])


def next_serial(word, year) -> int:
    """The next number; whoever comes at the same moment waits here until this transaction ends."""
    typed = PaperNumber.objects.filter(word=word, year=year).aggregate(last=Max("number"))["last"] or 0
    NumberCounter.objects.get_or_create(word=word, year=year, defaults={"last": typed})
    counter = NumberCounter.objects.select_for_update().get(word=word, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _write(paper, word, year, number, mode, actor, now) -> PaperNumber:
    text = written(word, year, number)
    try:
        with transaction.atomic():
            return PaperNumber.objects.create(
                paper=paper, word=word, year=year, number=number, text=text, mode=mode, taken_by=actor, taken_at=now
            )
    except IntegrityError as error:
        raise DomainError(_taken(text, word, year, number), "serial") from error


def _taken(text, word, year, number) -> str:
    """Who has the number already."""
    other = PaperNumber.objects.filter(word=word, year=year, number=number).select_related("paper").first()
    if other is None:
        return "这份公文已经编号，请刷新后查看。"
    state = "已作废，作废的号也不再使用" if other.voided_at else f"已用于《{other.paper.title}》"
    return f"{text}{state}，请核对顺序号。"
