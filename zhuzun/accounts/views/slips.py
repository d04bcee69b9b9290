"""Answers that hold one-time passwords: shown once, as slips to print, in answer to the very request that drew them.

They are neither kept in a session nor in a row: when the answer is lost, new ones are drawn.
"""

from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from zhuzun.errors import DomainError


def slips_page(request, slips, title):
    """The page with the slips; nothing between here and the browser may keep it."""
    context = {
        "title": title,
        "slips": slips,
        "address": request.build_absolute_uri(reverse("accounts:login")),
        "breadcrumbs": [("人员与账号", reverse("accounts:people"))],
    }
    response = render(request, "accounts/slips.html", context)
    add_never_cache_headers(response)
    return response


class SlipsMixin:
    """For form pages whose service draws one-time passwords: `perform` gives back slips, and they are the answer."""

    slips_title = "密码条"

    def post(self, request, *args, **kwargs):
        """Do it and show the slips, or show what is wrong."""
        form = self.get_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                return slips_page(request, self.carry_out(form), self.slips_title)
            except DomainError as error:
                form.refuse(error)
        return self.render_to_response(self.get_context_data(form=form))
