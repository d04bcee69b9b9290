"""The portal's addresses and the sample pages."""

from tests.ui.sample import sample_urls
from zhuzun.urls import urlpatterns as portal_urls

urlpatterns = [*sample_urls, *portal_urls]
