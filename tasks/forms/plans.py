"""Forms of report plans and of sources."""

import re

from django import forms

from tasks.kinds import Audience, CheckEvery, EntryMode, FilerRule, OpinionRule, PlaceRule
from tasks.models import Indicator, TaskArea
from zhuzun.organisations.forms import BodyChoice
from zhuzun.organisations.kinds import MUNICIPAL_KINDS, OrganisationKind, Relation
from zhuzun.organisations.models import Organisation, OrganisationGroup
from zhuzun.periods.due import DueKind, Shift
from zhuzun.periods.spans import SpanKind
from zhuzun.ui.forms import DayField, Form, ReasonField

REPORTING = (*MUNICIPAL_KINDS, OrganisationKind.DISTRICT, OrganisationKind.COUNTY_TEAM)


class GroupsField(forms.CharField):
    """合并或跳过: «1-2,3,4,…,12»; empty for every one."""

    def __init__(self, **kwargs):
        words = "如 1-2,3,4,5,6,7,8,9,10,11,12 表示1—2月合并；不写的月份（季度）不报；留空为每期都报。"
        super().__init__(**{"label": "合并或跳过", "required": False, "max_length": 60, "help_text": words, **kwargs})

    def to_python(self, value):
        """Lists of numbers."""
        text = re.sub(r"[，、\s]+", ",", (value or "").strip()).replace("—", "-")
        found = []
        for part in filter(None, text.split(",")):
            ends = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", part)
            if not ends:
                raise forms.ValidationError(f"“{part}”看不懂，请写成 1-2,3,4 的形式。")
            first, last = int(ends[1]), int(ends[2] or ends[1])
            found.append(list(range(first, last + 1)))
        return found


def groups_text(groups) -> str:
    """[[1, 2], [3]] → 1-2,3."""
    return ",".join(f"{one[0]}-{one[-1]}" if len(one) > 1 else str(one[0]) for one in groups)


class PlanForm(Form):
    """The rules of a plan."""

    name = forms.CharField(label="名称", max_length=60)
    span_groups = GroupsField()
    first_day = forms.TypedChoiceField(
        label="统计时段", choices=[(1, "自然月"), (26, "上月26日至本月25日")], coerce=int
    )
    ends_on = DayField(label="结束日期", required=False, help_text="到这一天为止；留空为一直执行。")
    due_kind = forms.ChoiceField(label="截止规则", choices=DueKind.choices)
    due_months = forms.IntegerField(label="期末后第几个月", min_value=0, max_value=12, help_text="1为次月。")
    due_day = forms.IntegerField(label="截止日", min_value=1, max_value=31)
    due_workdays = forms.IntegerField(
        label="期末后第几个工作日", min_value=1, max_value=60, help_text="按工作日时使用。"
    )
    due_shift = forms.ChoiceField(label="遇非工作日", choices=Shift.choices)
    up_months = forms.IntegerField(label="上报省：期末后第几个月", required=False, min_value=0, max_value=12)
    up_day = forms.IntegerField(label="上报省：日", required=False, min_value=1, max_value=31)
    soon_workdays = forms.IntegerField(label="临期提示（工作日）", min_value=0, max_value=20)
    review_workdays = forms.IntegerField(label="市局审核时限（工作日）", min_value=1, max_value=20)
    opinion = forms.ChoiceField(label="前方意见", choices=OpinionRule.choices)
    opinion_workdays = forms.IntegerField(label="前方意见时限（工作日）", min_value=1, max_value=20)
    check_workdays = forms.IntegerField(label="核对时限（工作日）", min_value=1, max_value=30)
    grace_workdays = forms.IntegerField(
        label="宽限（工作日）", min_value=0, max_value=20, help_text="只推迟拟通报名单，不改变截止日期。"
    )
    sign_off = forms.BooleanField(label="报送前须本单位审签", required=False)
    head_review = forms.BooleanField(label="须科室负责人审核", required=False)
    evidence = forms.BooleanField(label="须附佐证材料", required=False)
    note = forms.CharField(label="说明", required=False, max_length=300)
    reason = ReasonField(label="调整原因", max_length=200)


