#!/usr/bin/env python3
"""Check a receipt without trusting anybody: needs Python 3.9 and nothing else, and asks no network.

    python3 verify_receipt.py RECEIPT.json [--key KEY] [--text TEXT.json] [FILE ...]

RECEIPT.json   the receipt as downloaded from the site
--key KEY      the site's key as you noted it yourself; without it the key inside the receipt is taken
--text, FILE   what you sent: their SHA-256 must stand in the receipt

It checks the signature over the line of the journal (Ed25519, RFC 8032), the signed head of the journal's tree, and the
path from the line to that head (RFC 6962). It ends with 0 if all holds and with 1 if anything does not.
"""

import argparse
import base64
import hashlib
import json
import sys


class Broken(Exception):
    """Something does not hold."""


# ---- Ed25519 (RFC 8032, section 5.1; points in extended coordinates) ----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number, point):
    product = NEUTRAL
    while number:
        if number & 1:
            product = add(product, point)
        point, number = add(point, point), number >> 1
    return product


def same(one, other):
    crossed = (one[0] * other[2] - other[0] * one[2], one[1] * other[2] - other[1] * one[2])
    return crossed[0] % P == 0 and crossed[1] % P == 0


def point_of(code):
    y = int.from_bytes(code, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise Broken("a key or signature is no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def check_signature(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        raise Broken("the signature has a wrong length")
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    r, s = point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    if s >= L or not same(multiply(s, base), add(r, multiply(h, point_of(public)))):
        raise Broken("the signature is wrong")


# ---- Signed notes (C2SP) and the tree (RFC 6962, RFC 9162 section 2.1.3.2) ----


def text_of(note, key):
    """The text of a note, if this key signed it."""
    name, _, coded = key.split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    public, text = base64.b64decode(coded)[1:], text + "\n"
    number = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    for line in signatures.splitlines():
        if line.startswith("\u2014 " + name + " "):
            stamp = base64.b64decode(line.split(" ")[2])
            if stamp[:4] == number:
                check_signature(public, text.encode(), stamp[4:])
                return text
    raise Broken("nothing is signed with the key " + key)


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(leaf, index, size, path):
    """The root to which the path leads from the leaf."""
    first, last, root = index, size - 1, leaf
    if not 0 <= first <= last:
        raise Broken("the line's place lies outside the tree")
    for step in path:
        if last == 0:
            raise Broken("the path is too long")
        if first & 1 or first == last:
            root = node(step, root)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            root = node(root, step)
        first, last = first >> 1, last >> 1
    if last:
        raise Broken("the path is too short")
    return root


# ---- The receipt ----


def check(receipt, key, sent):
    """Yield what holds, sentence by sentence; raises Broken at the first that does not."""
    line = receipt["line"]
    written = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    leaf = hashlib.sha256(b"\x00" + written).digest()
    _origin, promised, moment = text_of(receipt["promise"], key).split("\n")[:3]
    if promised != leaf.hex() or moment != line["at"]:
        raise Broken("what was signed is not the line in this receipt")
    facts = line["facts"]
    if line["event"] != "SolutionSubmitted" or facts["receipt"] != receipt["reference"]:
        raise Broken("the line is not about this receipt")
    yield "{} received version {} of {} at {}".format(
        _origin, facts["version"], line["object_reference"], facts["received_at"]
    )
    if receipt.get("proof"):
        yield in_tree(receipt["proof"], leaf, key)
    else:
        yield "NOT YET in the signed tree: download the receipt again after the challenge has closed"
    hashes = {facts["content_sha256"], *facts["files"]}
    for name, content in sent:
        if hashlib.sha256(content).hexdigest() not in hashes:
            raise Broken(name + " is not what was received")
        yield name + " is what was received"


def in_tree(proof, leaf, key):
    head = text_of(proof["checkpoint"], key).split("\n")
    size, root = int(head[1]), base64.b64decode(head[2])
    path = [bytes.fromhex(step) for step in proof["path"]]
    if root_from(leaf, proof["index"], size, path) != root:
        raise Broken("the path does not lead to the signed root")
    return "It is line {} of the {} that were signed: {}".format(proof["index"], size, ", ".join(head[3:-1]))


def content_of(name):
    with open(name, "rb") as source:
        return source.read()


def main():
    parser = argparse.ArgumentParser(description="Check a receipt without trusting anybody.")
    parser.add_argument("receipt")
    parser.add_argument("--key")
    parser.add_argument("--text", action="append", default=[])
    parser.add_argument("files", nargs="*")
    asked = parser.parse_intermixed_args()
    try:
        with open(asked.receipt, encoding="utf-8") as source:
            receipt = json.load(source)
        if not asked.key:
            sys.stdout.write(
                "The key is the one inside the receipt: compare it with the site's: " + receipt["key"] + "\n"
            )
        sent = [(name, content_of(name)) for name in [*asked.text, *asked.files]]
        for sentence in check(receipt, asked.key or receipt["key"], sent):
            sys.stdout.write(sentence + "\n")
    except (Broken, OSError, KeyError, TypeError, ValueError) as error:
        sys.stdout.write(f"BROKEN: {error}\n")
        return 1
    sys.stdout.write("ALL HOLDS\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
