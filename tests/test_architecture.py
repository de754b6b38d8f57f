"""The house style as far as it can run."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
APPS = ("core", "people", "search", "social", "knowledge", "cms")
GRAB_BAGS = {"utils", "helpers", "common", "misc", "methods", "tools", "functions"}


def modules() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


SOURCES = list(modules())


def test_nothing_is_a_grab_bag() -> None:
    assert [named(path) for path in SOURCES if path.stem in GRAB_BAGS] == []


@pytest.mark.slow
@pytest.mark.parametrize("attribute", ["state", "status"])
def test_a_state_is_assigned_by_services_alone(attribute: str) -> None:
    """Nothing but a service, or the background of jobs, sets a state; forms and views never do."""
    allowed = re.compile(r"(/services/|core/background\.py|core/problems\.py|/models/)")
    guilty = []
    for path in SOURCES:
        if allowed.search(named(path)):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            guilty += [
                f"{named(path)}:{node.lineno}"
                for target in targets
                if isinstance(target, ast.Attribute) and target.attr == attribute
            ]
    assert guilty == []


def test_only_access_compares_who_may_see() -> None:
    """Code outside people/access.py asks `visible_to` and `may`; it never asks for a group or a role by name."""
    pattern = re.compile(r"groups\.filter|groups__name|\.groups\.all\(")
    allowed = {"people/roles.py", "people/querysets.py", "people/user_viewset.py"}
    guilty = [
        f"{named(path)}:{number}"
        for path in SOURCES
        if named(path) not in allowed
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert guilty == []


def test_views_do_not_write() -> None:
    """A view calls one service; it neither saves nor deletes rows itself."""
    pattern = re.compile(r"\.(save|delete|bulk_create|update_or_create|get_or_create)\(|objects\.create\(")
    guilty = [
        f"{named(path)}:{number}"
        for path in SOURCES
        if (path.stem == "views" or path.stem.endswith("_views") or path.stem == "api")
        and path.parent.name != "services"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line) and "form.save" not in line
    ]
    assert guilty == []


def test_every_own_model_has_a_public_name_and_text() -> None:
    for model in apps.get_models():
        if model._meta.app_label in APPS and not model._meta.auto_created:
            assert model.__str__ is not object.__str__, model
            assert model.__doc__, model


def test_the_press_works_alone() -> None:
    """WeasyPrint makes Pillow take broken pictures, in the whole process: no other may import it."""
    pattern = re.compile(
        r"^\s*(from|import) (weasyprint|knowledge\.slides\.press|knowledge\.slides import .*press)", re.M
    )
    guilty = [named(path) for path in SOURCES if path.stem != "press" and pattern.search(path.read_text())]
    assert guilty == []


def test_foreign_keys_to_people_protect_them() -> None:
    """A person's row stays; where a key may follow or fall, it is because it says nothing about who did what."""
    may_fall = {
        "people.Image.uploaded_by_user",
        "people.Document.uploaded_by_user",
        "knowledge.EntryShare.user",
        # What somebody reads and follows is theirs alone, and goes with them.
        "knowledge.Reading.user",
        "knowledge.KeptEntry.user",
        "people.SavedView.owner",
        "people.SavedViewFollow.user",
    }
    guilty = [
        str(field)
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for field in model._meta.local_fields
        if field.is_relation
        and field.related_model is apps.get_model("people.User")
        and field.remote_field.on_delete.__name__ != "PROTECT"
        and str(field) not in may_fall
    ]
    assert guilty == []


def test_templates_are_not_deeper_than_three_shelves() -> None:
    deep = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if len(path.relative_to(ROOT / "templates").parts) > 3
    ]
    assert deep == []


def test_no_template_or_script_loads_from_elsewhere() -> None:
    """Nothing comes from a content delivery network at run time."""
    pattern = re.compile(r"""(src|href)=["'](https?:)?//""")
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert guilty == []


def test_no_inline_style_or_script() -> None:
    """The content policy forbids them; mail, which has no policy, may have styles."""
    pattern = re.compile(
        r"<[a-z][^>]*\s(style|on[a-z]+)=|<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)"
    )
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.html")
        if not {"mail", "wagtailadmin", "admin"} & set(path.parts)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert guilty == []


def test_a_page_of_code_is_not_a_book() -> None:
    """A file that needs section comments is two files."""
    assert [named(path) for path in SOURCES if len(path.read_text().splitlines()) > 400] == []


def test_no_test_without_a_browser_takes_the_names_of_a_browser_test() -> None:
    """Playwright has a parameter for each browser behind them, and pytest brings together what has one.

    Tests with real commits would come before others then, which find the emptied database.
    """
    taken = re.compile(
        r"@pytest\.fixture[^\n]*\n\s*def (page|context|browser)\(|parametrize\(\s*\"(page|context|browser)\""
    )
    tests = [path for path in (ROOT / "tests").rglob("*.py") if "browser" not in path.parts]
    assert [path for path in tests if taken.search(path.read_text())] == []
    assert taken.search("@pytest.fixture\ndef page(world):")
