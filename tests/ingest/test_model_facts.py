"""Facts out of configurations in the Hub's and GitHub's real shapes."""

import json
from typing import Any

import pytest

from ingest.model_facts import derive_parameters, last_page, of_model, of_repository
from ingest.record import Stamp

BERT = {"architectures": ["BertModel"], "model_type": "bert", "hidden_size": 768,
        "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072,
        "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2}  # fmt: skip


def body(value: Any) -> tuple[bytes, Stamp]:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return raw, Stamp("hf", "https://hf.test/x", "2026-01-01T00:00:00Z", "0" * 64)


@pytest.mark.parametrize(
    ("config", "count"),
    [
        # model.num_parameters() of transformers for google-bert/bert-base-uncased, BertModel
        (BERT, 109_482_240),
        # the same with the masked-language-model head
        ({**BERT, "architectures": ["BertForMaskedLM"]}, 109_514_298),
        # openai-community/gpt2, GPT2LMHeadModel
        ({"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "vocab_size": 50257,
          "n_positions": 1024}, 124_439_808),
        # meta-llama/Llama-2-7b, printed as 6.74B; exact count of its safetensors metadata
        ({"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
          "num_attention_heads": 32, "intermediate_size": 11008, "vocab_size": 32000,
          "max_position_embeddings": 4096}, 6_738_415_616),
    ],
)  # fmt: skip
def test_derived_counts_equal_the_published_ones(config: dict[str, Any], count: int) -> None:
    derived = derive_parameters(config)
    assert derived is not None and derived[0] == count


def test_configurations_with_own_code_are_not_guessed() -> None:
    assert derive_parameters({**BERT, "auto_map": {"AutoModel": "bert_layers.BertModel"}}) is None
    assert derive_parameters({"model_type": "hyenadna", "d_model": 256, "n_layer": 8}) is None


def test_info_config_and_card_together() -> None:
    info = {
        "id": "zhihan1996/DNABERT-2-117M", "createdAt": "2023-06-26T04:10:31.000Z",
        "tags": ["license:apache-2.0"], "safetensors": {"parameters": {"F32": 117_068_544}},
        "config": {"architectures": ["BertForMaskedLM"]},
    }  # fmt: skip
    card = b"---\nlicense: mit\n---\n# card"
    facts = of_model(body(info), body(BERT), body(card))
    values = {name: fact.value for name, fact in facts.facts.items()}
    assert values == {
        "parameters": 117_068_544, "licence": "apache-2.0", "released": "2023-06-26",
        "architecture_class": "BertModel", "architecture": "transformer_encoder", "layers": 12,
        "hidden_size": 768, "heads": 12, "vocabulary": 30522, "context_tokens": 512,
    }  # fmt: skip
    assert facts.facts["parameters"].how == "safetensors metadata"
    assert facts.facts["layers"].how == "num_hidden_layers in config.json"
    assert facts.notes == ["licence: apache-2.0 in the model info, mit in the card"]
    assert facts.silent == []


def test_a_config_alone_says_what_it_does_not_say() -> None:
    facts = of_model(config=body({"d_model": 256, "n_layer": 8, "max_seq_len": 1_000_000}))
    assert facts.facts["hidden_size"].how == "d_model in config.json"
    assert facts.silent == [
        "architecture_class", "architecture", "heads", "vocabulary", "parameters", "licence",
        "released",
    ]  # fmt: skip


def test_derived_counts_say_so() -> None:
    facts = of_model(config=body(BERT))
    assert facts.facts["parameters"].how == "derived from config.json: BERT layout"


def test_repository_facts() -> None:
    repo = {"full_name": "a/b", "license": {"spdx_id": "NOASSERTION"}, "stargazers_count": 0,
            "archived": False, "pushed_at": "2025-05-01T00:00:00Z",
            "created_at": "2023-01-01T00:00:00Z"}  # fmt: skip
    commit = [{"commit": {"committer": {"date": "2022-12-24T10:00:00Z"}}}]
    releases = [
        {"tag_name": "v2rc", "prerelease": True, "published_at": "2025-01-01T00:00:00Z"},
        {"tag_name": "v1", "published_at": "2024-01-01T00:00:00Z"},
    ]
    facts = of_repository(body(repo), oldest=body(commit), releases=body(releases))
    values = {name: fact.value for name, fact in facts.facts.items()}
    assert values == {"stars": 0, "archived": False, "first_commit": "2022-12-24",
                      "last_commit": "2025-05-01", "latest_release": "v1 (2024-01-01)"}  # fmt: skip
    assert facts.facts["last_commit"].how == "pushed_at (of any branch)"
    assert facts.silent == ["licence"] and "can't tell which" in facts.notes[0]


def test_the_last_page_of_a_link_header() -> None:
    # The header's form as GitHub's own guide to pagination prints it.
    link = (
        '<https://api.github.com/repositories/1/commits?page=2>; rel="next", '
        '<https://api.github.com/repositories/1/commits?page=515>; rel="last"'
    )
    assert last_page(link) == "https://api.github.com/repositories/1/commits?page=515"
    assert last_page(None) is None


@pytest.mark.parametrize("odd", ["2", [2], {"a": 2}, -2, 10**30, True, None])
def test_a_size_that_is_no_size_is_not_counted_with(odd: Any) -> None:
    """What repositories write by hand: text multiplies in Python, and no size has thirty digits."""
    llama = {**BERT, "model_type": "llama", "head_dim": odd, "num_key_value_heads": odd}
    for config in ({**BERT, "type_vocab_size": odd}, llama):
        found = derive_parameters(config)
        assert found is not None and 0 < found[0] < 10**12
    for key in ("intermediate_size", "vocab_size", "hidden_size"):
        said = derive_parameters({**BERT, key: odd})
        assert said is None or odd is True


@pytest.mark.parametrize("front", ["a: 2024-13-45", "[" * 5000, "a: ["])
def test_a_card_with_broken_metadata_is_noted(front: str) -> None:
    facts = of_model(card=body(f"---\n{front}\n---\n# A\n".encode()))
    assert any("not valid YAML" in note for note in facts.notes)
