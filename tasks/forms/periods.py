"""What the bureau may change of an open period."""

from zhuzun.organisations.forms import BodyChoice
from zhuzun.organisations.kinds import MUNICIPAL_KINDS, OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.forms import DayField, Form, ReasonField

TOLD = "报送单位会看到。"


class MoveForm(Form):
    """Another due date."""

    due_on = DayField(label="新的截止日期")
    reason = ReasonField(label="调整原因", help_text=TOLD, max_length=200)


class ExcuseForm(Form):
    """免报."""

    reason = ReasonField(label="免报原因", help_text=TOLD, max_length=200)


class AddBodyForm(Form):
    """One more body."""

    body = BodyChoice(label="报送单位")
    due_on = DayField(label="报送截止日期")
    reason = ReasonField(label="增加原因", help_text=TOLD, max_length=200)
    field_order = ["body", "due_on", "reason"]

    def __init__(self, *args, form, day, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = (*MUNICIPAL_KINDS, OrganisationKind.DISTRICT, OrganisationKind.COUNTY_TEAM)
        asked = form.parts.values("filer")
        bodies = Organisation.objects.on(day).filter(kind__in=kinds).exclude(pk__in=asked).order_by("position")
        self.fields["body"].offer(bodies, day)
        if form.due_on >= day:
            self.fields["due_on"].initial = form.due_on
        else:
            self.fields["due_on"].help_text = f"本期报送截止日期 {form.due_on} 已过，请给该单位另定日期。"
