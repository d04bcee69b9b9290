"""What a start says when the installation is not described yet."""

import os
import subprocess
import sys

from django.conf import settings


def test_missing_variables_are_named_without_a_traceback(tmp_path):
    nothing = dict.fromkeys(("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"), "")
    answer = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=os.environ | nothing | {"PORTAL_ENV": "production", "PORTAL_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 1
    assert "SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, REDIS_URL" in answer.stderr
    assert ".env.example" in answer.stderr
    assert "Traceback" not in answer.stderr
