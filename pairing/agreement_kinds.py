"""Levels, states and steps of cooperation agreements (协作协议)."""

from django.db.models import TextChoices

from zhuzun.workflow import Step, Workflow


class AgreementLevel(TextChoices):
    """Between whom an agreement is made."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "区县级"
    DEPARTMENT = "department", "部门"


class AgreementState(TextChoices):
    """How an agreement stands."""

    DRAFT = "draft", "草拟"
    SIGNED = "signed", "已签订"
    REVISED = "revised", "已修订"


def has_scan(agreement, actor, now):
    """The signed paper is attached."""
    return "" if agreement.has_scan() else "请先上传协议扫描件。"


A = AgreementState
AGREEMENT = Workflow(
    "agreement",
    "协作协议",
    AgreementState,
    (
        Step(
            "sign",
            "登记签订",
            (A.DRAFT,),
            A.SIGNED,
            "pairing.edit_agreement",
            "agreement.sign",
            (has_scan,),
            note="its targets hold from now on; an agreement that it revises becomes 已修订",
        ),
        Step(
            "supersede",
            "修订",
            (A.SIGNED,),
            A.REVISED,
            "",
            "agreement.revise",
            note="with the signing of the agreement that revises it",
        ),
    ),
)
