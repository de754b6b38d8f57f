"""Reads the demonstration's YAML and Markdown files into typed, frozen rows.

Every mistake is told with its file and key, because whoever edits the content sees only those.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from cms.demonstration import discussions
from cms.demonstration.nodes import LANGUAGES, ContentError, Node, mapping, parse
from cms.demonstration.rows import (
    Attachment,
    Calendar,
    Community,
    Competence,
    Demonstration,
    EconomicEffect,
    Effect,
    Enterprise,
    Entry,
    Person,
    Replication,
    Site,
)

CONTENT: Final = Path(__file__).parent / "content"
ENTRY_KINDS: Final = ("best_practice", "success_story", "wiki", "blog")
ACCESS: Final = ("open", "closed", "classified")
DIFFICULTIES: Final = ("beginner", "basic", "advanced")
REPLICATION_STATES: Final = ("tried", "adopted", "adapted", "rejected")
COVERS: Final = ("gears", "bars", "lines", "waves", "grid", "dots")
ROLES: Final = ("employee", "reservist", "expert", "curator", "moderator")
ACCOUNTS: Final = (*ROLES, "lead")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read(folder: Path = CONTENT) -> Demonstration:
    organisation = mapping(folder / "organisation.yaml")
    taxonomy = mapping(folder / "taxonomy.yaml")
    demonstration = Demonstration(
        calendars=tuple(_calendar(node) for node in mapping(folder / "calendars.yaml").nodes("calendars")),
        enterprises=tuple(_enterprise(node) for node in organisation.nodes("enterprises")),
        people=tuple(_person(node) for node in organisation.nodes("people")),
        demo_accounts={role: organisation.node("demo_accounts").text(role) for role in ACCOUNTS},
        communities=tuple(_community(node) for node in taxonomy.nodes("communities")),
        competences=tuple(_competences(taxonomy.node("competences"))),
        entries=tuple(read_entry(path) for path in sorted((folder / "entries").glob("*.md"))),
        topics=discussions.read(folder),
    )
    _check_references(demonstration)
    return demonstration


def read_entry(path: Path) -> Entry:
    place = f"entries/{path.name}"
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ContentError(place, "front matter", "expected between two lines of ---")
    node = Node(place, "", parse(place, parts[1]))
    entry = Entry(
        slug=node.text("slug"),
        language=node.one_of("lang", LANGUAGES),
        translation_of=node.optional_text("translation_of"),
        kind=node.one_of("kind", ENTRY_KINDS),
        community=node.text("community"),
        competences=node.texts("competences"),
        enterprise=node.text("enterprise"),
        authors=node.texts("authors"),
        title=node.text("title"),
        summary=node.text("summary"),
        difficulty=node.one_of("difficulty", DIFFICULTIES),
        tags=node.texts("tags"),
        effects=tuple(_effect(line) for line in node.nodes("effect", optional=True)),
        economic_effect=_economic_effect(node.optional_node("economic_effect")),
        replications=tuple(_replication(line) for line in node.nodes("replicated_at", optional=True)),
        access=node.one_of("access", ACCESS),
        review_date=node.optional_date("review_date"),
        published_date=node.date("published"),
        attachments=tuple(_attachment(line) for line in node.nodes("attachments", optional=True)),
        body=parts[2],
        place=place,
    )
    if path.name != f"{entry.slug}.{entry.language}.md":
        raise ContentError(
            place,
            "slug",
            f"the file of {entry.slug} in {entry.language} has another name",
        )
    return entry


def _calendar(node: Node) -> Calendar:
    days = node.texts("days")
    for day in days:
        if day not in WEEKDAYS:
            raise node.fault("days", f"{day!r} is none of {', '.join(WEEKDAYS)}")
    holidays = node.node("holidays")
    for day in holidays.values:
        try:
            # 2028 has a 29th of February.
            dt.date.fromisoformat(day if len(day) > len("MM-DD") else f"2028-{day}")
        except ValueError as error:
            raise holidays.fault(day, "expected a day as MM-DD or YYYY-MM-DD") from error
    try:
        starts, ends = (dt.time.fromisoformat(hour) for hour in node.texts("hours"))
    except ValueError as error:
        raise node.fault("hours", "expected two times as HH:MM") from error
    return Calendar(
        zone=node.text("zone"),
        name=node.text("name"),
        weekdays=tuple(WEEKDAYS.index(day) for day in days),
        starts=starts,
        ends=ends,
        holidays={day: holidays.text(day) for day in holidays.values},
    )


def _enterprise(node: Node) -> Enterprise:
    return Enterprise(
        id=node.text("id"),
        name=node.text("name"),
        short=node.text("short"),
        kind=node.text("kind"),
        language=node.one_of("lang", LANGUAGES),
        time_zone=node.text("tz"),
        departments=node.texts("departments"),
        sites=tuple(Site(id=site.text("id"), name=site.text("name")) for site in node.nodes("sites")),
        about=node.node("about").by_language(),
    )


def _person(node: Node) -> Person:
    return Person(
        id=node.text("id"),
        name=node.text("name"),
        email=node.text("email"),
        language=node.one_of("lang", LANGUAGES),
        enterprise=node.text("enterprise"),
        department=node.text("department"),
        role=node.one_of("role", ROLES),
        job=node.text("job"),
        time_zone=node.text("tz"),
        languages=node.texts("languages"),
        skills=node.texts("skills"),
        competences=node.texts("competences") if "competences" in node.values else (),
    )


def _community(node: Node) -> Community:
    rules = node.node("rules")
    return Community(
        id=node.text("id"),
        access=node.one_of("access", ACCESS),
        names=node.node("name").names(),
        cover=node.one_of("cover", COVERS),
        accent=node.text("accent"),
        descriptions=node.node("description").by_language(),
        rules={language: rules.texts(language) for language in rules.values},
        leads=node.texts("leads"),
        members=node.texts("members"),
    )


def _competences(node: Node) -> Iterator[Competence]:
    for parent_id, parent in node.named_nodes():
        yield Competence(
            id=parent_id,
            names=parent.node("name").names(),
            community=parent.text("community"),
            children=tuple(
                Competence(id=child_id, names=child.names())
                for child_id, child in parent.node("children").named_nodes()
            ),
        )


def _effect(node: Node) -> Effect:
    return Effect(
        measure=node.text("measure"),
        unit=node.text("unit"),
        before=node.number("before"),
        after=node.number("after"),
    )


def _economic_effect(node: Node | None) -> EconomicEffect | None:
    if node is None:
        return None
    return EconomicEffect(
        amount=node.number("amount"),
        currency=node.text("currency"),
        period=node.text("period"),
    )


def _replication(node: Node) -> Replication:
    return Replication(
        enterprise=node.text("enterprise"),
        status=node.one_of("status", REPLICATION_STATES),
        note=node.text("note"),
    )


def _attachment(node: Node) -> Attachment:
    return Attachment(name=node.text("name"), description=node.text("description"))


def _check_references(demonstration: Demonstration) -> None:
    """Every id that is mentioned exists, so that the loader never meets a hole half way."""
    enterprises = {enterprise.id: enterprise for enterprise in demonstration.enterprises}
    people = demonstration.people_by_id
    communities = demonstration.communities_by_id
    competences = {node.id for top in demonstration.competences for node in top.walk()}
    slugs = demonstration.translations

    def known(place: str, key: str, ids: Iterable[str], registry: Iterable[str]) -> None:
        for unknown in sorted(set(ids) - set(registry)):
            raise ContentError(place, key, f"{unknown!r} is not known")

    zones = {calendar.zone for calendar in demonstration.calendars}
    for enterprise in demonstration.enterprises:
        known("organisation.yaml", f"enterprises[{enterprise.id}].tz", [enterprise.time_zone], zones)
    for role, person_id in demonstration.demo_accounts.items():
        known("organisation.yaml", f"demo_accounts.{role}", [person_id], people)
    for person in demonstration.people:
        key = f"people[{person.id}]"
        known("organisation.yaml", f"{key}.enterprise", [person.enterprise], enterprises)
        departments = enterprises[person.enterprise].departments
        known("organisation.yaml", f"{key}.department", [person.department], departments)
        known("organisation.yaml", f"{key}.competences", person.competences, competences)
    for community in demonstration.communities:
        key = f"communities[{community.id}]"
        known("taxonomy.yaml", f"{key}.leads", community.leads, community.members)
        known("taxonomy.yaml", f"{key}.members", community.members, people)
    for topic in demonstration.topics:
        key = f"topics[{topic.id}]"
        known("discussions.yaml", f"{key}.community", [topic.community], communities)
        known("discussions.yaml", f"{key}.competences", topic.competences, competences)
        known("discussions.yaml", key, discussions.people_of(topic), people)
    for top in demonstration.competences:
        if top.community:
            known(
                "taxonomy.yaml",
                f"competences.{top.id}.community",
                [top.community],
                communities,
            )
    for entry in demonstration.entries:
        known(entry.place, "community", [entry.community], communities)
        known(entry.place, "competences", entry.competences, competences)
        known(entry.place, "enterprise", [entry.enterprise], enterprises)
        known(entry.place, "authors", entry.authors, people)
        known(
            entry.place,
            "replicated_at",
            (r.enterprise for r in entry.replications),
            enterprises,
        )
        known(
            entry.place,
            "translation_of",
            [entry.translation_of] if entry.translation_of else [],
            slugs,
        )
    for slug, group in slugs.items():
        if sum(entry.is_original for entry in group) != 1:
            raise ContentError(group[0].place, "translation_of", f"{slug} needs exactly one original")
