"""分送 and its receipts; signing, answering, 线下送达 and reminding are the pages of our own papers, asked of these."""

from zhuzun import clock
from zhuzun.notices.incoming import forms
from zhuzun.notices.incoming.models import IncomingDelivery, IncomingPaper
from zhuzun.notices.incoming.services import serving
from zhuzun.notices.incoming.views.guarded import Unclassified
from zhuzun.notices.incoming.views.registering import StepForm
from zhuzun.notices.papers.views import serving as ours
from zhuzun.notices.papers.views.drafting import ADDRESSEES
from zhuzun.organisations.models import Organisation


class Distribute(StepForm):
    """分送: to whom, for what; again for more bodies."""

    step = "distribute"
    title, submit_label, done_message = "分送", "分送", "已分送，收文单位的收件箱中已有通知。"
    template_name = "notices/incoming/distribute.html"
    form_class = forms.DistributeForm

    def get_form(self, *args, **kwargs):
        """Every body that has not got it yet, in the groups in which our own papers are addressed."""
        return self.form_class(*args, groups=self.groups(), initial=self.get_initial(), **kwargs)

    def groups(self):
        """[(word, [(key, name)])]."""
        day = clock.today()
        rows = Organisation.objects.visible_to(self.request.user).on(day).exclude(pk=self.request.user.home.pk)
        rows = rows.exclude(pk__in=self.object.deliveries.values("organisation"))
        rows = list(rows.filter(kind__in=[kind for _, kinds in ADDRESSEES for kind in kinds]).order_by("position"))
        found = [
            (word, [(str(body.pk), body.name_on(day)) for body in rows if body.kind in kinds])
            for word, kinds in ADDRESSEES
        ]
        return [(word, bodies) for word, bodies in found if bodies]

    def get_context_data(self, *, form, **kwargs):
        """The same groups with what is ticked."""
        ticked = form["bodies"].value() or []
        groups = [
            (word, [(key, name, key in ticked) for key, name in bodies])
            for word, bodies in form.fields["bodies"].choices
        ]
        return super().get_context_data(form=form, groups=groups, **kwargs)

    def perform(self, form):
        """One service call."""
        facts = dict(form.cleaned_data)
        rows = Organisation.objects.visible_to(self.request.user).filter(pk__in=facts.pop("bodies"))
        bodies = list(rows.order_by("position"))
        return serving.distribute(self.object, bodies=bodies, actor=self.request.user, now=clock.now(), **facts)


class Receive(ours.Receive):
    """签收: one of the body's officers suffices."""

    model = IncomingDelivery


class Reply(Unclassified, ours.Reply):
    """A body's reply."""

    model = IncomingDelivery

    def perform(self, form):
        """One service call."""
        words = form.cleaned_data["words"]
        return serving.reply(self.object, words=words, actor=self.request.user, now=clock.now())


class ServeOutside(Unclassified, ours.ServeOutside):
    """线下送达."""

    model = IncomingDelivery

    def perform(self, form):
        """One service call."""
        return serving.serve_outside(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class Remind(ours.Remind):
    """As of our own papers."""

    model = IncomingPaper
