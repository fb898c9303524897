"""A model or a repository, out of its facts, as a draft for models/."""

import re
from typing import Any

from ingest.draft import Draft, Question, slug
from ingest.model_facts import Fact, Facts

# Facts that belong to a checkpoint; the rest holds for the model as a whole.
_VARIANT = ("parameters", "layers", "hidden_size", "heads", "vocabulary", "context_tokens")
# "-117m", "-500m-multi": what tells a checkpoint from its model.
_SIZE = re.compile(r"-\d+(?:\.\d+)?[kmb](?:-.*)?$")
MODALITIES = ["dna", "rna", "protein", "single_cell_rna", "single_cell_atac", "spatial", "multiomic",
              "text", "epigenome"]  # fmt: skip


class _Sources:
    """Source entries of a draft, one for each body that facts came from."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        self._keys: dict[str, str] = {}

    def key(self, fact: Fact) -> str:
        """The key of the source that a fact came from."""
        sha = fact.source["sha256"]
        if sha not in self._keys:
            name = {"config.json": "config", "the card": "card"}.get(
                next((w for w in ("config.json", "the card") if w in fact.how), ""), "info"
            )
            unique = name if name not in self.entries else f"{name}{len(self.entries) + 1}"
            self._keys[sha] = unique
            self.entries[unique] = {
                "cite": "not_checked",
                "locator": f"{fact.source['url']} as of {fact.source['time'][:10]}",
                "sha256": sha,
                "read": "scripted",
            }
        return self._keys[sha]


def _noted(fact: Fact, key: str, value: Any) -> dict[str, Any]:
    entry = {"value": value, "source": key}
    if "derived" in fact.how or fact.how.startswith(("pushed_at", "created_at", "createdAt")):
        entry["note"] = fact.how
    return entry


def draft_model(facts: Facts, paper: str | None = None) -> Draft:
    """A model entry with one variant from a Hugging Face model's facts.

    ``paper`` is the identifier that the Hub's tags tie to the model, a hint for the reviewer.
    """
    owner, _, name = facts.subject.rpartition("/")
    identifier = slug(name)
    sources = _Sources()
    variant: dict[str, Any] = {"id": identifier, "name": name, "aliases": [facts.subject]}
    entry: dict[str, Any] = {
        "id": identifier, "name": name, "family": None, "modality": None, "publications": None,
        "summary": None, "aliases": [facts.subject], "sources": sources.entries,
    }  # fmt: skip
    provenance: dict[str, dict[str, Any]] = {}
    mapping = {"architecture": "architecture", "licence": "licence_weights", "released": "released"}
    for fact_name, fact in facts.facts.items():
        where = "variants.0." if fact_name in _VARIANT else ""
        target = fact_name if fact_name in _VARIANT else mapping.get(fact_name)
        if target is None:
            continue
        value = str(fact.value) if isinstance(fact.value, int | float) else fact.value
        (variant if where else entry)[target] = _noted(fact, sources.key(fact), value)
        provenance[f"{where}{target}"] = {**fact.source, "how": fact.how}
    if owner:
        first = next(iter(sources.entries), None)
        if first:
            entry["huggingface"] = {"value": facts.subject, "source": first}
    entry["variants"] = [variant]
    hint = f" The Hub ties it to {paper}." if paper else ""
    draft = Draft(
        identifier, "model", {k: v for k, v in entry.items() if v is not None}, provenance
    )
    draft.notes = list(facts.notes)
    draft.review = [
        Question("id", "Which id should the model have? (one file a model, variants inside)",
                 _SIZE.sub("", identifier), required=True),
        Question("variants.0.id", "Which id should this checkpoint have?", identifier, required=True),
        Question("name", "What is the model called?", name, required=True),
        Question("family", "Which family is it of?", slug(name.split("-")[0]), required=True),
        Question("modality", "Which modalities does it model? (commas between)",
                 alternatives=MODALITIES, required=True),
        Question("publications", f"Which publications introduce it? (citekeys, commas between){hint}",
                 required=True),
        Question("cite", "Which citekey stands for these sources?", required=True),
        Question("summary", "What is it, in one sentence of your own?", required=True),
    ]  # fmt: skip
    class_fact = facts.facts.get("architecture_class")
    if class_fact and "architecture" not in facts.facts:
        draft.review.append(Question(
            "architecture", f"Which kind of architecture is {class_fact.value}?",
            alternatives=["transformer_encoder", "transformer_decoder", "hyena", "striped_hyena",
                          "state_space", "convolutional", "hybrid", "other"]))  # fmt: skip
    for name in facts.silent:
        if name in ("parameters", "licence"):
            draft.review.append(Question(
                f"unreported.{name}", f"No body says its {name}. Leave it as not_reported?",
                "not_reported"))  # fmt: skip
    return draft


def draft_repository(facts: Facts) -> Draft:
    """Facts of a code repository, to be added to a model that is in the catalog."""
    sources = _Sources()
    provenance = {name: {**fact.source, "how": fact.how} for name, fact in facts.facts.items()}
    first = next(iter(facts.facts.values()), None)
    entry: dict[str, Any] = {"model": None, "repository": facts.subject}
    if first is not None:
        key = sources.key(first)
        entry["code"] = {"value": f"https://github.com/{facts.subject}", "source": key}
        if "licence" in facts.facts:
            entry["licence_code"] = {"value": facts.facts["licence"].value, "source": key}
    entry["sources"] = sources.entries
    draft = Draft(slug(facts.subject), "repository", entry, provenance, notes=list(facts.notes))
    for name in ("first_commit", "last_commit", "stars", "archived", "latest_release"):
        if name in facts.facts:
            draft.notes.append(f"{name}: {facts.facts[name].value} ({facts.facts[name].how})")
    draft.review = [
        Question("model", "Which model of the catalog does this code belong to? (its id)",
                 required=True),
        Question("cite", "Which citekey stands for this source?", required=True),
    ]  # fmt: skip
    return draft
