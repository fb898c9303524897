"""Facts of a model from its configuration and repositories, each with where it stands."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

import yaml

from ingest.record import Stamp
from ingest.services.reading import dicts, dig, first_text, integer, read_json, texts

# Names that architectures give the same number in config.json, most common first.
_KEYS = {
    "layers": ("num_hidden_layers", "n_layer", "num_layers", "n_layers", "depth", "nlayers"),
    "hidden_size": ("hidden_size", "d_model", "n_embd", "dim", "embed_dim", "emb_dim", "embsize"),
    "heads": ("num_attention_heads", "n_head", "num_heads", "n_heads", "nheads"),
    "vocabulary": ("vocab_size", "n_vocab", "vocabulary_size", "ntoken"),
    "context_tokens": (
        "max_position_embeddings", "n_positions", "max_seq_len", "max_seqlen", "max_length",
        "seq_length", "max_sequence_length", "model_max_length", "l_max", "n_ctx",
    ),
}  # fmt: skip
_FAMILIES = {
    "bert": "transformer_encoder", "roberta": "transformer_encoder", "esm": "transformer_encoder",
    "distilbert": "transformer_encoder", "electra": "transformer_encoder",
    "deberta": "transformer_encoder", "deberta-v2": "transformer_encoder",
    "modernbert": "transformer_encoder", "longformer": "transformer_encoder",
    "big_bird": "transformer_encoder", "xlm-roberta": "transformer_encoder",
    "gpt2": "transformer_decoder", "gpt_neo": "transformer_decoder",
    "gpt_neox": "transformer_decoder", "llama": "transformer_decoder",
    "mistral": "transformer_decoder", "mixtral": "transformer_decoder",
    "qwen2": "transformer_decoder", "opt": "transformer_decoder", "bloom": "transformer_decoder",
    "t5": "transformer_encoder_decoder", "bart": "transformer_encoder_decoder",
    "hyenadna": "hyena", "stripedhyena": "striped_hyena", "mamba": "state_space",
    "mamba2": "state_space", "caduceus": "state_space",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with how it was read (a key, a file, a formula) and the stamp of its body."""

    value: Any
    how: str
    source: dict[str, str]


@dataclass(slots=True)
class Facts:
    """What is known of one model or repository; ``silent`` lists what no body says."""

    subject: str
    facts: dict[str, Fact] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, value: Any, how: str, stamp: Stamp) -> None:
        """Record a value if there is one and none was recorded before."""
        if value is not None and name not in self.facts:
            self.facts[name] = Fact(value, how, asdict(stamp))

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "subject": self.subject,
            "facts": {name: asdict(fact) for name, fact in self.facts.items()},
            "not_reported": self.silent,
            "notes": self.notes,
        }


MODEL_FACTS = ("architecture_class", "architecture", *_KEYS, "parameters", "licence", "released")
REPOSITORY_FACTS = ("licence", "first_commit", "last_commit", "stars", "archived", "latest_release")


def of_model(
    info: tuple[bytes, Stamp] | None = None,
    config: tuple[bytes, Stamp] | None = None,
    card: tuple[bytes, Stamp] | None = None,
) -> Facts:
    """Facts of a Hugging Face model from its info, its config.json and its card, as available.

    Raises MalformedResponseError for JSON that can't be read.
    """
    found = Facts("unknown")
    if info:
        data = read_json(info[0], info[1].url)
        found.subject = first_text(dig(data, "id"), dig(data, "modelId")) or found.subject
        _from_info(data, info[1], found)
        embedded = dig(data, "config")
        if config is None and isinstance(embedded, dict):
            _from_config(embedded, info[1], found, "config of the model info")
    if config:
        data = read_json(config[0], config[1].url)
        if isinstance(data, dict):
            name = first_text(data.get("_name_or_path"))
            if found.subject == "unknown" and name and "/" in name and not name.startswith("/"):
                found.subject = name
            _from_config(data, config[1], found, "config.json")
    if card:
        _from_card(card[0], card[1], found)
    found.silent = [name for name in MODEL_FACTS if name not in found.facts]
    return found


