"""Deeds on solutions, split by what they are about; never commit, never read the request."""

from marketplace.solutions.services.answering import answers_edition, save_answers
from marketplace.solutions.services.attaching import (
    NoRoomLeft,
    TooManyFiles,
    attach_files,
    must_have_room_for,
    remove_attachment,
    replace_attachment,
)
from marketplace.solutions.services.authoring import (
    answer_authorship,
    change_author,
    name_author,
    name_supervisor,
    remove_author,
)
from marketplace.solutions.services.closing import ask_to_be_sent, send_at_closing
from marketplace.solutions.services.coeditors import accept_coeditor_invitation, end_coeditor, invite_coeditor
from marketplace.solutions.services.commenting import resolve_comment, write_comment
from marketplace.solutions.services.drafting import (
    accept_terms,
    save_solution,
    start_as_group,
    start_in_own_name,
    start_solution,
)
from marketplace.solutions.services.eligibility import NotEligible, standing_as_partner, standing_of
from marketplace.solutions.services.partnering import (
    accept_partnership,
    ask_for_confirmations,
    confirm_version,
    describe_partner,
    end_partner,
    invite_partner,
)
from marketplace.solutions.services.screening import admit_solution, begin_screening, exclude_solution
from marketplace.solutions.services.sealing import close_challenge
from marketplace.solutions.services.sending import submit_solution, withdraw_solution
from marketplace.solutions.services.upkeep import scan_files
from marketplace.solutions.services.writing import Pen

__all__ = [
    "NoRoomLeft",
    "NotEligible",
    "Pen",
    "TooManyFiles",
    "accept_coeditor_invitation",
    "accept_partnership",
    "accept_terms",
    "admit_solution",
    "answer_authorship",
    "answers_edition",
    "ask_for_confirmations",
    "ask_to_be_sent",
    "attach_files",
    "begin_screening",
    "change_author",
    "close_challenge",
    "confirm_version",
    "describe_partner",
    "end_coeditor",
    "end_partner",
    "exclude_solution",
    "invite_coeditor",
    "invite_partner",
    "must_have_room_for",
    "name_author",
    "name_supervisor",
    "record_opening",
    "remove_attachment",
    "remove_author",
    "replace_attachment",
    "resolve_comment",
    "save_answers",
    "save_solution",
    "scan_files",
    "send_at_closing",
    "standing_as_partner",
    "standing_of",
    "start_as_group",
    "start_in_own_name",
    "start_solution",
    "submit_solution",
    "withdraw_solution",
    "write_comment",
]
