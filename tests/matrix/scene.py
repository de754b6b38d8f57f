"""The world of tests.world with one of everything that an address may point at."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from knowledge.models import (
    Correction,
    Entry,
    EntryPage,
    KeptEntry,
    PromotedPhrase,
    Promotion,
    Reading,
    Replication,
    Topic,
    UsefulnessAnswer,
)
from knowledge.services import pins, replications
from people import access
from people.choices import SavedList
from people.models import (
    ClientToken,
    Community,
    Document,
    Image,
    Invitation,
    MemberBatch,
    Membership,
    MembershipRule,
    Rendition,
    SavedView,
    User,
)
from people.services import (
    client_tokens,
    communities,
    invitations,
    member_batches,
    membership_rules,
    memberships,
    saved_views,
)
from search import indexing
from social import places
from social.choices import Purpose
from social.models import (
    Attachment,
    Conversation,
    Follow,
    Mute,
    Notification,
    NotificationEvent,
    Participant,
    PushSubscription,
)
from social.services import attachments, conversations, direct, messages, polls
from tests import world as worlds
from tests.knowledge.ledger import enterprise, money
from tests.social import talk


@dataclass
class Scene:
    """`proposal` is the expert's; `request` is the employee's wish to enter the closed community; `naming` is an open
    entry whose body links to every other entry and file."""

    world: worlds.World
    proposal: Community
    request: Membership
    invitation: Invitation
    secret: str
    token: ClientToken
    documents: dict[str, Document]
    pictures: dict[str, Image]
    renditions: dict[str, Rendition]
    naming: Entry
    view: SavedView
    rule: MembershipRule
    batch: MemberBatch
    replications: dict[str, Replication]
    corrections: dict[str, Correction]
    topics: dict[str, Topic]
    files: dict[str, Attachment]
    direct: Conversation
    device: PushSubscription

    def person(self, role: str) -> User | None:
        user = self.world.people[role]
        return User.objects.get(pk=user.pk) if user else None


def build() -> Scene:
    world = worlds.build()
    User.objects.update(welcomed_at="2026-01-01T00:00Z")
    draft = communities.CommunityDraft(names={"en": "Proposed"}, description={"en": "About it"})
    proposal = communities.propose(author=world.expert, draft=draft)
    request = memberships.join(user=world.employee, community=world.closed)
    invitation, secret = invitations.invite(community=world.closed, by=fresh(world.lead), uses=10)
    token, _text = client_tokens.issue(
        user=fresh(world.employee), name="Reader", scopes=["content:read"], days=30
    )
    places = {"open": world.open, "closed": world.closed, "classified": world.classified}
    documents = {name: worlds.document(f"document-{name}", place) for name, place in places.items()}
    pictures = {name: worlds.picture(f"picture-{name}", place) for name, place in places.items()}
    renditions: dict[str, Any] = {
        name: picture.get_rendition("width-32") for name, picture in pictures.items()
    }
    naming = name_all(world, [*documents.values()], [*pictures.values()])
    read_all()
    recommend_all()
    used = use_all(world)
    view = share_views(world)
    pin_all(world)
    rule, batch = run_the_closed_one(world)
    corrections = correct_all(world)
    topics, files = talk_of_all(world)
    indexing.rebuild()
    return Scene(
        world=world,
        proposal=proposal,
        request=request,
        invitation=invitation,
        secret=secret,
        token=token,
        documents=documents,
        pictures=pictures,
        renditions=renditions,
        naming=naming,
        view=view,
        rule=rule,
        batch=batch,
        replications=used,
        corrections=corrections,
        topics=topics,
        files=files,
        direct=talk_alone(world),
        device=tell_all(world),
    )


def name_all(world: worlds.World, documents: list[Document], pictures: list[Image]) -> Entry:
    """An open entry that names everything, in every way a body can."""
    pages = list(EntryPage.objects.order_by("pk"))
    links = "".join(f'<p><a linktype="page" id="{page.pk}">a link</a></p>' for page in pages)
    files = "".join(f'<p><a linktype="document" id="{document.pk}">a file</a></p>' for document in documents)
    body = [
        ("text", links + files),
        ("related", {"caption": "", "entries": pages}),
        *(("document", {"document": document, "description": ""}) for document in documents),
        *(("image", {"image": picture, "alt_text": picture.title}) for picture in pictures),
    ]
    naming = worlds.entry("naming", world.open, world.lead, body=body)
    # All are near to it as well, and nobody is told of what is near and not for them.
    Entry.objects.filter(pk=naming.pk).update(near=[entry.pk for entry in world.entries.values()])
    return naming


def pin_all(world: worlds.World) -> None:
    """What is published stands pinned on the overview of its community."""
    for entry in Entry.objects.published().filter(pk__in=[each.pk for each in world.entries.values()]):
        pins.pin(entry=entry, by=fresh(world.lead))


def run_the_closed_one(world: worlds.World) -> tuple[MembershipRule, MemberBatch]:
    """The lead of the closed community has made a rule, and has sent a list that names nobody known."""
    lead = fresh(world.lead)
    draft = membership_rules.RuleDraft(world.enterprise)
    rule = membership_rules.make(community=world.closed, by=lead, draft=draft)
    batch = member_batches.add_listed(
        community=world.closed, by=lead, given=["stranger@example.org", "Nobody Known"]
    )
    return rule, batch


def share_views(world: worlds.World) -> SavedView:
    """The lead shares a view with each community; returns that of the open one."""
    lead = fresh(world.lead)
    views = [
        saved_views.keep(
            owner=lead,
            name=f"View of {place.slug}",
            to=SavedList.CATALOGUE,
            query=f"community={place.slug}",
            community=place,
            follow=True,
        )
        for place in (world.open, world.closed, world.classified)
    ]
    return views[0]


def recommend_all() -> None:
    """Every entry is recommended to whoever looks for "title", in whatever way it came about."""
    for entry in Entry.objects.all():
        PromotedPhrase.objects.create(promotion=Promotion.objects.create(entry=entry), text="title")


def use_all(world: worlds.World) -> dict[str, Replication]:
    """An enterprise uses every published entry, recorded by the lead, with figures and a note that name it."""
    forge = enterprise("forge")
    world.enterprise.refresh_from_db()
    return {
        slug: replications.record(
            entry=entry,
            enterprise=forge,
            draft=money(1000 + number, note=f"Summary of {slug}"),
            by=fresh(world.lead),
        )
        for number, (slug, entry) in enumerate(world.entries.items())
        if entry.published_at is not None
    }


def read_all() -> None:
    """Everybody has read, and means to read, everything, as if they had been allowed to once."""
    now = clock.now()
    for user in User.objects.all():
        for entry in Entry.objects.all():
            Reading.objects.create(user=user, entry=entry, language="en", progress=50, read_at=now)
            KeptEntry.objects.create(user=user, entry=entry, kept_at=now)


def correct_all(world: worlds.World) -> dict[str, Correction]:
    """Everybody has suggested corrections to everything, as if they had been allowed to once; returns the member's."""
    rows = [
        Correction(
            entry=entry,
            language="en",
            suggested_by=user,
            quoted=f"Body of {slug}",
            proposed=f"Correction of {slug}",
            digest=slug,
        )
        for slug, entry in world.entries.items()
        if entry.published_at
        for user in User.objects.all()
    ]
    Correction.objects.bulk_create(rows)
    for user in User.objects.all():
        for entry in Entry.objects.exclude(owner=user):
            UsefulnessAnswer.objects.create(
                entry=entry,
                user=user,
                is_useful=False,
                missing=f"Missing in {entry.slug}",
                answered_at=clock.now(),
            )
    return {row.entry.slug: row for row in rows if row.suggested_by == world.member}


