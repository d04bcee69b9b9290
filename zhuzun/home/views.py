"""The workbench, the health check, and the error pages."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request):
    """Whether the portal answers and reaches its database; for the start script and the container."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@login_required
def workbench(request):
    """工作台: what I must do."""
    return render(request, "home/workbench.html")
