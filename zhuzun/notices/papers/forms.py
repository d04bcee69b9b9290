"""Forms of papers."""

from django import forms

from zhuzun.documents.forms import AttachmentField
from zhuzun.notices.papers import proposing, registry
from zhuzun.notices.papers.kinds import IN_FORCE, Contents, Joining, NumberMode, Openness, Urgency
from zhuzun.notices.papers.models import IssuingIdentity, Paper
from zhuzun.organisations.models import Organisation, OrganisationGroup
from zhuzun.ui.formats import one_line
from zhuzun.ui.forms import DayField, Form, ReasonField, SuggestedInput

LINES = {"rows": 3}


class NewPaperForm(Form):
    """What a draft begins with."""

    kind = forms.ChoiceField(label="文种", choices=registry.choices)
    identity = forms.ModelChoiceField(
        label="发文机关", queryset=None, help_text="送各区党（工）委、政府的，以领导小组或市委农办名义代拟。"
    )
    title = forms.CharField(
        label="标题", max_length=120, help_text="发文机关＋事由＋文种，如“中共珠海市委农村工作领导小组关于……的通报”。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["identity"].queryset = IssuingIdentity.objects.named()


class HeadForm(NewPaperForm):
    """What stands round the text."""

    addressed = forms.CharField(
        label="主送写法",
        max_length=120,
        required=False,
        help_text="留空则按主送机关名称排列；如“各区党（工）委、人民政府（管委会）”。",
    )
    enclosures = forms.CharField(
        label="附件说明",
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text="每行一个附件名称，不写序号和标点。",
    )
    note = forms.CharField(label="附注", max_length=100, required=False, help_text="如“此件公开发布”，不写括号。")
    urgency = forms.ChoiceField(label="缓急程度", choices=Urgency.choices)
    openness = forms.ChoiceField(label="公开属性", choices=Openness.choices)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=9999, required=False)
    reply_wanted = forms.BooleanField(label="须收文单位回复", required=False)
    reply_by = DayField(label="回复截止日期", required=False)

    def clean_enclosures(self):
        """One name a line."""
        names = map(one_line, self.cleaned_data["enclosures"].splitlines())
        return [name for name in names if name]