def talk_of_all(world: worlds.World) -> tuple[dict[str, Topic], dict[str, Attachment]]:
    """The lead has opened a topic called like each entry, with a poll, a file and more.

    Everybody has read there, as if they had been allowed to once.
    """
    lead, made, files = fresh(world.lead), {}, {}
    for slug, entry in world.entries.items():
        if entry.published_at is None:
            continue
        words = {"title": f"Title of {slug}", "description": f"Summary of {slug}", "text": f"Body of {slug}"}
        made[slug] = talk.topic(entry.community, lead, access=entry.access, **words)
        conversation = made[slug].conversation
        place = places.enter(conversation, access.viewer_of(lead))
        assert place is not None
        files[slug] = attachments.upload(
            place=place, by=lead, file=SimpleUploadedFile(f"{slug}.txt", b"text")
        )
        asked = talk.say(
            conversation, lead, f"Body of {slug}", poll=polls.PollDraft(["Yes", f"Body of {slug}"])
        )
        messages.pin(message=asked, by=lead)
        talk.say(conversation, lead, f"Body of {slug}", reply_to=1, files=[files[slug].public_id])
        messages.take_away(message=talk.say(conversation, lead, f"Body of {slug}"), by=lead)
        Participant.objects.bulk_create(
            Participant(conversation=conversation, user=user, read_number=1, joined_at=clock.now())
            for user in User.objects.exclude(pk=lead.pk)
        )
    return made, files


def talk_alone(world: worlds.World) -> Conversation:
    """What the lead and the member write to each other; and comments on every entry, by the lead."""
    for slug, entry in world.entries.items():
        if entry.published_at is not None:
            commented = conversations.about(kind="entry", key=entry.key, purpose=Purpose.COMMENTS)
            talk.say(commented, fresh(world.lead), f"Body of {slug}")
    alone = direct.begin(by=fresh(world.lead), others=[world.member])
    talk.say(alone, fresh(world.lead), "Title of draft")
    return alone


def tell_all(world: worlds.World) -> PushSubscription:
    """Everybody was told of everything, follows and has muted it all, as if they had been allowed to once.

    Returns the employee's device.
    """
    now = clock.now()
    communities = (world.open, world.closed, world.classified)
    pairs = [("entry", entry.key) for entry in world.entries.values()]
    for entry in world.entries.values():
        event = NotificationEvent.objects.create(
            kind="entry_published",
            subject_kind="entry",
            subject_key=entry.key,
            at=now,
            dedupe=f"scene:{entry.slug}",
        )
        for user in User.objects.all():
            Notification.objects.create(event=event, recipient=user, reason="follows", at=now)
    for kind, key in (*pairs, *(("community", each.public_id) for each in communities)):
        for user in User.objects.all():
            Follow.objects.create(user=user, subject_kind=kind, subject_key=key, since=now)
            Mute.objects.create(user=user, subject_kind=kind, subject_key=key, since=now)
    return PushSubscription.objects.create(
        user=world.employee, endpoint="https://fcm.googleapis.com/fcm/send/mine", created_at=now
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)
