"""Everything that changes a challenge, split by deed; never commits, never reads the request."""

from marketplace.challenges.services.authoring import (
    draft_challenge,
    edit_challenge,
    must_be_draft,
)
from marketplace.challenges.services.copying import copy_challenge, draft_from_pattern
from marketplace.challenges.services.hosting import accept_hosting, invite_cohost, remove_cohost
from marketplace.challenges.services.inviting import change_audience, invite_guest, remove_guest
from marketplace.challenges.services.naming import free_slug
from marketplace.challenges.services.pledging import settle_pledge
from marketplace.challenges.services.publishing import (
    cancel_challenge,
    must_be_open,
    publish_challenge,
    return_challenge,
    submit_challenge,
)
from marketplace.challenges.services.reviewing import waive_gap, write_review_message
from marketplace.challenges.services.scheduling import schedule_publication, unschedule_publication
from marketplace.challenges.services.translating import check_translation, note_translations

__all__ = [
    "accept_hosting",
    "cancel_challenge",
    "change_audience",
    "check_translation",
    "copy_challenge",
    "draft_challenge",
    "draft_from_pattern",
    "edit_challenge",
    "free_slug",
    "invite_cohost",
    "invite_guest",
    "must_be_draft",
    "must_be_open",
    "note_translations",
    "publish_challenge",
    "remove_cohost",
    "remove_guest",
    "return_challenge",
    "schedule_publication",
    "settle_pledge",
    "submit_challenge",
    "unschedule_publication",
    "waive_gap",
    "write_review_message",
]
