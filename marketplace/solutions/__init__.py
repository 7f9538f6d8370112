"""Entries: drafts, attachments, versions, receipts, sealing until the challenge closes."""
