"""Waking a job because something has just happened that it works on: before its hour, where it has one."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def wake(job: str, *facts) -> None:
    """Ask the workers to run `job` once what happens here is committed.

    Only a hint: with the broker away nothing is lost, the job's own hour (or whoever wants what it makes) finds the
    same work in the data.
    """
    transaction.on_commit(partial(_send, job, facts), robust=True)


def _send(job: str, facts: tuple) -> None:
    try:
        with current_app.connection_for_write() as connection:
            # Without a limit the page would wait for the broker for as long as it is away.
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
            current_app.signature(job, args=facts).apply_async(connection=connection, retry=False)
    except (OSError, OperationalError) as error:
        log.warning("%s was not woken, nothing is lost: %s", job, error)
