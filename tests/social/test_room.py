"""A conversation on its page: which messages, from where, and that it costs the same however long it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from knowledge.models import Topic
from people.models import User
from social.models import Attachment, Conversation, Message
from social.schedule import forget_unsent_files
from social.services import messages
from tests import world as worlds
from tests.social.talk import say, topic

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SignIn = Callable[[User | None], Client]


@pytest.fixture
def talk(world: worlds.World) -> Topic:
    return topic(world.open, world.member)


def fill(conversation: Conversation, by: User, number: int) -> None:
    """So many more messages, a minute apart, in bulk."""
    now, stored = clock.now(), Conversation.objects.get(pk=conversation.pk)
    first = stored.last_number + 1
    Message.objects.bulk_create(
        Message(
            conversation=stored,
            number=each,
            revision=each,
            token=uuid4(),
            author=by,
            text=f"Message {each}",
            html=f"<p>Message {each}</p>",
            created_at=now - timedelta(days=400) + timedelta(minutes=each),
        )
        for each in range(first, first + number)
    )
    Conversation.objects.filter(pk=stored.pk).update(
        last_number=first + number - 1, revision=first + number - 1, message_count=first + number - 1
    )


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def numbers(answer: Any) -> list[int]:
    return [each.message.number for each in answer.context["window"].items]


def test_costs_the_same_however_long_it_is(sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
    client = sign_in(world.member)
    say(talk.conversation, world.lead, "With a file and a quote", reply_to=1)
    few = queries(client, talk.get_absolute_url())
    fill(talk.conversation, world.lead, 2_000)
    assert queries(client, talk.get_absolute_url()) == few
    assert queries(client, f"{talk.get_absolute_url()}?at=1000") == few


def test_begins_where_one_has_read_to(sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
    client = sign_in(world.member)
    fill(talk.conversation, world.lead, 300)
    shown = numbers(client.get(talk.get_absolute_url()))
    assert shown[0] == 1
    assert len(shown) <= 51
    client.post(f"/conversations/{talk.conversation.public_id}/read/", {"number": "290"})
    assert numbers(client.get(talk.get_absolute_url()))[-1] == 301


def test_pages_both_ways_without_gaps(sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
    client = sign_in(world.member)
    fill(talk.conversation, world.lead, 200)
    place = f"/conversations/{talk.conversation.public_id}/messages/"
    answer = client.get(place, {"at": "100"})
    first, last = int(answer.headers["X-First"]), int(answer.headers["X-Last"])
    assert first <= 100 <= last
    above = client.get(place, {"before": str(first)})
    assert int(above.headers["X-Last"]) == first - 1
    below = client.get(place, {"after": str(last)})
    assert int(below.headers["X-First"]) == last + 1
    assert below.headers["X-Newest"] == "201"


@pytest.mark.parametrize(
    "asked", ["at=0", "at=x", "at=999999999999", "before=-3", "date=nonsense", "date=9999-99-99"]
)
def test_what_is_not_there_leads_to_what_is(
    sign_in: SignIn, world: worlds.World, talk: Topic, asked: str
) -> None:
    assert numbers(sign_in(world.member).get(f"{talk.get_absolute_url()}?{asked}")) == [1]


def test_goes_to_a_day_of_the_readers_zone(sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
    fill(talk.conversation, world.lead, 300)
    User.objects.filter(pk=world.member.pk).update(time_zone="Asia/Yekaterinburg")
    moment = Message.objects.get(conversation=talk.conversation, number=150).created_at
    local = moment.astimezone(ZoneInfo("Asia/Yekaterinburg"))
    answer = sign_in(world.member).get(f"{talk.get_absolute_url()}?date={local:%Y-%m-%d}")
    assert answer.context["anchor"] in numbers(answer)
    begun = Message.objects.get(conversation=talk.conversation, number=answer.context["anchor"])
    zone = local.tzinfo
    assert begun.created_at.astimezone(zone).date() == local.date()
    before = Message.objects.filter(
        conversation=talk.conversation, number=begun.number - 1, number__gt=1
    ).first()
    assert before is None or before.created_at.astimezone(zone).date() < local.date()


def test_finds_every_word_whatever_its_case(sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
    say(talk.conversation, world.lead, "Подшипник №6 греется")
    say(talk.conversation, world.lead, "Подшипник холодный")
    answer = sign_in(world.member).get(talk.get_absolute_url(), {"q": "ПОДШИПНИК греет"})
    assert [each.message.number for each in answer.context["found"]] == [2]


def test_what_was_taken_away_is_not_found(sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
    messages.take_away(message=say(talk.conversation, world.lead, "secret word"), by=world.lead)
    answer = sign_in(world.member).get(talk.get_absolute_url(), {"q": "secret"})
    assert answer.context["found"] == []


class TestSending:
    def place(self, talk: Topic) -> str:
        return f"/conversations/{talk.conversation.public_id}/send/"

    def test_what_cannot_be_sent_is_kept(self, sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
        client = sign_in(world.member)
        text = "word " * 25_000
        answer = client.post(self.place(talk), {"text": text, "token": str(uuid4())}, follow=True)
        html = answer.content.decode()
        assert "114999 characters too long" in html
        assert text.strip() in html
        assert text.strip() not in client.get(talk.get_absolute_url()).content.decode()

    def test_a_script_is_told_why(self, sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
        client = sign_in(world.member)
        answer = client.post(
            self.place(talk),
            {"text": "a" * 100_000, "token": str(uuid4())},
            headers={"accept": "application/json"},
        )
        assert answer.status_code == 422
        assert "90000 characters too long" in answer.json()["errors"][0]

    def test_a_flood_is_stopped_and_nothing_lost(
        self, sign_in: SignIn, world: worlds.World, talk: Topic, settings: Any
    ) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "message": "2/minute"}
        client = sign_in(world.member)
        answers = [
            client.post(
                self.place(talk),
                {"text": f"Flood {number}", "token": str(uuid4())},
                headers={"accept": "application/json"},
            )
            for number in range(4)
        ]
        assert [answer.status_code for answer in answers] == [201, 201, 429, 429]
        assert int(answers[2].headers["Retry-After"]) > 0
        assert Conversation.objects.get(pk=talk.conversation_id).last_number == 3

    def test_a_retry_finds_its_message(self, sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
        client, token = sign_in(world.member), str(uuid4())
        for _time in range(2):
            answer = client.post(
                self.place(talk), {"text": "Once", "token": token}, headers={"accept": "application/json"}
            )
            assert (answer.status_code, answer.json()["number"]) == (201, 2)


class TestFiles:
    def add(self, client: Client, talk: Topic, name: str, content: bytes) -> Any:
        return client.post(
            f"/conversations/{talk.conversation.public_id}/files/",
            {"file": SimpleUploadedFile(name, content)},
            headers={"accept": "application/json"},
        )

    def test_is_its_uploaders_until_it_is_sent(
        self, sign_in: SignIn, world: worlds.World, talk: Topic
    ) -> None:
        client = sign_in(world.member)
        made = self.add(client, talk, "notes.txt", "заметки".encode()).json()
        assert b"".join(client.get(made["url"]).streaming_content).decode() == "заметки"
        assert sign_in(world.lead).get(made["url"]).status_code == 404
        sign_in(world.member)
        say(talk.conversation, world.member, "See the file", files=[UUID(made["id"])])
        answer = sign_in(world.lead).get(made["url"])
        assert b"".join(answer.streaming_content).decode() == "заметки"
        assert answer.headers["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("report.pdf", b"<script>alert(1)</script>"),
            ("photo.png", b"MZ\x90\x00 program"),
            ("photo.jpg", b"%PDF-1.4"),
            ("notes.txt", b"%PDF-1.4 pretends"),
            ("notes.txt", b"\x00\x01\x02"),
            ("page.html", b"<p>hello</p>"),
            ("picture.svg", b"<svg onload='alert(1)'/>"),
            ("program.exe", b"MZ"),
            ("empty.txt", b""),
            ("noending", b"text"),
        ],
    )
    def test_is_what_it_says_or_is_refused(
        self, sign_in: SignIn, world: worlds.World, talk: Topic, name: str, content: bytes
    ) -> None:
        answer = self.add(sign_in(world.member), talk, name, content)
        # Django itself takes no empty file for one.
        assert answer.status_code == 422
        assert answer.json()["errors"][0]

    def test_a_picture_is_drawn_anew(self, sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
        from io import BytesIO

        from PIL import Image

        stream = BytesIO()
        Image.new("RGB", (1600, 900), "teal").save(stream, "JPEG", comment=b"where I live")
        client = sign_in(world.member)
        made = self.add(client, talk, "../../photo \u202egpj.jpg", stream.getvalue()).json()
        assert made["name"] == "photo gpj.jpg"
        whole = b"".join(client.get(made["url"]).streaming_content)
        assert b"where I live" not in whole
        small = b"".join(client.get(f"{made['url']}small/").streaming_content)
        assert Image.open(BytesIO(small)).size == (720, 405)

    def test_cannot_be_sent_by_somebody_else(self, sign_in: SignIn, world: worlds.World, talk: Topic) -> None:
        made = self.add(sign_in(world.member), talk, "notes.txt", b"text").json()
        with pytest.raises(messages.MessageRefused, match="not there any more"):
            say(talk.conversation, world.lead, "Mine now", files=[UUID(made["id"])])

    def test_what_was_never_sent_is_forgotten(
        self, sign_in: SignIn, world: worlds.World, talk: Topic
    ) -> None:
        client = sign_in(world.member)
        self.add(client, talk, "notes.txt", b"text")
        Attachment.objects.update(uploaded_at=clock.now() - timedelta(days=2))
        self.add(client, talk, "newer.txt", b"text")
        forget_unsent_files()
        assert list(Attachment.objects.values_list("name", flat=True)) == ["newer.txt"]