class RecipientsForm(Form):
    """主送 and 抄送, chosen from the bodies of the portal; and a group in one go."""

    main = forms.ModelMultipleChoiceField(label="主送", queryset=None, required=False)
    copies = forms.ModelMultipleChoiceField(label="抄送", queryset=None, required=False)
    group = forms.ModelChoiceField(label="按分组添加", queryset=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("main", "copies"):
            self.fields[name].queryset = Organisation.objects.all()
        self.fields["group"].queryset = OrganisationGroup.objects.all()


class CosignersForm(Form):
    """Whose 会签 is wanted."""

    bodies = forms.ModelMultipleChoiceField(
        label="会签单位", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bodies"].queryset = bodies


class CosignForm(Form):
    """That a body has countersigned."""

    name = forms.CharField(label="会签人", max_length=40)
    on = DayField(label="会签日期")
    opinion = forms.CharField(label="会签意见", max_length=300, required=False)


class EncloseForm(Form):
    """A file that goes out with the paper."""

    file = AttachmentField(label="附件文件")
    note = forms.CharField(label="说明", max_length=200, required=False)


class _Ticks(forms.CheckboxSelectMultiple):
    """Checkboxes of which some cannot be ticked now."""

    def __init__(self, barred):
        super().__init__()
        self.barred = barred

    def create_option(self, name, value, *args, **kwargs):
        """With the barred ones switched off."""
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.barred and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class ProposalsForm(Form):
    """What the portal proposes for a draft: one field for each group, one for the annexes."""

    ANNEXES = "annexes"

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, **kwargs)
        for group in proposing.groups_of(paper.snapshot.get("sections", [])):
            self._add_group(group)
        if paper.annexes:
            self.fields[self.ANNEXES] = forms.MultipleChoiceField(
                label="随文排印的附件",
                required=False,
                choices=[(str(place), one["title"]) for place, one in enumerate(paper.annexes)],
                initial=[str(place) for place, one in enumerate(paper.annexes) if not one.get("left_out")],
                widget=forms.CheckboxSelectMultiple,
            )

    def _add_group(self, group):
        keys = [item["key"] for item in group["items"]]
        barred = registry.barred(group.get("gate", ""), keys)
        self.fields[group["code"]] = forms.MultipleChoiceField(
            label=group["label"],
            help_text=group["hint"],
            required=False,
            choices=[(item["key"], _said_of(item, barred)) for item in group["items"]],
            initial=group["ticked"],
            widget=_Ticks(barred),
        )

    def ticked(self) -> dict:
        """As the service takes it."""
        chosen = dict(self.cleaned_data)
        return {"annexes": [int(place) for place in chosen.pop(self.ANNEXES, [])], "chosen": chosen}


def _said_of(item, barred) -> str:
    why = barred.get(item["key"], "")
    return f"{item['label']}（{why}）" if why else item["label"]


# --- the steps -------------------------------------------------------------------------------------------------------
class StepForm(Form):
    """A word with a step."""

    reason = ReasonField(label="意见", required=False)


class ReasonedForm(Form):
    """A step that needs its reason."""

    reason = ReasonField()


class OutsideForm(Form):
    """签发 in the office's OA or on the 发文稿纸."""

    checker_name = forms.CharField(label="核稿人", max_length=40)
    checked_on = DayField(label="核稿日期")
    signer_name = forms.CharField(label="签发人", max_length=40)
    signed_on = DayField(label="签发日期", help_text="即成文日期。")
    file = AttachmentField(label="签批件扫描件（发文稿纸）")
    reason = ReasonField(label="说明", required=False, help_text="如 OA 文号。")

    def __init__(self, *args, signers, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["signer_name"]
        field.widget = SuggestedInput(signers, attrs=field.widget.attrs)
        if signers:
            field.help_text = f"可选：{'、'.join(signers)}；其他签发人直接填写。"


class NumberForm(Form):
    """登记编号: of an outside series the number itself; of the portal's own nothing but the year."""

    word = forms.CharField(label="发文机关代字", max_length=20, help_text="如“珠委农组”。")
    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    serial = forms.IntegerField(label="顺序号", min_value=1, max_value=99999, help_text="由办公室编排，不写前导零。")

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        if series is not None and series.mode == NumberMode.INTERNAL:
            del self.fields["word"], self.fields["serial"]


class PrintForm(Form):
    """印制用印."""

    on = DayField(label="印发日期", help_text="送印的日期，可晚于成文日期。")


class SealedForm(Form):
    """The sealed paper's scan."""

    file = AttachmentField(label="用印扫描件")


class FileForm(Form):
    """归档."""

    filed_as = forms.CharField(label="归档号", max_length=60, required=False)


class EndForm(ReasonedForm):
    """撤销, 废止."""

    replaced_by = forms.ModelChoiceField(
        label="代替的公文", queryset=None, required=False, help_text="有新文代替的，请选择；收文单位会看到链接。"
    )

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = papers
        self.fields["replaced_by"].label_from_instance = lambda one: f"{one.number_text} {one.title}"


class ServeForm(Form):
    """线下送达."""

    on = DayField(label="送达日期")
    note = forms.CharField(label="送达方式和接收人", max_length=200, help_text="如“机要交换，对方收发室”。")


class ReplyForm(Form):
    """A body's reply."""

    words = forms.CharField(label="回复内容", max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))


class IdentityForm(Form):
    """An issuing identity with its series."""

    masthead = forms.CharField(label="版头（发文机关标志）", max_length=60)
    joining = forms.ChoiceField(label="环节合并", choices=Joining.choices, help_text="拟稿和签发始终为两人。")
    signers = forms.CharField(
        label="签发人", required=False, widget=forms.Textarea(attrs=LINES), help_text="每行一位，登记线下签发时可选。"
    )

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(series)
        for row in self.rows:
            self.fields[f"word_{row.series}"] = forms.CharField(
                label=f"{row.get_series_display()}：代字", max_length=20, required=False, initial=row.word
            )
            self.fields[f"mode_{row.series}"] = forms.ChoiceField(
                label=f"{row.get_series_display()}：编号方式", choices=NumberMode.choices, initial=row.mode
            )
            self.fields[f"qr_{row.series}"] = forms.BooleanField(
                label=f"{row.get_series_display()}：印二维码",
                required=False,
                initial=row.qr,
                help_text="印在首页右上角，扫描后可核对手中的一份是否现行；公文一般不印。",
            )
            for name in ("word", "mode"):
                field = self.fields[f"{name}_{row.series}"]
                field.widget.attrs["class"] = "form-select" if name == "mode" else "form-control"

    def clean_signers(self):
        """One name a line."""
        return [name for line in self.cleaned_data["signers"].splitlines() if (name := one_line(line)[:40])]

    def series(self) -> dict:
        """{series: (word, mode, qr)} as typed."""
        typed = self.cleaned_data
        return {
            row.series: tuple(typed[f"{name}_{row.series}"] for name in ("word", "mode", "qr")) for row in self.rows
        }


class BundleForm(Form):
    """What a zip holds of each paper."""

    contents = forms.ChoiceField(label="内容", choices=Contents.choices, initial=Contents.PDF)


def others(user, paper):
    """The papers that may replace this one."""
    rows = Paper.objects.visible_to(user).filter(state__in=IN_FORCE).exclude(pk=paper.pk)
    return rows.prefetch_related("numbers")
