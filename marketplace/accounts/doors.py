"""Pages of the operator's room: for everybody else they do not exist. Their lists have one length."""

from flask import Blueprint, request

from marketplace.accounts.policy import is_operator
from marketplace.errors import NotFound
from marketplace.pages import me

ROWS = 30


def for_operators(blueprint: Blueprint) -> Blueprint:
    """Let only operators open what lies under /operator/ of this blueprint."""

    @blueprint.before_request
    def only_for_operators() -> None:
        if request.path.startswith("/operator/") and not is_operator(me()):
            raise NotFound("operator")

    return blueprint