def _from_info(data: Any, stamp: Stamp, found: Facts) -> None:
    total = integer(dig(data, "safetensors", "total"))
    if total is None:
        counts = dig(data, "safetensors", "parameters")
        if isinstance(counts, dict):
            numbers = [n for v in counts.values() if (n := integer(v)) is not None]
            total = sum(numbers) if numbers else None
    found.add("parameters", total, "safetensors metadata", stamp)
    licence = dig(data, "cardData", "license")
    licence = first_text(licence) or next(
        (t.partition(":")[2] for t in texts(dig(data, "tags")) if t.startswith("license:")), None
    )
    found.add("licence", licence, "license of the model card's metadata", stamp)
    created = (first_text(dig(data, "createdAt")) or "").partition("T")[0]
    if created == "2022-03-02":
        found.notes.append(
            "the Hub's creation date is its default for older repositories: not used"
        )
    elif created:
        found.add("released", created, "createdAt (of the repository on the Hub)", stamp)


def _from_config(data: dict[str, Any], stamp: Stamp, found: Facts, where: str) -> None:
    classes = texts(data.get("architectures"))
    if classes:
        found.add("architecture_class", classes[0], f"architectures[0] in {where}", stamp)
    kind = first_text(data.get("model_type"))
    if kind and kind.lower() in _FAMILIES:
        found.add("architecture", _FAMILIES[kind.lower()], f"model_type {kind!r} in {where}", stamp)
    for name, keys in _KEYS.items():
        for key in keys:
            if isinstance(data.get(key), int) and not isinstance(data.get(key), bool):
                if name == "context_tokens" and data[key] > 10**8:
                    # transformers writes 10^30 where a tokenizer knows no limit.
                    continue
                found.add(name, data[key], f"{key} in {where}", stamp)
                break
    if "parameters" not in found.facts:
        derived = derive_parameters(data)
        if derived:
            found.add("parameters", derived[0], f"derived from {where}: {derived[1]}", stamp)


def derive_parameters(config: dict[str, Any]) -> tuple[int, str] | None:
    """Parameter count from a configuration, for the architectures whose layout is fixed.

    Formulas follow transformers' modeling_bert, modeling_gpt2 and modeling_llama: embeddings,
    then per layer the projections, biases and norms. They mislead for repositories with code of
    their own (auto_map), which therefore give None.
    """
    if config.get("auto_map"):
        return None
    kind = str(config.get("model_type", "")).lower()

    def size(*keys: str) -> int | None:
        """The first of these that is a size; text, negative numbers and none are no size."""
        found = (config.get(key) for key in keys)
        return next((n for n in found if isinstance(n, int) and 0 < n < 10**12), None)

    number = {name: size(*keys) for name, keys in _KEYS.items()}
    layers, hidden, vocabulary = number["layers"], number["hidden_size"], number["vocabulary"]
    heads, positions = number["heads"], number["context_tokens"]
    if None in (layers, hidden, vocabulary):
        return None
    assert layers is not None and hidden is not None and vocabulary is not None
    architecture = (texts(config.get("architectures")) or [""])[0]
    inner = size("intermediate_size")
    if kind == "bert" and positions is not None and inner is not None:
        types = size("type_vocab_size") or 2
        embeddings = (vocabulary + positions + types + 2) * hidden
        layer = 4 * (hidden * hidden + hidden) + 2 * hidden * inner + inner + hidden + 4 * hidden
        head = hidden * hidden + hidden
        if architecture.endswith("ForMaskedLM"):
            # A dense layer, its norm and the output bias; the output matrix is tied.
            head += 2 * hidden + vocabulary
        return embeddings + layers * layer + head, "BERT layout"
    if kind == "gpt2" and positions is not None:
        width = size("n_inner") or 4 * hidden
        layer = 4 * hidden * hidden + 4 * hidden + 2 * hidden * width + width + hidden + 4 * hidden
        return (vocabulary + positions) * hidden + layers * layer + 2 * hidden, "GPT-2 layout, tied"
    if kind in ("llama", "mistral") and inner is not None and heads is not None:
        width = size("head_dim") or hidden // heads
        groups = size("num_key_value_heads") or heads
        layer = (
            2 * hidden * heads * width
            + 2 * hidden * groups * width
            + 3 * hidden * inner
            + 2 * hidden
        )
        tables = 1 if config.get("tie_word_embeddings") else 2
        total = tables * vocabulary * hidden + layers * layer + hidden
        return total, "LLaMA layout" + (", tied" if tables == 1 else "")
    return None


