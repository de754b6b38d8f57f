"""What the people of the demonstration talk about in their communities, with the times at which they did."""

from __future__ import annotations

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from cms.demonstration import discussions, rows
from cms.demonstration.attachments import notes
from cms.demonstration.loading.entries import Company
from knowledge.models import Topic
from knowledge.services import topics
from people import access
from people.models import Membership, User
from people.services import memberships
from social import places
from social.choices import Emoji
from social.models import Conversation, Message, Poll
from social.services import attachments, messages, polls, reactions

# Signs that people of the content use and the site does not offer, by the one that means the same.
STANDS_FOR: Final = {"😅": Emoji.LAUGH, "😄": Emoji.LAUGH, "🔥": Emoji.PARTY}


def load(company: Company) -> None:
    """Open the topics that are not there yet."""
    tokens = {_token(topic, topic.messages[0]): topic for topic in company.demonstration.topics}
    known = set(Message.objects.filter(token__in=tokens).values_list("token", flat=True))
    for token, topic in tokens.items():
        if token not in known:
            _load(company, topic)


def _token(topic: rows.Topic, message: rows.Message) -> UUID:
    return uuid5(NAMESPACE_URL, f"topic:{topic.id}:{message.id}")


@transaction.atomic
def _load(company: Company, topic: rows.Topic) -> None:
    community = company.communities[topic.community]
    inside = set(Membership.objects.active().filter(community=community).values_list("user_id", flat=True))
    for person in dict.fromkeys(discussions.people_of(topic)):
        if company.people[person].pk not in inside:
            memberships.admit(user=company.people[person], community=community, by=None)
    people = {person: User.objects.get(pk=user.pk) for person, user in company.people.items()}
    first = topic.messages[0]
    made = topics.open_topic(
        community=community,
        by=people[topic.author],
        draft=topics.TopicDraft(
            title=topic.title,
            text=_text(first.text, people),
            token=_token(topic, first),
            language=topic.language,
            description=topic.description,
            competences=tuple(company.competences[each] for each in topic.competences),
        ),
        at=company.shift.point(topic.created_at),
    )
    sent = _Sent(company, topic, people, made)
    for message in topic.messages:
        sent.send(message)
    sent.settle()


class _Sent:
    """The messages of one topic, by their ids in the content."""

    def __init__(self, company: Company, topic: rows.Topic, people: dict[str, User], made: Topic) -> None:
        self.company, self.topic, self.people, self.made = company, topic, people, made
        self.messages: dict[str, Message] = {}

    def send(self, message: rows.Message) -> None:
        author = self.people[message.author]
        draft = messages.Draft(
            text=_text(message.text, self.people),
            token=_token(self.topic, message),
            reply_to=self.messages[message.reply_to].number if message.reply_to else None,
            files=[self._file(message, author)] if message.file else [],
            poll=_draft(message.poll) if message.poll else None,
        )
        at = self.company.shift.point(message.at)
        stored = messages.send(
            conversation=self._conversation(), by=author, draft=draft, at=at, is_news=False
        )
        self.messages[message.id] = stored
        for emoji, people in message.reactions.items():
            for person in people:
                reactions.to_message(
                    message=stored, by=self.people[person], emoji=STANDS_FOR.get(emoji, emoji), is_on=True
                )
        if message.poll:
            self._vote(stored, message.poll)

    def settle(self) -> None:
        """What the content says of the topic as a whole, and its own times in the place of today's."""
        lead = self.company.lead_of(self.topic.community)
        lead = User.objects.get(pk=lead.pk)
        for pinned in self.topic.pinned:
            messages.pin(message=self.messages[pinned], by=lead)
        if self.topic.outcome:
            closed = topics.close(
                topic=Topic.objects.get(pk=self.made.pk), by=lead, outcome=self.topic.outcome, is_news=False
            )
            Topic.objects.filter(pk=closed.pk).update(
                closed_at=self.company.shift.point(self.topic.messages[-1].at)
            )

    def _vote(self, stored: Message, poll: rows.Poll) -> None:
        chosen: dict[str, list[int]] = {}
        for place, option in enumerate(poll.options):
            for person in option.votes:
                chosen.setdefault(person, []).append(place)
        for person, places_chosen in chosen.items():
            polls.vote(message=stored, by=self.people[person], options=places_chosen)
        # Closed only now: nobody chooses in one whose last day is over.
        Poll.objects.filter(message=stored).update(closes_at=self.company.shift.point(poll.closes_at))

    def _conversation(self) -> Conversation:
        found: Conversation = Conversation.objects.get(pk=self.made.conversation_id)
        return found

    def _file(self, message: rows.Message, author: User) -> UUID:
        assert message.file is not None
        content = notes.note(message.file.name, message.file.description, message.text)
        place = places.enter(self._conversation(), access.viewer_of(author))
        assert place is not None
        made = attachments.upload(
            place=place,
            by=author,
            file=SimpleUploadedFile(message.file.name, content),
            description=message.file.description,
        )
        return made.public_id


def _text(text: str, people: dict[str, User]) -> str:
    """Mentions as messages hold them."""
    return discussions.MENTION.sub(
        lambda found: f"[@{people[found[1]].name}](person:{people[found[1]].public_id})", text
    )


def _draft(poll: rows.Poll) -> polls.PollDraft:
    return polls.PollDraft([option.text for option in poll.options], is_multiple=poll.is_multiple)
