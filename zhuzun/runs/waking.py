"""Waking a scheduled job before its hour, because something has just happened that it works on."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def wake(job: str) -> None:
    """Ask the workers to run `job` once what happens here is committed.

    Only a hint: with the broker away nothing is lost, the job's own hour finds the same work in the data.
    """
    transaction.on_commit(partial(_send, job), robust=True)


def _send(job: str) -> None:
    try:
        with current_app.connection_for_write() as connection:
            # Without a limit the page would wait for the broker for as long as it is away.
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
            current_app.signature(job).apply_async(connection=connection, retry=False)
    except (OSError, OperationalError) as error:
        log.warning("%s was not woken, its own hour will do: %s", job, error)
