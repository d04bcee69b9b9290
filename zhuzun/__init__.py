"""The portal. Celery's app is made with it, so that no process ever publishes to Celery's default broker."""

from zhuzun.celery import app as celery_app

__all__ = ["celery_app"]
