"""Keeping an issuing identity: its masthead, its series of numbers, which steps it joins."""

from django.db import transaction

from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.notices.papers.kinds import NumberMode
from zhuzun.notices.papers.models import IssuingIdentity


def change(identity, *, masthead, joining, signers, series, actor, now) -> IssuingIdentity:
    """`series` is {series: (代字, mode, qr)}; numbers already given keep theirs."""
    actor.decide("notices.edit_identity").enforce()
    with transaction.atomic():
        detail = {"masthead": [identity.masthead, masthead.strip()], "joining": [identity.joining, joining]}
        identity.masthead, identity.joining, identity.signers = masthead.strip(), joining, signers
        identity.save()
        for row in identity.series.select_for_update():
            word, mode, qr = series[row.series]
            word = "".join(word.split())
            if mode == NumberMode.INTERNAL and not word:
                raise DomainError("本系统编号须先填写代字。", f"word_{row.series}")
            before = _words(row)
            row.word, row.mode, row.qr = word, mode, qr
            if _words(row) != before:
                detail[row.get_series_display()] = [before, _words(row)]
                row.save()
        changed = {key: value for key, value in detail.items() if value[0] != value[1]}
        record("identity.change", actor=actor, now=now, obj=identity, detail=changed)
    return identity


def _words(row) -> str:
    """珠委农组 外部编号, and whether its papers bear a QR code."""
    return f"{row.word} {row.get_mode_display()}{' 印二维码' if row.qr else ''}"
