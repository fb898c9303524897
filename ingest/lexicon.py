"""Counts of promotional and hedging terms; the texts they were counted in are not kept."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Form -> term, one map for each kind, with the version that counts are tied to."""

    version: int
    promotional: dict[str, str]
    hedging: dict[str, str]


@cache
def load() -> Lexicon:
    """The lexicon of ingest/data/lexicon.yaml, whose sources stand beside each term."""
    raw = yaml.safe_load((files("ingest") / "data" / "lexicon.yaml").read_text("utf-8"))
    maps: dict[str, dict[str, str]] = {}
    for kind in ("promotional", "hedging"):
        maps[kind] = {form: e["term"] for e in raw[kind] for form in (e["term"], *e["forms"])}
    return Lexicon(raw["version"], maps["promotional"], maps["hedging"])


def words(text: str) -> list[str]:
    """Words in lower case; hyphenated compounds count as one word and as their parts' forms."""
    return [match.group(0).lower().replace("’", "'") for match in _WORD.finditer(text)]


def count_terms(title: str | None, abstract: str | None) -> dict[str, Any] | None:
    """Counts by term and in total, with the number of words as the denominator.

    None when there is neither title nor abstract. A rate is (total / words); it misleads on
    titles alone, so ``abstract`` says whether an abstract was counted.
    """
    parts = [part for part in (title, abstract) if part]
    if not parts:
        return None
    lexicon = load()
    found: dict[str, Counter[str]] = {"promotional": Counter(), "hedging": Counter()}
    total = 0
    for part in parts:
        for word in words(part):
            total += 1
            for kind, forms in (
                ("promotional", lexicon.promotional),
                ("hedging", lexicon.hedging),
            ):
                pieces = [word] if word in forms else word.split("-")
                for piece in pieces:
                    if piece in forms:
                        found[kind][forms[piece]] += 1
    return {
        "lexicon": lexicon.version,
        "words": total,
        "abstract": abstract is not None,
        "promotional": sum(found["promotional"].values()),
        "hedging": sum(found["hedging"].values()),
        "terms": {
            kind: dict(sorted(counter.items())) for kind, counter in found.items() if counter
        },
    }
