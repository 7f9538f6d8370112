"""The bad-text corpus of trust.md section 2: what people, programs and attackers type into fields and addresses."""

import unicodedata

TWIN = "Nguyễn Thị Ưỡn"
XSS = "\"'><script>window.__xss=1</script><img src=x onerror=alert(1)><svg/onload=alert(1)>{{7*7}}${7*7}"
LONGEST = 10_000

CORPUS: dict[str, str | bytes] = {
    "empty": "",
    "spaces": "   ",
    "one letter": "ạ",
    "ideographic space": "\u3000",
    "no-break spaces": "\u00a0\u202f",
    "over every limit": "ầ" * (LONGEST + 1),
    "long line of words": "từ " * 3_000,
    "NUL": "a\0b",
    "only NUL": "\0",
    "invalid UTF-8": b"\xff\xfe Th\xf5ng",
    "lone surrogate": "\ud800 một nửa",
    "TCVN3": b"C\xadng ho\xb5 x\xb7 h\xe9i",
    "BOM": "\ufeffHà Nội",
    "zero width": "Hà\u200b\u200d\u2060Nội",
    "right to left": "\u202egnp.exe\u202c",
    "NFC": unicodedata.normalize("NFC", TWIN),
    "NFD": unicodedata.normalize("NFD", TWIN),
    "combining tower": "a" + "\u0301\u0323\u0302" * 200,
    "Vietnamese": "đ Đ ơ ư ă ê ô ĐƯỜNG LÁNG",
    "emoji": "👨‍👩‍👧‍👦🇻🇳",
    "noncharacters": "\ufffe\uffff",
    "controls": "\x01\x1b[31m\x7f\x85",
    "line ends": "một\r\nhai\rba\u2028bốn\u2029năm",
    "header": "a\r\nSet-Cookie: x=1\r\nBcc: y@example.vn",
    "markup": "<>&\"'",
    "script": XSS,
    "attribute": "x\" onfocus=alert(1) autofocus x='",
    "htmx": "<div hx-get=/account hx-trigger=load data-hx-post=/sign-out hx-on:click=alert(1)>",
    "CDATA": "]]>",
    "template": "{{ config }}{% for x in ().__class__.__base__.__subclasses__() %}",
    "places": "%(password)s %s %n %(day)d {0} {day!r}",
    "path": "../../../etc/passwd",
    "windows path": "C:\\CON\\..\\x",
    "SQL": "'; DROP TABLE person; --",
    "LIKE": "%_\\",
    "search": "\"AND NEAR( foo:bar * -x C++ ''",
    "formula": "=1+1",
    "wide formula": "＝cmd|' /C calc'!A0",
    "device": "CON",
    "null": "null",
    "dot thousands": "1.234.567",
    "comma thousands": "1,234,567",
    "decimal comma": "0,5",
    "not a number": "NaN",
    "infinity": "1e309",
    "minus": "-1",
    "hexadecimal": "0x5",
    "huge": "9" * 400,
    "beyond 64 bits": "9223372036854775808",
    "Arabic digits": "١٢",
    "superscript": "²",
    "fullwidth digits": "１２",
    "day first": "13/02/2026",
    "month first": "02/13/2026",
    "no such day": "2026-02-31",
    "year one": "0001-01-01T00:00",
    "year 9999": "9999-12-31T23:59",
    "list": "[]",
    "script address": "javascript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "elsewhere": "//evil.example",
    "address with a space": "a b@example..vn",
    "long address": "x" * 320 + "@example.vn",
}

# What a list is asked for that it does not have.
NASTY_QUERIES = (
    "page=1e9",
    "page=-1",
    "page=0",
    "page=99999999",
    "page=%D9%A3",
    "page=%C2%B2",
    "page=" + "9" * 400,
    "page[]=2&page=1&page=2",
    "page=%22%3E%3Cscript%3Ewindow.__xss%3D1%3C/script%3E",
    "sort=score&order_by=password&per_page=10000",
    "next=//evil.example&next=https:evil",
    "%FF=%FE&=&&;a",
    "a=%00",
    "%00",
)


def queries(names: list[str]) -> list[str]:
    """Query strings that give each of these names a bad text."""
    texts = ["%22%20AND%20NEAR(*%20-x%20C%2B%2B", "%25_%5C", "%FF%FE", "x" * 10_000, "%27%3B--", "a%00b", "%ED%A0%80"]
    return ["&".join(f"{name}={text}" for name in names) for text in texts]
