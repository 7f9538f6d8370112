"""Deeds of introductions."""

from marketplace.matching.introductions.services.answering import (
    accept_introduction,
    decline_introduction,
    end_introduction,
    expire_introduction,
    remind_of_introduction,
    withdraw_introduction,
)
from marketplace.matching.introductions.services.asking import NotAskable, ask_introduction
from marketplace.matching.introductions.services.blocking import block_requests, unblock_requests
from marketplace.matching.introductions.services.reporting import report_milestone
from marketplace.matching.introductions.services.writing import offer_contact, relay_message, undertake_confidentiality

__all__ = [
    "NotAskable",
    "accept_introduction",
    "ask_introduction",
    "block_requests",
    "decline_introduction",
    "end_introduction",
    "expire_introduction",
    "offer_contact",
    "relay_message",
    "remind_of_introduction",
    "report_milestone",
    "unblock_requests",
    "undertake_confidentiality",
    "withdraw_introduction",
]
