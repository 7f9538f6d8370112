"""Uploads: what is taken, and a content store that never has a row without its file."""

from marketplace.files.download import download, not_clean
from marketplace.files.keys import SecretKey, key_for
from marketplace.files.kinds import KINDS
from marketplace.files.models import FileKey, Scan, StoredFile, path_of
from marketplace.files.reading import content_of, whole_content
from marketplace.files.scanning import is_openable, scan_waiting
from marketplace.files.store import Blob, keep_upload, store, sweep_blobs, sweep_incoming

__all__ = [
    "KINDS",
    "Blob",
    "FileKey",
    "Scan",
    "SecretKey",
    "StoredFile",
    "content_of",
    "download",
    "is_openable",
    "keep_upload",
    "key_for",
    "not_clean",
    "path_of",
    "scan_waiting",
    "store",
    "sweep_blobs",
    "sweep_incoming",
    "whole_content",
]
