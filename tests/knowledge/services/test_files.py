"""Files and the pages that use them."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Collection, ReferenceIndex
from wagtail.rich_text import expand_db_html

from core.models import AuditEntry
from knowledge import pictures
from knowledge.models import Entry, EntryAttachment, EntryPage
from knowledge.services import files
from people.choices import Access
from people.models import Document, Image
from people.services import communities
from tests import world as worlds

pytestmark = pytest.mark.django_db


def using(entry: Entry, *used: Image | Document) -> EntryPage:
    page = entry.pages.get().specific
    page.body = [
        ("image", {"image": file}) if isinstance(file, Image) else ("document", {"document": file})
        for file in used
    ]
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    return page


def fetched(client: Any, file: Document) -> int:
    """The answer to somebody who opens a file."""
    response = client.get(reverse("wagtaildocs_serve", args=[file.pk, "plan"]))
    if response.streaming:
        b"".join(response.streaming_content)  # to its end, where the test client closes it as a server would
    return int(response.status_code)


class TestTooClosed:
    @pytest.mark.parametrize("file_access", Access.values)
    @pytest.mark.parametrize("entry_access", Access.values)
    def test_within_a_community(self, world: worlds.World, entry_access: str, file_access: str) -> None:
        file = worlds.document("plan", world.open, file_access)
        page = using(world.entries[f"workshop-{entry_access}"], file)
        order = Access.values
        assert bool(files.too_closed(page)) == (order.index(file_access) > order.index(entry_access))

    def test_of_another_community(self, world: worlds.World) -> None:
        for where, expected in ((world.open, False), (world.closed, True), (world.classified, True)):
            file = worlds.picture(f"picture-{where.slug}", where)
            page = using(world.entries["workshop-open"], file)
            assert bool(files.too_closed(page)) == expected

    def test_shared_files_are_for_everybody(self, world: worlds.World) -> None:
        file = worlds.document("plan", world.open)
        file.collection = Collection.get_first_root_node()
        file.save()
        assert files.too_closed(using(world.entries["workshop-open"], file)) == []

    def test_a_folder_inside_is_as_closed(self, world: worlds.World) -> None:
        file = worlds.document("plan", world.closed)
        file.collection = communities.collection_for(world.closed, Access.OPEN).add_child(name="Inner")
        file.save()
        assert files.too_closed(using(world.entries["workshop-open"], file)) == [file]

    def test_finds_files_wherever_they_are_used(self, world: worlds.World) -> None:
        linked = worlds.document("linked", world.closed)
        attached = worlds.document("attached", world.closed)
        cover = worlds.picture("cover", world.closed)
        shown = worlds.picture("shown", world.closed)
        page = world.entries["workshop-open"].pages.get().specific
        page.cover = cover
        page.attachments = [EntryAttachment(document=attached)]
        page.body = [
            ("text", f'<p><a linktype="document" id="{linked.pk}">x</a></p>'),
            ("gallery", {"items": [{"image": shown}, {"image": shown}]}),
        ]
        assert {file.title for file in files.too_closed(page)} == {"linked", "attached", "cover", "shown"}


class TestEditor:
    def post(self, client: Any, page: EntryPage, **actions: str) -> Any:
        data = {
            "title": page.title, "slug": page.slug, "summary": page.summary, "cover": page.cover_id or "",
            "body-count": "0", "effects-count": "0", "tags": "", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
            "attachments-TOTAL_FORMS": "0", "attachments-INITIAL_FORMS": "0", "attachments-MIN_NUM_FORMS": "0",
            "attachments-MAX_NUM_FORMS": "1000", **actions,
        }  # fmt: skip
        return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    @pytest.mark.slow
    def test_refuses_to_publish_what_not_all_may_open(self, world: worlds.World, sign_in: Any) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        page.cover = worlds.picture("board-photo", world.closed)
        client = sign_in(world.curator)
        refused = self.post(client, page, **{"action-publish": "1"})
        assert refused.status_code == 200
        assert "board-photo" in refused.content.decode()
        assert EntryPage.objects.get(pk=page.pk).cover_id is None
        # A draft may wait for its files.
        assert self.post(client, page).status_code == 302

    def test_publishes_with_open_files(self, world: worlds.World, sign_in: Any) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        page.cover = worlds.picture("gauge", world.open)
        response = self.post(sign_in(world.curator), page, **{"action-publish": "1"})
        assert response.status_code == 302
        assert EntryPage.objects.get(pk=page.pk).cover_id == page.cover_id


class TestMoving:
    def test_files_follow_an_entry_that_closes(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        file = worlds.document("plan", world.open)
        using(entry, file)
        assert not files.misplaced(entry)
        entry.access = Access.CLOSED
        entry.save()
        address = reverse("entry_files", args=[entry.key])
        assert "plan" in sign_in(world.lead).get(address).content.decode()
        assert fetched(sign_in(world.employee), file) == 200
        assert sign_in(world.lead).post(address).status_code == 302
        assert fetched(sign_in(world.employee), file) == 404
        assert fetched(sign_in(world.member), file) == 200
        assert AuditEntry.objects.filter(action="entry.files_moved").exists()

    def test_what_a_more_open_entry_uses_stays(self, world: worlds.World) -> None:
        file = worlds.document("plan", world.open)
        using(world.entries["workshop-open"], file)
        closed = world.entries["workshop-closed"]
        using(closed, file)
        found = files.misplaced(closed)
        assert (found.movable, found.needed) == ([], [file])
        assert files.move_files(entry=closed, by=world.lead) == []

    def test_only_those_who_answer_for_the_entry(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        with pytest.raises(PermissionDenied):
            files.move_files(entry=entry, by=world.employee)
        address = reverse("entry_files", args=[entry.key])
        for user, expected in ((world.employee, 403), (world.lead, 200), (world.curator, 200)):
            assert sign_in(user).get(address).status_code == expected
        hidden = reverse("entry_files", args=[world.entries["vault-open"].key])
        assert sign_in(world.curator).get(hidden).status_code == 404


class TestLinksWithoutReader:
    def test_wagtails_own_expansion_tells_no_address(self, world: worlds.World) -> None:
        secret = world.entries["vault-open"]
        document = worlds.document("secret-plan", world.classified)
        html = expand_db_html(
            f'<a linktype="page" id="{secret.pages.get().pk}">x</a><a linktype="document" id="{document.pk}">y</a>'
            '<a linktype="page" id="999999">z</a>'
        )
        assert f'<a href="/entries/{secret.key}/">x</a>' in html
        assert f'<a href="/documents/{document.pk}/file">y</a>' in html
        assert "<a>z</a>" in html
        assert "vault" not in html
        assert "secret" not in html


def test_sizes_are_made_ahead(world: worlds.World) -> None:
    image = worlds.picture("gauge", world.open)
    page = using(world.entries["workshop-open"], image)
    files.prepare_pictures(EntryPage.objects.get(pk=page.pk))
    made = set(image.renditions.values_list("filter_spec", flat=True))
    assert made == set(pictures.ARTICLE_SPECS)
