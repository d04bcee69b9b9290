"""Addresses of a period's papers, and of what is drafted by itself."""

from django.urls import path

from tasks.views import papers

patterns = [
    path("papers/", papers.PaperPlans.as_view(), name="paper_plans"),
    path("papers/<int:pk>/", papers.Arrange.as_view(), name="paper_plan"),
    path("papers/<int:pk>/rank/", papers.Rank.as_view(), name="paper_rank"),
    path("periods/<int:pk>/papers/chase/", papers.ChaseByPaper.as_view(), name="period_chase_paper"),
    path("periods/<int:pk>/papers/<slug:kind>/", papers.DraftByHand.as_view(), name="period_paper"),
]
