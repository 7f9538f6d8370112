"""Addresses of matching."""

from flask import Blueprint

matching = Blueprint("matching", __name__)
