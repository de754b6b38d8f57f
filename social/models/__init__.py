from social.models.attachment import Attachment
from social.models.block import Block
from social.models.conversation import Conversation, Participant
from social.models.message import Mention, Message, MessageVersion
from social.models.poll import Poll, PollOption, PollVote
from social.models.reaction import Reaction

__all__ = [
    "Attachment",
    "Block",
    "Conversation",
    "Mention",
    "Message",
    "MessageVersion",
    "Participant",
    "Poll",
    "PollOption",
    "PollVote",
    "Reaction",
]
