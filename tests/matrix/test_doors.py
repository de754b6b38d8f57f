"""Roles × doors: every address as every role, and after a refusal the world is as it was."""

import hashlib
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, TestCase
from django.utils.text import slugify

from knowledge.slides import pdf
from people.models import User
from tests.matrix import scene as scenes
from tests.matrix import urlconf
from tests.matrix.doors import DOORS, ROLES, Door

OWN_APPS = {"core", "people", "search", "social", "knowledge", "cms"}
# The second is a proxy: Wagtail's table under our name. That somebody has searched is kept in a log.
NOT_COUNTED = {"core.Job", "cms.SiteHistoryEntry", "search.LoggedQuery"}
SIGNING_IN = {"last_login", "access_version"}


def fingerprint() -> str:
    """A digest of every row of our own; signing in itself is not counted."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label in OWN_APPS and model._meta.label not in NOT_COUNTED:
                columns = [f.column for f in model._meta.local_concrete_fields if f.name not in SIGNING_IN]
                names = ", ".join(f'"{column}"' for column in columns)
                cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}" ORDER BY 1')
                digest.update(repr((model._meta.label, cursor.fetchall())).encode())
    return digest.hexdigest()


def test_every_address_has_its_row() -> None:
    assert urlconf.names() - {door.name for door in DOORS} == set()


def test_no_row_is_left_over() -> None:
    assert {door.name for door in DOORS} - urlconf.names() == set()


class Writes:
    """Notes whether anything but questions was asked of the database."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")):
            self.seen = True
        return execute(sql, params, many, context)


class TestDoors(TestCase):
    """One scene for all doors; each role tries each door in a savepoint that is undone.

    A door has one test with somebody for each of its answers, and a slow one with all others.
    """

    @classmethod
    def setUpTestData(cls) -> None:
        scene = scenes.build()
        cookies = {role: signed_in(scene.person(role)) for role in ROLES}
        # Functions, for Django copies anything else that is kept here anew for each test.
        cls.scene = lambda: scene
        cls.cookies = lambda role: cookies[role]
        cls.untouched = fingerprint()

    def setUp(self) -> None:
        # Whether a PDF is made well is asked elsewhere, and takes seconds each time.
        self.enterContext(mock.patch.multiple(pdf, made=lambda context: b"%PDF", is_possible=lambda: True))

    def try_door(self, door: Door, roles: list[str]) -> None:
        wrong = []
        for role in roles:
            expected = door.answer(role)
            with transaction.atomic():
                self.client.cookies = SimpleCookie(self.cookies(role))
                writes = Writes()
                with connection.execute_wrapper(writes):
                    answer = getattr(self.client, door.method)(door.address(self.scene()), door.data)
                if answer.status_code != expected:
                    wrong.append(f"{role}: {answer.status_code} instead of {expected}")
                is_refused = expected >= 400 or (role == "visitor" and expected == 302)
                if (is_refused or door.method == "get") and writes.seen and fingerprint() != self.untouched:
                    wrong.append(f"{role}: the world changed")
                if answer.streaming:
                    b"".join(answer.streaming_content)
                transaction.set_rollback(True)
        assert wrong == []


def signed_in(person: User | None) -> dict[str, str]:
    """The cookies of their browser."""
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {name: cookie.value for name, cookie in client.cookies.items()}


def one_for_each_answer(door: Door, turn: int) -> list[str]:
    """Not always the same, so that over all doors everybody comes to some."""
    by_answer: dict[int, list[str]] = {}
    for role in ROLES:
        by_answer.setdefault(door.answer(role), []).append(role)
    return [roles[turn % len(roles)] for roles in by_answer.values()]


def _try(door: Door, roles: list[str]) -> Callable[[TestDoors], None]:
    def test(self: TestDoors) -> None:
        self.try_door(door, roles)

    return test


for number, each in enumerate(DOORS):
    name = f"test_{number:03}_{slugify(each.label).replace('-', '_')}"
    some = one_for_each_answer(each, number)
    setattr(TestDoors, name, _try(each, some))
    if others := [role for role in ROLES if role not in some]:
        setattr(TestDoors, f"{name}_others", pytest.mark.slow(_try(each, others)))
