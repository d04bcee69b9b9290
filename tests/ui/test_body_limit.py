"""A body larger than any page takes is refused before it is read, signed in or not."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from zhuzun.ui.middleware import BodyLimit


class Unread(BytesIO):
    """A body that must not be touched."""

    def read(self, *args):
        raise AssertionError("the body was read")


def request_of(length):
    facts = {"REQUEST_METHOD": "POST", "PATH_INFO": "/accounts/login/", "CONTENT_LENGTH": length}
    return WSGIRequest({**facts, "wsgi.input": Unread(), "SERVER_NAME": "localhost", "SERVER_PORT": "80"})


@pytest.mark.parametrize("length", ["", "no number", "0", str(settings.BODY_MAX_BYTES)])
def test_what_a_page_may_take_goes_through(length):
    assert BodyLimit(lambda request: HttpResponse("ok"))(request_of(length)).status_code == 200


def test_a_larger_body_is_refused_unread_with_what_to_do():
    answer = BodyLimit(lambda request: pytest.fail("the page was asked"))(request_of(str(settings.BODY_MAX_BYTES + 1)))
    assert answer.status_code == 413
    assert answer.headers["Connection"] == "close"
    assert "超过 20 MB" in answer.content.decode()
    assert "分次上传" in answer.content.decode()


def test_more_text_than_is_read_says_so(db, client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    form = "application/x-www-form-urlencoded"
    answer = client.post("/accounts/login/", f"username={'a' * 200}", content_type=form)
    assert answer.status_code == 413
    assert "填写的文字超过系统一次能接收的篇幅" in answer.content.decode()
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400
