"""Deeds on solutions, split by what they are about; never commit, never read the request."""

from marketplace.solutions.services.attaching import TooManyFiles, attach_files, remove_attachment
from marketplace.solutions.services.drafting import EditedMeanwhile, accept_terms, save_solution, start_solution
from marketplace.solutions.services.eligibility import NotEligible, standing_of
from marketplace.solutions.services.opening import record_opening
from marketplace.solutions.services.screening import admit_solution, begin_screening, exclude_solution
from marketplace.solutions.services.sending import submit_solution, withdraw_solution

__all__ = [
    "EditedMeanwhile",
    "NotEligible",
    "TooManyFiles",
    "accept_terms",
    "admit_solution",
    "attach_files",
    "begin_screening",
    "exclude_solution",
    "record_opening",
    "remove_attachment",
    "save_solution",
    "standing_of",
    "start_solution",
    "submit_solution",
    "withdraw_solution",
]
