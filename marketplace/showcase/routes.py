"""Addresses of showcase."""

from flask import Blueprint

showcase = Blueprint("showcase", __name__)


@showcase.get("/results")
def index() -> str:
    return ""
