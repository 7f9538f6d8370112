"""Addresses of audit."""

from flask import Blueprint

audit = Blueprint("audit", __name__)
