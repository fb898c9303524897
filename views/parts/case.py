"""What a practitioner has, asked in six controls whose answers are in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.advice import ANY, LABELS, MACHINES, Case, species
from views.parts import state

LABEL_WORDS = {
    ANY: "any number", "under_1000": "under 1,000", "1000_to_10000": "1,000 to 10,000",
    "10000_to_100000": "10,000 to 100,000", "over_100000": "100,000 or more",
}  # fmt: skip
MACHINE_WORDS = {"laptop": "A laptop", "one_gpu": "One GPU", ANY: "A cluster"}
PROTOCOL_WORDS = {ANY: "Either", "zero_shot": "Zero-shot", "trained": "Trained on labels"}
LICENCE_WORDS = {ANY: "Any", "commercial": "Commercial use"}
CONDITION_WORDS = {
    "organism": "the organism", "labels": "the number of labels", "machine": "the machine",
    "protocol": "zero-shot or not", "licence": "the licence",
}  # fmt: skip
MACHINE_HELP = (
    f"What fits is reckoned from the number of parameters, as sources hardly say what running a model "
    f"costs: {MACHINES['laptop']:g} GB of weights on a laptop, {MACHINES['one_gpu']:g} GB on one card; "
    "16 bytes a parameter to fine-tune, 4 to run as it is. How long it takes nobody reports."
)


def organisms(rows: pd.DataFrame) -> list[str]:
    """Organisms of these rows, the commonest first; what no source names isn't one."""
    counts: Counter[str] = Counter()
    for cell, n in rows["organism"].value_counts().items():
        counts.update(dict.fromkeys(species(cell), int(n)))
    return [o for o, _ in counts.most_common() if o not in ("not_reported", "")]


def ask_domain(domains: Sequence[str], first: str) -> str:
    """The kind of task."""
    return state.choice("Kind of task", "domain", domains, first)


def ask_case(rows: pd.DataFrame) -> Case:
    """The other conditions; `rows` of advice_rows say which organisms there are to choose from."""
    left, right = st.columns(2)
    with left:
        organism = state.choice(
            "Organism", "organism", [ANY, *organisms(rows)], ANY,
            lambda o: "any organism" if o == ANY else o,
        )  # fmt: skip
    with right:
        labels = state.choice(
            "Labelled examples to train on", "labels", [ANY, *LABELS], ANY, LABEL_WORDS.__getitem__
        )
    with st.container(horizontal=True, gap="large", key="tight"):
        machine = state.tabs("Runs on", "machine", MACHINE_WORDS, ANY, help_text=MACHINE_HELP)
        protocol = state.tabs("Use of labels", "protocol", PROTOCOL_WORDS, ANY)
        licence = state.tabs("Licence", "licence", LICENCE_WORDS, ANY)
    return Case(organism, labels, machine, protocol, licence)


def in_a_sentence(case: Case) -> str:
    """The conditions that are set, in words; empty where there are none."""
    said = []
    if case.organism != ANY:
        said.append(case.organism)
    if case.labels != ANY:
        said.append(f"{LABEL_WORDS[case.labels]} labels")
    if case.machine != ANY:
        said.append({"laptop": "a laptop", "one_gpu": "one GPU"}[case.machine])
    if case.protocol != ANY:
        said.append({"zero_shot": "zero-shot", "trained": "trained on labels"}[case.protocol])
    if case.licence != ANY:
        said.append("a licence for commercial use")
    return ", ".join(said)


def listed(names: Sequence[str]) -> str:
    """Names of conditions as people read them."""
    words = [CONDITION_WORDS[name] for name in names]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
