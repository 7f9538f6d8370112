"""Addresses of notifications."""

from flask import Blueprint

notifications = Blueprint("notifications", __name__)
