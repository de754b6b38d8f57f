"""Messages: sent once, changed with their history, taken away with a trace, by those who may."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from knowledge.services import topics
from people import access
from people.models import User
from people.services import memberships
from social import markdown, places, rendering
from social.models import Conversation, Mention, Message, MessageVersion, Participant
from social.services import conversations, messages, polls, reactions
from tests import world as worlds
from tests.social.talk import say, topic

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def talk(world: worlds.World) -> Conversation:
    return topic(world.open, world.member).conversation


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


class TestSending:
    def test_messages_are_numbered_and_counted(self, talk: Conversation, world: worlds.World) -> None:
        say(talk, world.lead, "I have seen that")
        last = say(talk, world.member, "And what was it?")
        talk = fresh(talk)
        assert [row.number for row in talk.messages.order_by("number")] == [1, 2, 3]
        assert (talk.last_number, talk.message_count, talk.last_author) == (3, 3, world.member)
        assert (talk.last_message_at, talk.revision) == (last.created_at, last.revision)

    def test_the_same_token_is_the_same_message(self, talk: Conversation, world: worlds.World) -> None:
        token = uuid4()
        first = say(talk, world.lead, "Once", token=token)
        assert say(talk, world.lead, "Once", token=token) == first
        assert fresh(talk).last_number == 2

    def test_a_token_of_somebody_else_is_another_message(
        self, talk: Conversation, world: worlds.World
    ) -> None:
        token = uuid4()
        assert say(talk, world.lead, "Mine", token=token) != say(talk, world.member, "Also", token=token)

    def test_only_members_write_and_those_who_manage(self, talk: Conversation, world: worlds.World) -> None:
        with pytest.raises(PermissionDenied):
            say(talk, world.employee, "May I?")
        say(talk, world.curator, "I look after it")

    def test_who_left_writes_no_more(self, talk: Conversation, world: worlds.World) -> None:
        memberships.leave(user=world.member, community=world.open)
        with pytest.raises(PermissionDenied):
            say(talk, User.objects.get(pk=world.member.pk), "Still here")

    @pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200e\u2060", "\x00"])
    def test_what_nobody_could_see_is_refused(
        self, talk: Conversation, world: worlds.World, text: str
    ) -> None:
        with pytest.raises(messages.MessageRefused, match="empty"):
            say(talk, world.lead, text)

    def test_says_by_how_much_it_is_too_long(self, talk: Conversation, world: worlds.World) -> None:
        say(talk, world.lead, "a" * messages.LONGEST)
        with pytest.raises(messages.MessageRefused, match="90000 characters too long"):
            say(talk, world.lead, "a" * 100_000)

    def test_names_no_more_people_than_can_be_meant(self, talk: Conversation, world: worlds.World) -> None:
        text = " ".join(f"[@x](person:{uuid4()})" for _each in range(120))
        with pytest.raises(messages.MessageRefused, match="At most 50 people"):
            say(talk, world.lead, text)

    def test_answers_make_a_thread(self, talk: Conversation, world: worlds.World) -> None:
        first = say(talk, world.lead, "Who knows?")
        second = say(talk, world.member, "I do", reply_to=first.number)
        third = say(talk, world.lead, "Thanks", reply_to=second.number)
        assert (second.thread, third.thread, third.reply_to) == (first, first, second)
        assert (fresh(first).reply_count, fresh(first).revision) == (2, third.revision)

    def test_an_answer_to_what_is_elsewhere_is_refused(self, talk: Conversation, world: worlds.World) -> None:
        with pytest.raises(messages.MessageRefused, match="not there"):
            say(talk, world.lead, "To what?", reply_to=77)

    def test_who_writes_has_read_what_stands_above(self, talk: Conversation, world: worlds.World) -> None:
        say(talk, world.lead, "One")
        say(talk, world.lead, "Two")
        assert conversations.unread_of(world.member, [talk]) == {talk.pk: 2}
        say(talk, world.member, "Three")
        assert conversations.unread_of(world.member, [talk]) == {talk.pk: 0}


class TestNaming:
    def test_names_are_those_of_the_people(self, talk: Conversation, world: worlds.World) -> None:
        lead = world.lead
        said = say(talk, world.member, f"[@Somebody else](person:{lead.public_id}) and [@me](group:here)")
        assert f'href="{lead.get_absolute_url()}"' in said.html
        assert f"@{lead.name}" in said.html
        assert "Somebody else" not in said.html
        assert list(Mention.objects.filter(message=said).values_list("user", "in_group")) == [
            (lead.pk, False)
        ]

    def test_a_name_that_is_nobodys_stays_text(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.member, f"[@Nobody](person:{uuid4()})")
        assert said.html == "<p>@Nobody</p>\n"
        assert not Mention.objects.filter(message=said).exists()

    def test_everybody_here_are_those_who_read_along(self, talk: Conversation, world: worlds.World) -> None:
        place = places.enter(talk, access.viewer_of(world.employee))
        assert place is not None
        conversations.mark_read(place=place, number=1)
        said = say(talk, world.member, "[@all](group:here)")
        assert list(Mention.objects.filter(message=said).values_list("user", "in_group")) == [
            (world.employee.pk, True)
        ]


class TestChanging:
    def test_an_edit_keeps_what_was_said(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.lead, "Bolt M8")
        changed = messages.edit(message=said, by=world.lead, text="Bolt **M10**")
        assert "<strong>M10</strong>" in changed.html
        assert changed.revision > said.revision
        assert [(row.text, row.replaced_by) for row in MessageVersion.objects.all()] == [
            ("Bolt M8", world.lead)
        ]

    def test_saying_the_same_again_changes_nothing(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.lead, "Bolt M8")
        assert messages.edit(message=said, by=world.lead, text="Bolt M8").revision == said.revision

    def test_nobody_edits_what_others_said(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.member, "Mine")
        for person in (world.lead, world.curator, world.moderator):
            with pytest.raises(PermissionDenied):
                messages.edit(message=said, by=person, text="Yours")

    def test_takes_a_message_away_with_a_trace(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.member, f"[@x](person:{world.lead.public_id}) a secret")
        messages.take_away(message=said, by=world.lead)
        gone = fresh(said)
        assert (gone.text, gone.html, gone.deleted_by) == ("", "", world.lead)
        assert fresh(talk).message_count == 1
        assert not Mention.objects.exists()
        assert MessageVersion.objects.get().text.endswith("a secret")
        shown = rendering.html(rendering.shown(Message.objects.filter(pk=said.pk).for_room())[0])
        assert "a secret" not in shown
        assert "taken away" in shown

    def test_nothing_of_it_stays_in_answers(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.member, "The password is swordfish")
        answer = say(talk, world.lead, "Take that away", reply_to=said.number)
        known = fresh(talk).revision
        messages.take_away(message=said, by=world.member)
        changed = dict(rendering.changes(talk.pk, known).items)
        assert set(changed) == {said.number, answer.number}
        assert not any("swordfish" in html for html in changed.values())

    def test_an_answer_less_is_counted(self, talk: Conversation, world: worlds.World) -> None:
        answer = say(talk, world.lead, "I do", reply_to=1)
        messages.take_away(message=answer, by=world.lead)
        assert talk.messages.get(number=1).reply_count == 0

    def test_taking_away_twice_is_once(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.member, "Oops")
        once = messages.take_away(message=said, by=world.member)
        assert messages.take_away(message=said, by=world.lead).revision == once.revision
        assert fresh(said).deleted_by == world.member

    def test_others_take_nothing_away(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.lead, "Mine")
        with pytest.raises(PermissionDenied):
            messages.take_away(message=said, by=world.member)

    def test_pins_are_for_those_who_look_after_it(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.member, "The plan")
        with pytest.raises(PermissionDenied):
            messages.pin(message=said, by=world.member)
        messages.pin(message=said, by=world.lead)
        assert list(talk.messages.pinned()) == [said]
        messages.unpin(message=said, by=world.curator)
        assert not talk.messages.pinned().exists()


class TestLocking:
    def test_nobody_writes_in_what_is_locked(self, talk: Conversation, world: worlds.World) -> None:
        conversations.lock(conversation=talk, by=world.lead)
        with pytest.raises(messages.MessageRefused, match="closed"):
            say(fresh(talk), world.member, "One more thing")
        conversations.unlock(conversation=talk, by=world.lead)
        say(fresh(talk), world.member, "One more thing")

    def test_members_lock_nothing(self, talk: Conversation, world: worlds.World) -> None:
        with pytest.raises(PermissionDenied):
            conversations.lock(conversation=talk, by=world.member)

    def test_the_end_of_a_topic_takes_no_lock_back(self, world: worlds.World) -> None:
        made = topic(world.open, world.member)
        conversations.lock(conversation=made.conversation, by=world.lead)
        topics.close(topic=fresh(made), by=world.member, outcome="Nothing")
        topics.reopen(topic=fresh(made), by=world.member)
        with pytest.raises(messages.MessageRefused, match="closed"):
            say(made.conversation, world.member, "Now I can write again")

    def test_what_has_ended_is_opened_as_it_was_closed(self, world: worlds.World) -> None:
        made = topic(world.open, world.member)
        topics.close(topic=made, by=world.member, outcome="Grease")
        with pytest.raises(PermissionDenied):
            conversations.unlock(conversation=fresh(made.conversation), by=world.lead)
        topics.reopen(topic=fresh(made), by=world.member)
        say(made.conversation, world.member, "One more thing")


class TestReacting:
    def test_a_sign_given_twice_is_one(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.lead, "Done")
        for _time in range(2):
            reactions.to_message(message=said, by=world.member, emoji="👍", is_on=True)
        (shown,) = rendering.shown(Message.objects.filter(pk=said.pk).for_room())
        assert [(sign.emoji, sign.count, sign.names) for sign in shown.signs] == [
            ("👍", 1, [world.member.name])
        ]
        reactions.to_message(message=said, by=world.member, emoji="👍", is_on=False)
        (shown,) = rendering.shown(Message.objects.filter(pk=said.pk).for_room())
        assert shown.signs == []

    def test_there_are_no_others_than_the_few(self, talk: Conversation, world: worlds.World) -> None:
        said = say(talk, world.lead, "Done")
        for emoji in ("<b>", "💩", ""):
            with pytest.raises(reactions.NoSuchEmoji):
                reactions.to_message(message=said, by=world.member, emoji=emoji, is_on=True)


class TestPolls:
    @pytest.fixture
    def poll(self, talk: Conversation, world: worlds.World) -> Message:
        return say(talk, world.lead, "Which first?", poll=polls.PollDraft(["A", "B", "B", " "]))

    def counts(self, poll: Message) -> list[tuple[str, int]]:
        (shown,) = rendering.shown(Message.objects.filter(pk=poll.pk).for_room())
        return [(option.text, option.count) for option in shown.options]

    def test_a_choice_takes_the_place_of_the_one_before(self, poll: Message, world: worlds.World) -> None:
        polls.vote(message=poll, by=world.member, options=[0])
        polls.vote(message=poll, by=world.member, options=[1])
        assert self.counts(poll) == [("A", 0), ("B", 1)]

    def test_one_answer_is_chosen_where_one_is_asked_for(self, poll: Message, world: worlds.World) -> None:
        for chosen in ([0, 1], [7]):
            with pytest.raises(polls.PollRefused):
                polls.vote(message=poll, by=world.member, options=chosen)

    def test_nobody_chooses_once_it_is_closed(self, talk: Conversation, world: worlds.World) -> None:
        over = polls.PollDraft(["A", "B"], closes_at=clock.now())
        with pytest.raises(polls.PollRefused, match="closed"):
            polls.vote(message=say(talk, world.lead, "?", poll=over), by=world.member, options=[0])

    def test_who_chose_finds_their_choice(self, poll: Message, world: worlds.World) -> None:
        polls.vote(message=poll, by=world.member, options=[1])
        polls.vote(message=poll, by=world.lead, options=[0])
        asked = {"conversation_id": poll.conversation_id, "first": 1, "last": 99}
        assert polls.own_votes(user_id=world.member.pk, **asked) == {poll.number: [1]}

    def test_has_two_answers_at_least(self, talk: Conversation, world: worlds.World) -> None:
        with pytest.raises(polls.PollRefused, match="between 2 and 12"):
            say(talk, world.lead, "?", poll=polls.PollDraft(["A", "A"]))


class TestReading:
    def test_reading_further_up_takes_nothing_back(self, talk: Conversation, world: worlds.World) -> None:
        for number in range(5):
            say(talk, world.lead, f"Message {number}")
        place = places.enter(fresh(talk), access.viewer_of(world.employee))
        assert place is not None
        for number in (5, 2, 99):
            conversations.mark_read(place=place, number=number)
        assert Participant.objects.get(user=world.employee).read_number == 6

    def test_changes_since_a_revision_are_each_once(self, talk: Conversation, world: worlds.World) -> None:
        first = say(talk, world.lead, "One")
        known = fresh(talk).revision
        messages.edit(message=first, by=world.lead, text="One, corrected")
        messages.edit(message=first, by=world.lead, text="One, corrected twice")
        say(talk, world.member, "Two")
        found = rendering.changes(talk.pk, known)
        assert [number for number, _html in found.items] == [2, 3]
        assert "corrected twice" in found.items[0][1]
        assert rendering.changes(talk.pk, found.revision).items == []

    def test_too_many_changes_are_not_told_one_by_one(
        self, talk: Conversation, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rendering, "MOST_CHANGES", 2)
        for number in range(3):
            say(talk, world.lead, f"Message {number}")
        assert not rendering.changes(talk.pk, 1).is_whole


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<a href='vbscript:x'>x</a>",
        "```\n</code><script>alert(1)</script>\n```",
        '[x](person:"><script>alert(1)</script>)',
        '[@x](group:"onmouseover=alert(1))',
    ],
)
def test_no_text_becomes_a_script(text: str) -> None:
    html = markdown.to_html(text, {}).lower()
    assert "<script" not in html
    assert "<img" not in html
    for scheme in ('href="javascript', 'href="vbscript', 'href="data', 'href="person', 'href="group'):
        assert scheme not in html
    assert not re.search(r"<[^>]*\son\w+=", html)


def test_marks_that_turn_a_text_round_are_taken_out() -> None:
    assert markdown.cleaned("invoice\u202efdp.exe") == "invoicefdp.exe"
    assert markdown.cleaned("שלום \u2067abc\u2069") == "שלום \u2067abc\u2069"
