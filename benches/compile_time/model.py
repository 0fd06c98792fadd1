"""A synthetic model with the size and the mix of types of the whole VOD API.

241 actions, 1149 structs (241 requests, 241 responses, 667 shared types) and 5118 fields, in the proportions
of the vendor's model. The same seed gives the same model.
"""

import random

ACTIONS, SHARED, FIELDS = 241, 667, 5118

# (type in the spec, share of the 5118 fields); "object" and "[object]" name a shared type.
MIX = [
    ("string", 2602), ("object", 750), ("int64", 577), ("uint64", 521), ("[object]", 273), ("float", 180),
    ("[string]", 163), ("[int64]", 30), ("timestamp", 6), ("bool", 6), ("[uint64]", 7), ("[float]", 3),
]

WORDS = (
    "Media File Task Class Cover Video Audio Stream Width Height Rate Codec Start End Offset Time Name Url Type "
    "Status Code Message Input Output Result Set Item Definition Template Watermark Snapshot Sprite Review "
    "Segment Text Face Object Word Confidence Area Progress Priority Session Context Storage Region"
).split()


def generate(share=1.0, seed=20180717):
    """Returns (types, actions): {name: [field]}, {name: (request fields, response fields)}.

    `share` keeps this part of the actions, types and fields.
    """
    rng = random.Random(seed)
    actions, shared, fields = (round(n * share) for n in (ACTIONS, SHARED, FIELDS))
    kinds = [kind for kind, count in MIX for _ in range(round(count * share))]
    rng.shuffle(kinds)
    kinds = (kinds + ["string"] * fields)[:fields]
    owners = [f"T{i:03}" for i in range(shared)]
    owners += [f"A{i:03}{part}" for i in range(actions) for part in ("Request", "Response")]
    sizes = {owner: 1 for owner in owners}
    for _ in range(fields - len(owners)):
        sizes[rng.choice(owners)] += 1
    records = {owner: _record(owner, sizes[owner], kinds, shared, rng) for owner in owners}
    types = {name: record for name, record in records.items() if name.startswith("T")}
    calls = {
        f"A{i:03}": (records[f"A{i:03}Request"], records[f"A{i:03}Response"]) for i in range(actions)
    }
    return types, calls


def _record(owner, size, kinds, shared, rng):
    taken, out = set(), []
    for _ in range(size):
        kind = kinds.pop()
        name = "".join(rng.sample(WORDS, 2))
        while name in taken:
            name += rng.choice(WORDS)
        taken.add(name)
        required = owner.endswith("Request") and rng.random() < 0.2 or owner[0] == "T" and rng.random() < 0.45
        if "object" in kind:
            # References point to types of a higher number, so that no type contains itself.
            low = int(owner[1:4]) + 1 if owner[0] == "T" else 0
            if low >= shared:
                kind = "string"
            else:
                high = shared if owner[0] == "A" else min(shared, low + 40)
                kind = kind.replace("object", f"T{rng.randrange(low, high):03}")
                required = required and kind.startswith("[")
        doc = " ".join(rng.choice(WORDS).lower() for _ in range(rng.randint(8, 25))).capitalize() + "."
        out.append({"name": name, "kind": kind, "required": required, "doc": doc})
    return out
