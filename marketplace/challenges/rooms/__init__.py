"""Attachments of a challenge, open ones and those behind an undertaking of confidentiality: the data room."""
