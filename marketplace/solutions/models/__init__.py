"""Tables of solutions, split by what they hold; importing this registers them all."""

from marketplace.solutions.models.authors import Author
from marketplace.solutions.models.consortium import Confirmation, Partner
from marketplace.solutions.models.entry import SEALED, Answer, Attachment, Solution, SolutionVersion
from marketplace.solutions.models.paper import PaperEntry
from marketplace.solutions.models.writers import Coeditor, Comment, Writing

__all__ = [
    "SEALED",
    "Answer",
    "Attachment",
    "Author",
    "Coeditor",
    "Comment",
    "Confirmation",
    "PaperEntry",
    "Partner",
    "Solution",
    "SolutionVersion",
    "Writing",
]
