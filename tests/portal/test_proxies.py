"""Whose address the portal sees behind reverse proxies of our own."""

import pytest

from zhuzun.wsgi import behind_proxies


def address_seen(count, forwarded):
    seen = {}
    app = behind_proxies(lambda environ, start_response: seen.update(environ) or [], count)
    environ = {"REMOTE_ADDR": "172.18.0.1"}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    app(environ, None)
    return seen["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("count", "forwarded", "address"),
    [
        (0, "10.1.1.1", "172.18.0.1"),
        (1, "10.1.1.1", "10.1.1.1"),
        (1, "1.2.3.4, 10.1.1.1", "10.1.1.1"),
        (2, "1.2.3.4, 10.1.1.1, 10.2.2.2", "10.1.1.1"),
        (2, "10.1.1.1", "172.18.0.1"),
        (1, None, "172.18.0.1"),
    ],
    ids=["no proxy: header is not believed", "one", "one, header begun by the person", "two", "too few hops", "none"],
)
def test_address(count, forwarded, address):
    assert address_seen(count, forwarded) == address
