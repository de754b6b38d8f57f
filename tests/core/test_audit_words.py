"""No action of the audit log is shown as a code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from core import audit, audit_words
from knowledge.choices import CORRECTION_TRANSITIONS, ReplicationEvent
from people.choices import COMMUNITY_TRANSITIONS, BatchAction
from tests.world import World

APPS = ("core", "people", "search", "social", "knowledge", "cms")
# Actions whose name is put together: what may stand in the gap.
GAPS = {
    r"community\.\*": [str(state) for states in COMMUNITY_TRANSITIONS.values() for state in states],
    r"\*\.(added|moved|removed)": ["unit", "competence"],
    r"correction\.\*": [str(state) for states in CORRECTION_TRANSITIONS.values() for state in states],
    r"member_batch\.\*": BatchAction.values,
    r"replication\.\*": [str(ReplicationEvent.CONFIRMED), str(ReplicationEvent.QUESTIONED)],
}


def codes() -> Iterator[str]:
    for app in APPS:
        for path in (settings.ROOT / app).rglob("*.py"):
            yield from codes_in(path)


def codes_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.log", "_log"} and node.args):
            continue
        given = node.args[0]
        for choice in [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]:
            if isinstance(choice, ast.Constant):
                yield str(choice.value)
            elif isinstance(choice, ast.JoinedStr):
                shape = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "*" for part in choice.values
                )
                filling = next(words for pattern, words in GAPS.items() if re.fullmatch(pattern, shape))
                yield from (shape.replace("*", word) for word in filling)


def test_every_action_has_words() -> None:
    assert set(codes()) - set(audit_words.ACTIONS) == set()


def test_no_words_are_left_of_actions_that_are_gone() -> None:
    assert set(audit_words.ACTIONS) - set(codes()) == set()


def test_the_log_shows_and_filters_by_words(sign_in: Any, world: World) -> None:
    audit.log("role.given", actor=world.moderator, target=world.employee)
    audit.log("tag.split", actor=world.curator, target=world.open)
    client = sign_in(world.moderator)
    address = reverse("core_auditentry_modeladmin_index")
    shown = client.get(address).content.decode()
    assert "Role given" in shown
    assert ">role.given<" not in shown
    filtered = client.get(address, {"action": "tag.split"}).content.decode()
    assert "Tag split" in filtered
    assert filtered.count("Role given") < shown.count("Role given")