def _from_card(raw: bytes, stamp: Stamp, found: Facts) -> None:
    text = raw.decode("utf-8", "replace")
    match = re.match(r"\A\ufeff?---\s*\n(.*?)\n---\s*(?:\n|\Z)", text, re.DOTALL)
    if not match:
        return
    try:
        front = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):  # 2024-13-45 is a ValueError to PyYAML
        found.notes.append(f"{stamp.url}: the card's metadata is not valid YAML: not used")
        return
    licence = first_text(dig(front, "license"))
    if licence == "other":
        licence = first_text(dig(front, "license_name"), "other")
    stated = found.facts.get("licence")
    if licence and stated and stated.value != licence:
        found.notes.append(f"licence: {stated.value} in the model info, {licence} in the card")
    found.add("licence", licence, "license in the card's metadata", stamp)


def of_repository(
    repo: tuple[bytes, Stamp],
    newest: tuple[bytes, Stamp] | None = None,
    oldest: tuple[bytes, Stamp] | None = None,
    releases: tuple[bytes, Stamp] | None = None,
) -> Facts:
    """Facts of a GitHub repository from its API bodies, as available.

    ``newest`` and ``oldest`` are pages of /commits; without them the dates of the repository
    object stand in, and ``how`` says so.
    """
    data = read_json(repo[0], repo[1].url)
    found = Facts(first_text(dig(data, "full_name")) or "unknown")
    licence = first_text(dig(data, "license", "spdx_id"))
    if licence == "NOASSERTION":
        found.notes.append("a licence file is there, but GitHub can't tell which licence it is")
    else:
        found.add("licence", licence, "license.spdx_id", repo[1])
    found.add("stars", integer(dig(data, "stargazers_count")), "stargazers_count", repo[1])
    archived = dig(data, "archived")
    found.add("archived", archived if isinstance(archived, bool) else None, "archived", repo[1])
    for name, page, position in (("last_commit", newest, 0), ("first_commit", oldest, -1)):
        if page:
            commits = dicts(read_json(page[0], page[1].url))
            commit = commits[position] if commits else None
            day = first_text(dig(commit, "commit", "committer", "date"))
            found.add(name, (day or "").partition("T")[0] or None, "commits", page[1])
    pushed = (first_text(dig(data, "pushed_at")) or "").partition("T")[0] or None
    found.add("last_commit", pushed, "pushed_at (of any branch)", repo[1])
    created = (first_text(dig(data, "created_at")) or "").partition("T")[0] or None
    found.add("first_commit", created, "created_at (commits may be older)", repo[1])
    if releases:
        listed = dicts(read_json(releases[0], releases[1].url))
        stable = [r for r in listed if not r.get("draft") and not r.get("prerelease")]
        if stable:
            latest = max(stable, key=lambda r: str(r.get("published_at")))
            tag = first_text(latest.get("tag_name"))
            day = (first_text(latest.get("published_at")) or "").partition("T")[0]
            found.add("latest_release", f"{tag} ({day})", "releases", releases[1])
    found.silent = [name for name in REPOSITORY_FACTS if name not in found.facts]
    return found


def last_page(link: str | None) -> str | None:
    """The address of the last page in a Link header (RFC 8288), if it names one."""
    for part in (link or "").split(","):
        match = re.match(r'\s*<([^>]+)>\s*;.*\brel="?last"?', part)
        if match:
            return match.group(1)
    return None
