"""Forms of pairings: they read what was typed; services decide."""

from django import forms

from pairing.candidates import SIDES, fits, kind_choices
from pairing.kinds import RULES, PairingKind
from pairing.models import Pairing
from pairing.parties import NotFound
from zhuzun.organisations.forms import BodyChoice
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.forms import DayField, Form, ReasonField

BASIS_HELP = "文号或协议名称，如：珠委农组〔2021〕12号、2026年镇街结对协议。"


class BasisField(forms.CharField):
    """The document that makes or ends a pairing."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "依据文件", "max_length": 200, "help_text": BASIS_HELP, **kwargs})


class CountyForm(Form):
    """A new row of the annex."""

    east = BodyChoice(label="珠海方（区、功能区）")
    west = BodyChoice(label="遵义方（县、市）")
    valid_from = DayField(label="起始日期")
    valid_to = DayField(label="截止日期", required=False, help_text="最后一天，含当日；没有约定期限可不填。")
    basis = BasisField()
    note = forms.CharField(label="说明", max_length=500, required=False)

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        offer_both(self, day)


def offer_both(form, day):
    """Districts on one side, counties on the other."""
    for name, kind in (("east", OrganisationKind.DISTRICT), ("west", OrganisationKind.COUNTY)):
        form.fields[name].offer(Organisation.objects.on(day).filter(kind=kind).order_by("position"), day)


class EndForm(Form):
    """The last day of a pairing."""

    valid_to = DayField(label="截止日期", help_text="最后一天，含当日。")
    basis = BasisField(label="终止依据")
    reason = ReasonField(label="终止原因", max_length=300)


class ReplaceForm(Form):
    """What takes a pairing's place; the old one ends the day before."""

    valid_from = DayField(label="新结对起始日期", help_text="原结对到前一天为止。")
    basis = BasisField()
    reason = ReasonField(label="接续原因", max_length=300)


class ReplaceCountyForm(ReplaceForm):
    """Another district for a county, another county for a district, or the same two under a new document."""

    east = BodyChoice(label="珠海方（区、功能区）")
    west = BodyChoice(label="遵义方（县、市）")
    field_order = ["east", "west"]

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        offer_both(self, day)


PARTY_HELP = "简称、全称、曾用名均可；重名的写明所在地，如：正安县/瑞溪镇/某村。"


class CorrectForm(Form):
    """What was typed wrongly, put right: the parties too, each written as in a table that is imported."""

    east = forms.CharField(label="珠海方", max_length=120, help_text=PARTY_HELP)
    west = forms.CharField(label="遵义方", max_length=120, help_text=PARTY_HELP)
    valid_from = DayField(label="起始日期")
    valid_to = DayField(label="截止日期", required=False, help_text="最后一天，含当日；留空表示仍然有效。")
    basis = BasisField()
    end_basis = forms.CharField(label="终止依据", max_length=200, required=False)
    end_reason = forms.CharField(label="终止原因", max_length=300, required=False)
    note = forms.CharField(label="说明", max_length=500, required=False)
    reason = ReasonField(label="更正原因", help_text="将记入办理记录。实际换了单位的不在这里更正，请用“接续”。")

    def __init__(self, *args, pairing, directory, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing, self.directory = pairing, directory
        for side in SIDES:
            self.initial[side] = directory.label(getattr(pairing, f"{side}_id"))

    def clean(self):
        """Both sides as bodies: the one that stands where nothing else was written."""
        cleaned = super().clean()
        for side in SIDES:
            if side in cleaned:
                self._take_party(side, cleaned)
        return cleaned

    def _take_party(self, side, cleaned):
        if cleaned[side] == self.initial[side]:
            cleaned[side] = getattr(self.pairing, side)
            return
        kinds = getattr(RULES[PairingKind(self.pairing.kind)], side)
        try:
            day = cleaned.get("valid_from")
            cleaned[side] = self.directory.find(cleaned[side], kinds=kinds, day=day, side=side)
        except NotFound as error:
            self.add_error(side, str(error))


class ScopeForm(forms.Form):
    """First step, kept in the address bar: what kind, below which county pairing, in which townships."""

    kind = forms.ChoiceField(label="结对类型")
    frame = forms.ChoiceField(label="所属区县结对")
    east_town = forms.CharField(required=False, max_length=40)
    east_text = forms.CharField(required=False, max_length=60)
    west_town = forms.CharField(required=False, max_length=40)
    west_text = forms.CharField(required=False, max_length=60)
    east = forms.CharField(required=False, max_length=40)
    west = forms.CharField(required=False, max_length=40)

    def __init__(self, data, *, offered, day):
        self.offered = {frame.number: frame for frame in offered}
        super().__init__(data)
        self.fields["kind"].choices = kind_choices()
        self.fields["frame"].choices = [(frame.number, frame_label(frame, day)) for frame in offered]

    def clean(self):
        """The pairing that was chosen must suit the kind."""
        cleaned = super().clean()
        if "kind" in cleaned and "frame" in cleaned:
            cleaned["frame"] = self.offered[cleaned["frame"]]
            if not fits(cleaned["kind"], cleaned["frame"]):
                self.add_error("frame", "这一类型须选择区县结对。")
        return cleaned


def frame_label(frame: Pairing, day) -> str:
    """«香洲区—凤冈县», marked where it has ended."""
    ended = "（已终止）" if frame.valid_to and frame.valid_to < day else ""
    return f"{frame.east.name_on(day)}—{frame.west.name_on(day)}{ended}"


class PartiesMixin(Form):
    """Both parties, chosen among the bodies that the first step found."""

    def __init__(self, *args, sides, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.bodies = {}
        for name in SIDES:
            bodies = sides[name].bodies if sides else []
            self.bodies[name] = {body.code: body for body in bodies}
            field = forms.ChoiceField(
                label=sides[name].label if sides else "",
                choices=[("", "请选择"), *((body.code, body.name_on(day)) for body in bodies)],
                error_messages={"invalid_choice": "请从列出的单位中选择。"},
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[name] = field
        self.order_fields([*SIDES, "valid_from", "valid_to", "basis", "reason", "note"])

    def _party(self, name):
        return self.bodies[name][self.cleaned_data[name]]

    def clean_east(self):
        """The body itself."""
        return self._party("east")

    def clean_west(self):
        """The body itself."""
        return self._party("west")


class SubForm(PartiesMixin):
    """Second step of a new pairing below the county level."""

    valid_from = DayField(label="起始日期")
    valid_to = DayField(label="截止日期", required=False, help_text="最后一天，含当日；没有约定期限可不填。")
    basis = BasisField()
    note = forms.CharField(label="说明", max_length=500, required=False)


class ReplaceSubForm(PartiesMixin, ReplaceForm):
    """Second step of what takes a pairing's place."""
