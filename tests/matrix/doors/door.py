"""What a door is, and the answers that many of them give."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.matrix.scene import Scene

Url = Callable[[Scene], str]
ROLES = ("visitor", "employee", "reservist", "expert", "curator", "moderator", "lead", "member")
REDIRECT = 302
INSIDE = ("member", "lead")
READERS = ("member", "lead", "curator", "moderator")
MANAGERS = ("lead", "curator", "moderator")


@dataclass(frozen=True)
class Door:
    """One address and method; `answers` by role, "*" for those not named."""

    name: str
    answers: dict[str, int]
    url: Url | None = None
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    def address(self, scene: Scene) -> str:
        return self.url(scene) if self.url else reverse(self.name)

    def answer(self, role: str) -> int:
        return self.answers[role] if role in self.answers else self.answers["*"]

    @property
    def label(self) -> str:
        return " ".join(filter(None, [self.method, self.name, self.note]))


def anybody(status: int = 200) -> dict[str, int]:
    return {"*": status}


def signed_in(status: int = 200) -> dict[str, int]:
    return {"visitor": REDIRECT, "*": status}


def only(*roles: str, status: int = 200, refused: int = 403) -> dict[str, int]:
    return {"visitor": REDIRECT, "*": refused, **dict.fromkeys(roles, status)}


def every(answers: dict[str, int]) -> dict[str, int]:
    return {role: answers.get(role, answers["*"]) for role in ROLES}


def to(name: str, *arguments: Any) -> Url:
    """The address by its name; arguments are values, or functions of the scene."""
    return lambda scene: reverse(name, args=[each(scene) if callable(each) else each for each in arguments])


def of_view(name: str) -> Url:
    """What is done with a view that the lead shares with the open community."""
    return lambda scene: reverse(name, args=[scene.view.public_id])
