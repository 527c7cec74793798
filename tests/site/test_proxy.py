"""Signing in from many machines through one proxy: who guesses passwords is held up, and nobody else."""

import dataclasses

import pytest
from django.test import Client
from tests.site.cast import EDITOR, PASSWORD, VIEWER


@pytest.fixture
def behind_https(settings):
    settings.WORKSPACE = dataclasses.replace(settings.WORKSPACE, https=True, hosts=("plan.example",))
    settings.ALLOWED_HOSTS = ["plan.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def sign_in(name: str, password: str, forwarded: str) -> int:
    """The answer to one try, as the proxy passes it on."""
    headers = {"x-forwarded-for": forwarded, "x-forwarded-proto": "https", "host": "plan.example"}
    return Client(headers=headers).post("/sign-in", {"name": name, "password": password}).status_code


def test_after_eight_wrong_passwords_the_right_one_helps_no_more_from_there(db, behind_https):
    for count in range(8):
        # A caller may claim to come from anywhere; the proxy writes last where it really comes from.
        sign_in(EDITOR.name, "wrong", f"203.0.113.{count}, 198.51.100.7")
    assert sign_in(EDITOR.name, PASSWORD, "198.51.100.7") in (403, 429)
    assert sign_in(EDITOR.name, PASSWORD, "198.51.100.8") == 302
    assert sign_in(VIEWER.name, PASSWORD, "198.51.100.7") == 302


def test_without_a_proxy_a_named_address_is_not_believed(db):
    statuses = [
        Client(headers={"x-forwarded-for": f"203.0.113.{n}"}).post("/sign-in", {"name": EDITOR.name, "password": "wrong"})
        for n in range(9)
    ]
    assert statuses[-1].status_code == 429
