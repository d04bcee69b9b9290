"""Addresses of report plans and sources."""

from django.urls import path, re_path

from tasks.views import plans

PART = "(?P<part>bodies|items|narratives|ladder)"
patterns = [
    path("plans/", plans.PlanList.as_view(), name="plans"),
    path("plans/<slug:code>/", plans.PlanPage.as_view(), name="plan"),
    path("plans/<slug:code>/change/", plans.ChangePlan.as_view(), name="plan_change"),
    path("plans/<slug:code>/activate/", plans.ActivatePlan.as_view(), name="plan_activate"),
    path("plans/<slug:code>/stop/", plans.StopPlan.as_view(), name="plan_stop"),
    path("plans/<slug:code>/copy/", plans.CopyPlan.as_view(), name="plan_copy"),
    re_path(rf"^plans/(?P<code>[-\w]+)/{PART}/add/$", plans.AddPart.as_view(), name="plan_part_add"),
    re_path(
        rf"^plans/(?P<code>[-\w]+)/{PART}/(?P<pk>\d+)/remove/$", plans.RemovePart.as_view(), name="plan_part_remove"
    ),
    path("sources/", plans.SourceList.as_view(), name="sources"),
    path("sources/set/", plans.SetSource.as_view(), name="source_set"),
]
