"""Signing in by the form, and whether the session lives."""

from tests.factories import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, username="xiangzhou", password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password}, **extra)


def alive(client):
    return client.get("/accounts/identity/").status_code == 200
