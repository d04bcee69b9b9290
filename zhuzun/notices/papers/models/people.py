"""References to whoever did something."""

from django.conf import settings
from django.db import models


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
