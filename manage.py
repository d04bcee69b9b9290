#!/usr/bin/env python
"""Django's command line for the portal; uses the same settings and database as `make run`."""

import gc
import os
import sys

# `migrate` keeps every table as it was at each step: a first start looked that through for a sixth of its time.
gc.set_threshold(50_000, 20, 20)

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzun.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Stopped at: settings: {error}\nHow to go on: mend .env; .env.example explains every variable.")
