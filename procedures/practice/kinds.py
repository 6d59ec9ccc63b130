"""How a practice key and a practice document are told from genuine ones: by what they are called, with no list to ask.

The id of a key is made of its own fingerprint, so a practice key is one that was looked for until its fingerprint began
with PR; a genuine key never does. The code of a practice document begins with PRAC, and is printed so on the paper.
"""

KID = b"PR"
CODE = "PRAC"
CERTIFICATE = "Takwin practice"


def is_practice_kid(kid: bytes) -> bool:
    return kid.startswith(KID)


def is_practice_code(public_id: str) -> bool:
    return public_id.startswith(CODE)
