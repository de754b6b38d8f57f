import pytest

from tools.check_repository import forbidden_texts, names_in, unhashed, unlocked


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package-lock.json", '  "resolved": "https://registry.example/x.tgz",'),
        ("requirements/base.txt", "--index-url https://registry.example/simple"),
        ("requirements/dev.in", "--find-links wheels"),
        (".npmrc", "registry=https://registry.example/"),
        ("docs/setup.md", "Look into " + "/".join(["", "home", "somebody", "guildhall"])),
        ("core/clock.py", "now = None  # " + "TO" + "DO later"),
    ],
)
def test_what_may_not_stand_in_the_repository_is_found(name, text):
    assert list(forbidden_texts(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package-lock.json", '  "integrity": "sha512-abc",'),
        ("requirements/base.txt", "django==5.2.19 \\\n    --hash=sha256:aa"),
        ("deploy/nginx.conf", "alias /srv/guildhall/media/;"),
    ],
)
def test_what_may_stand_there_is_left_alone(name, text):
    assert not list(forbidden_texts(name, text))


def test_a_requirement_without_hash_is_found():
    lock = "amqp==5.4.2 \\\n    --hash=sha256:aa\n    # via kombu\ndjango==5.2.19\n    # via wagtail\n"
    assert list(unhashed("requirements/base.txt", lock)) == [
        "requirements/base.txt: django==5.2.19 has no hash"
    ]


def test_names_are_read_from_wishes_and_locks_alike():
    assert names_in("-c base.txt\nDjango~=5.2\ncelery[redis]~=5.7  # queue\nruamel_yaml\n") == {
        "django",
        "celery",
        "ruamel-yaml",
    }


def test_a_wish_that_was_not_resolved_is_found():
    (fault,) = unlocked("requirements/base.in", "django~=5.2\nno-such-package\n")
    assert "no-such-package" in fault
