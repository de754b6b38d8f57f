from social.models.attachment import Attachment
from social.models.block import Block
from social.models.conversation import Conversation, Participant
from social.models.follow import Follow, Mute
from social.models.message import Mention, Message, MessageVersion
from social.models.notification import Delivery, Notification, NotificationEvent
from social.models.notification_settings import NotificationSettings, Preference, PushSubscription
from social.models.poll import Poll, PollOption, PollVote
from social.models.reaction import Reaction

__all__ = [
    "Attachment",
    "Block",
    "Conversation",
    "Delivery",
    "Follow",
    "Mention",
    "Message",
    "MessageVersion",
    "Mute",
    "Notification",
    "NotificationEvent",
    "NotificationSettings",
    "Participant",
    "Poll",
    "PollOption",
    "PollVote",
    "Preference",
    "PushSubscription",
    "Reaction",
]
