"""Addresses of papers below /documents/: what is filed beside a paper and never served."""

from django.urls import path

from zhuzun.notices.papers.views import files

app_name = "paper_documents"
urlpatterns = [path("<int:pk>/slip.pdf", files.SlipPdf.as_view(), name="slip")]
