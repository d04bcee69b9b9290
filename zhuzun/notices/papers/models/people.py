"""What papers of ours and of others have in common: references to people, and the addresses of their pages."""

from django.conf import settings
from django.db import models
from django.urls import reverse


class Titled:
    """A paper, ours or another's: called by its title, with pages whose names begin with `PAGE`."""

    PAGE = ""

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page."""
        return reverse(f"notices:{self.PAGE}", args=[self.pk])

    @property
    def remind_url(self) -> str:
        """The page that reminds whoever has not signed."""
        return reverse(f"notices:{self.PAGE}_remind", args=[self.pk])


def person(verbose_name, **more):
    """A reference to whoever did it; empty until somebody has."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
        **more,
    )
