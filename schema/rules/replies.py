"""Replies stand beside claims; what was rejected is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schema.catalog import Catalog
from schema.problems import Problem, shown
from schema.refusals import did_you_mean
from schema.rules.registry import at_key, rule


@rule("E218")
def replies_are_to_claims_of_the_catalog(catalog: Catalog) -> Iterator[Problem]:
    """A reply's `id`, and so its file's name, is the id of the claim that it answers.

    Bad: catalog/replies/zhou2024dnabert2.yaml, a publication.
    Good: catalog/replies/zhou2024dnabert2-1.yaml, one of its claims.
    """
    known = catalog.names.claims
    for name in catalog.replies:
        if name not in known:
            yield at_key(
                catalog, catalog.file("replies", f"{name}.yaml"), ("id",), "E218",
                f"{shown(name)}, which isn't a claim of the catalog", "a claim's id",
                did_you_mean(name, known) or "name the claim, as its page in the app does",
            )  # fmt: skip


@rule("E219")
def rejections_are_told_once(catalog: Catalog) -> Iterator[Problem]:
    """Each entry of catalog/rejected.yaml has an id of its own, and a publication that is known.

    Bad: two entries `id: geneformer-v3`, or `publication: nobody2024nothing`.
    Good: one entry a thing that was rejected; `publication: not_reported` where it isn't in
    references.bib, with its address under `link`.
    """
    counts = Counter(each.id for each in catalog.rejected)
    file = catalog.file("rejected.yaml")
    known = catalog.names.publications
    for i, each in enumerate(catalog.rejected):
        if counts[each.id] > 1:
            yield at_key(catalog, file, (i, "id"), "E219", f"{shown(each.id)} twice",
                         "each id once", "give it another id, or keep one of them")  # fmt: skip
        citekey = str(each.publication)
        if citekey != "not_reported" and citekey not in known:
            yield at_key(
                catalog, file, (i, "publication"), "E219",
                f"{shown(citekey)}, which isn't in the catalog", "a publication of references.bib",
                did_you_mean(citekey, known) or "write not_reported, and its address under link",
            )  # fmt: skip
