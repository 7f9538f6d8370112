"""Ways for short messages, and what they may be about."""

import enum

from marketplace.notifications.topics import Topic


class Channel(enum.StrEnum):
    """Beside e-mail."""

    SMS = "sms"
    ZALO = "zalo"


# Letters of no topic carry duties and deadlines; of them a message may be wanted most.
DUTIES = "duties"
NEWS = (*(topic.value for topic in Topic), DUTIES)
