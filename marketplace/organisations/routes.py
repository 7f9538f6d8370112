"""Addresses of organisations."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

organisations = Blueprint("organisations", __name__)


@organisations.get("/organisations")
def index() -> ResponseReturnValue:
    return ""