class BodiesForm(Form):
    """A group, or a single body."""

    group = forms.ModelChoiceField(label="分组", queryset=OrganisationGroup.objects.none(), required=False)
    organisation = BodyChoice(label="或单个单位", required=False)

    def __init__(self, *args, plan, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = OrganisationGroup.objects.order_by("code")
        self.fields["organisation"].offer(Organisation.objects.on(day).filter(kind__in=REPORTING), day)

    def clean(self):
        """One of the two."""
        cleaned = super().clean()
        if bool(cleaned.get("group")) == bool(cleaned.get("organisation")):
            raise forms.ValidationError("请选择分组或单个单位，且只选其一。")
        return cleaned


class ItemsForm(Form):
    """A figure."""

    indicator = forms.ModelChoiceField(label="指标", queryset=Indicator.objects.none())
    mode = forms.ChoiceField(label="填报口径", choices=EntryMode.choices)
    required = forms.BooleanField(label="必填", required=False, initial=True)

    def __init__(self, *args, plan, day, **kwargs):
        super().__init__(*args, **kwargs)
        asked = plan.items.values("indicator")
        rows = Indicator.objects.filter(active=True, source="reported", sources__isnull=False).exclude(pk__in=asked)
        self.fields["indicator"].queryset = rows.distinct()
        self.fields["indicator"].help_text = "只列出已设置数源的指标；没有的请先在“数源”中设置。"


class NarrativesForm(Form):
    """A text."""

    title = forms.CharField(label="名称", max_length=40)
    area = forms.ModelChoiceField(label="任务领域", queryset=TaskArea.objects.none(), required=False)
    max_chars = forms.IntegerField(label="字数上限", min_value=50, max_value=10000, initial=1500)
    required = forms.BooleanField(label="必填", required=False)
    own_areas_only = forms.BooleanField(label="只向该领域责任单位征集", required=False)

    def __init__(self, *args, plan, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = TaskArea.objects.all()


class LadderForm(Form):
    """A reminder step."""

    relation = forms.ChoiceField(label="适用关系", choices=[(one.value, one.label) for one in Relation])
    offset = forms.IntegerField(label="相对截止日期（工作日）", min_value=-30, max_value=30, help_text="负数为截止前。")
    audience = forms.ChoiceField(label="提醒对象", choices=Audience.choices)

    def __init__(self, *args, plan, day, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        """To bodies of another line of authority only one 温馨提示, before the day."""
        cleaned = super().clean()
        polite = cleaned.get("audience") == Audience.FILER and (cleaned.get("offset") or 0) <= 0
        if cleaned.get("relation") == Relation.SEPARATE and not polite:
            raise forms.ValidationError("对不相隶属单位只作截止前的温馨提示，不催报。")
        return cleaned


PART_FORMS = {"bodies": BodiesForm, "items": ItemsForm, "narratives": NarrativesForm, "ladder": LadderForm}


class ActivateForm(Form):
    """From when on."""

    starts_on = DayField(label="开始日期", help_text="从这一天起的第一个完整时段开始报送，此前不补报。")


class CopyForm(Form):
    """A further plan after the pattern of this one."""

    code = forms.SlugField(label="编码", max_length=40, help_text="小写字母、数字和连字符。")
    name = forms.CharField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="周期", choices=SpanKind.choices)
    starts_on = DayField(label="统计起（一次性）", required=False)
    ends_on = DayField(label="统计止（一次性）", required=False)


class SourceForm(Form):
    """Who files a figure from a day on."""

    indicator = forms.ModelChoiceField(label="指标", queryset=Indicator.objects.none())
    channel = forms.CharField(
        label="选派单位或渠道", required=False, max_length=40, help_text="由几家分别填报、相加时填写；一家填报的留空。"
    )
    rule = forms.ChoiceField(label="数源单位", choices=FilerRule.choices)
    body = BodyChoice(label="指定单位", required=False)
    places = forms.ChoiceField(label="填报范围", choices=PlaceRule.choices)
    check_every = forms.ChoiceField(label="核对（由对应县、市）", choices=CheckEvery.choices, required=False)
    valid_from = DayField(label="起始日期", help_text="原数源到前一天为止。")
    reason = ReasonField(label="依据", max_length=200)

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = Indicator.objects.filter(active=True, source="reported")
        self.fields["body"].offer(Organisation.objects.on(day).filter(kind__in=REPORTING), day)
