"""Everything that lists, names, counts or links content outside the admin. A new way to find things gets its row.

The admin's surfaces stand in tests/admin/surfaces.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.matrix.scene import Scene

PLACES = ("workshop", "boardroom", "vault")
TOPICS = ("workshop-closed", "workshop-classified", "boardroom-open", "vault-open", "vault-classified")


@dataclass(frozen=True)
class Surface:
    name: str
    url: Callable[[Scene], str]


def address(name: str, query: str = "") -> Surface:
    return Surface(name + query, lambda scene: reverse(name) + query)


def in_community(name: str, *arguments: str) -> list[Surface]:
    return [
        Surface(
            f"{name} {place} {' '.join(arguments)}",
            lambda scene, place=place: reverse(name, args=[place, *arguments]),
        )
        for place in PLACES
    ]


def of_topics(name: str, query: str = "") -> list[Surface]:
    return [
        Surface(
            f"{name} {slug}{query}",
            lambda s, slug=slug: reverse(name, args=[s.topics[slug].public_id]) + query,
        )
        for slug in TOPICS
    ]


def of_talks(name: str, query: str = "") -> list[Surface]:
    return [
        Surface(
            f"{name} {slug}{query}",
            lambda s, slug=slug: reverse(name, args=[s.topics[slug].conversation.public_id]) + query,
        )
        for slug in TOPICS
    ]


def of_messages(name: str) -> list[Surface]:
    return [
        Surface(
            f"{name} {slug}",
            lambda s, slug=slug: reverse(
                name, args=[s.topics[slug].conversation.messages.get(number=2).public_id]
            ),
        )
        for slug in TOPICS
    ]


SURFACES: list[Surface] = [
    address("home"),
    address("catalogue"),
    address("reading"),
    address("saved_views"),
    address("saved_views_menu", "?list=catalogue"),
    address("save_view", "?list=catalogue&query=community%3Dvault"),
    Surface("begun", lambda s: reverse("reading_part", args=["begun"])),
    Surface("read", lambda s: reverse("reading_part", args=["read"])),
    address("topics"),
    address("topics", "?q=title&state=open"),
    *in_community("community_topics"),
    *of_topics("topic"),
    *of_topics("topic", "?q=body"),
    *of_talks("conversation_messages"),
    *of_talks("conversation_messages", "?thread=1"),
    *of_talks("conversation_changes"),
    *of_messages("message"),
    *(
        Surface(
            f"comments {slug}",
            lambda s, slug=slug: reverse("comments", args=["entry", s.world.entries[slug].key]),
        )
        for slug in TOPICS
    ),
    *of_messages("edit_message"),
    address("catalogue", "?view=table"),
    address("catalogue", "?community=vault&community=boardroom"),
    address("catalogue", "?q=title"),
    address("catalogue", "?page=2"),
    address("communities"),
    address("communities", "?q=vault"),
    address("communities", "?access=classified"),
    *in_community("community"),
    *in_community("community_entries", "best-practices"),
    *in_community("community_entries", "wiki"),
    *in_community("community_members"),
    *in_community("community_statistics"),
    *in_community("export_statistics"),
    *in_community("community_to_do"),
    *in_community("arrange_community"),
    *in_community("membership_rules"),
    *in_community("add_members"),
    address("replications"),
    address("replications", "?community=vault"),
    address("replications", "?enterprise=forge&confirmed=yes"),
    address("replications", "?page=2"),
    Surface("the ledger as CSV", lambda s: reverse("export_replications", args=["csv"])),
    Surface("the ledger of an enterprise", lambda s: reverse("unit", args=["forge"])),
    *(
        Surface(
            f"a record of {slug}",
            lambda s, slug=slug: reverse("replication", args=[s.replications[slug].public_id]),
        )
        for slug in ("workshop-open", "workshop-closed", "boardroom-open", "vault-classified")
    ),
    address("api-1:replications", "?limit=100"),
    address("people"),
    Surface("card of the lead", lambda s: reverse("person", args=[s.world.lead.public_id])),
    Surface("card of a member", lambda s: reverse("person", args=[s.world.member.public_id])),
    address("welcome"),
    address("profile"),
    address("notifications"),
    address("notifications", "?show=unread"),
    address("notifications", "?kind=entry_published"),
    address("notifications_latest"),
    address("notification_settings"),
    *[
        Surface(
            f"following {slug}",
            lambda s, slug=slug: f"/follows/?kind=entry&key={s.world.entries[slug].key}",
        )
        for slug in ("workshop-open", "workshop-classified", "boardroom-open", "vault-open", "draft")
    ],
    Surface(
        "following the classified community",
        lambda s: f"/follows/?kind=community&key={s.world.classified.public_id}",
    ),
    address("search", "?q=title"),
    address("search", "?q=summary"),
    address("search", "?q=body"),
    address("search", "?q=vault"),
    address("search", "?q=title&community=vault"),
    address("search", "?q=in:vault title"),
    address("search", "?q=vault&kind=community"),
    address("search", "?q=author:nobody vault"),
    address("suggest", "?q=title"),
    address("suggest", "?q=vault"),
    address("sitemap"),
    Surface("an entry that names all others", lambda s: s.naming.pages.get().get_url() or ""),
    Surface("how it came about", lambda s: reverse("entry_history", args=[s.naming.key])),
    Surface("the same as slides", lambda s: reverse("slides_in_language", args=[s.naming.key, "en"])),
    Surface("the same by the API", lambda s: reverse("api-1:entry", args=[str(s.naming.key)])),
    Surface(
        "the same in a language", lambda s: reverse("api-1:entry_in_language", args=[str(s.naming.key), "en"])
    ),
    Surface("what readers say of it", lambda s: reverse("entry_feedback", args=[s.naming.key])),
    address("corrections"),
    *[
        Surface(f"corrections {part}", lambda s, part=part: reverse("corrections_part", args=[part]))
        for part in ("decided", "suggested")
    ],
    *[
        Surface(
            f"correction of {slug}",
            lambda s, slug=slug: reverse("correction", args=[s.corrections[slug].public_id]),
        )
        for slug in ("workshop-open", "workshop-classified", "boardroom-open", "vault-open")
    ],
    *[
        Surface(
            f"what readers say of {slug}",
            lambda s, slug=slug: reverse("entry_feedback", args=[s.world.entries[slug].key]),
        )
        for slug in ("workshop-open", "workshop-classified", "boardroom-open", "vault-open")
    ],
    Surface("whether it was useful", lambda s: reverse("usefulness", args=[s.naming.key])),
    address("api-1:entries", "?limit=100"),
    address("api-1:entries", "?limit=100&community=vault"),
    address("api-1:communities", "?limit=100"),
    address("api-1:competences"),
    address("api-1:me"),
    address("api-1:saved_views", "?limit=100"),
    address("api-1:reading_list", "?limit=100"),
    address("api-1:search", "?q=title&limit=100"),
    address("api-1:search", "?q=vault&limit=100"),
    address("api-1:search", "?q=title&limit=100&facets=true&highlight=true"),
    address("api-1:search", "?q=title&limit=100&facets=true&community=vault"),
    address("api-1:suggest", "?q=tit"),
    address("api-1:suggest", "?q=vau"),
    Surface("Wagtail's pages", lambda s: "/api/v2/pages/?limit=100&fields=*"),
    Surface("Wagtail's pages, searched", lambda s: "/api/v2/pages/?limit=100&search=title"),
    Surface("Wagtail's pictures", lambda s: "/api/v2/images/?limit=100&fields=*"),
    Surface("Wagtail's documents", lambda s: "/api/v2/documents/?limit=100&fields=*"),
]
