import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from cms import safety
from people.models import User

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "SECRET_KEY": "k" * 60,
    "BASE_URL": "https://guildhall.example",
    "ALLOWED_HOSTS": "guildhall.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Import the production settings in a process of their own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import cms.settings.production"],
        env={**kept, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


class TestProductionSettings:
    def test_start_with_what_they_need(self) -> None:
        result = start(**NEEDED)
        assert result.returncode == 0, result.stderr

    @pytest.mark.parametrize("secret", ["", "short", "change-me-" + "x" * 60])
    def test_refuse_a_secret_that_is_none(self, secret: str) -> None:
        result = start(**{**NEEDED, "SECRET_KEY": secret})
        assert result.returncode != 0
        assert "SECRET_KEY" in result.stderr

    @pytest.mark.parametrize("name", sorted(set(NEEDED) - {"SECRET_KEY"}))
    def test_name_what_is_missing(self, name: str) -> None:
        result = start(**{key: value for key, value in NEEDED.items() if key != name})
        assert result.returncode != 0
        assert name in result.stderr


class TestDemonstrationAccounts:
    @override_settings(DEMONSTRATION_ALLOWED=False)
    def test_stop_a_real_installation(self, db: None) -> None:
        User.objects.create_user("curator@aurora.example", "guildhall-demo", name="Curator")
        with pytest.raises(ImproperlyConfigured, match="demonstration accounts"):
            safety.refuse_demonstration()

    @override_settings(DEMONSTRATION_ALLOWED=False)
    def test_without_a_password_they_are_only_names(self, db: None) -> None:
        User.objects.create_user("somebody@aurora.example", None, name="Somebody")
        safety.refuse_demonstration()

    @override_settings(DEMONSTRATION_ALLOWED=True)
    def test_are_welcome_in_the_embedded_profile(self, db: None) -> None:
        User.objects.create_user("curator@aurora.example", "guildhall-demo", name="Curator")
        safety.refuse_demonstration()
