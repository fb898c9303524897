"""What was turned down is kept in catalog/rejected.yaml with its reason, never only deleted."""

from datetime import UTC, datetime
from pathlib import Path

import yaml
from pydantic import ValidationError

from ingest.files import write_atomic
from schema.entries import read_list
from schema.records.reply import Rejected, RejectedReason

FILE = "rejected.yaml"


class RejectionError(ValueError):
    """A rejection that can't be kept, said with what was found and what to do."""


def reason_of(text: str) -> tuple[str, str]:
    """The sort of reason and the words: `duplicate: we have it` names one, other words don't."""
    first, _, rest = text.partition(" ")
    word = first.rstrip(":")
    if word in set(RejectedReason) and rest.strip():
        return word, rest.strip()
    return RejectedReason.other.value, text


def keep(catalog: Path, entry: dict[str, str], fresh_id: bool = False) -> Rejected:
    """Append one entry to the catalog's ledger of rejections; its date is today unless it has one.

    With `fresh_id` an id that is taken gets a number. Raises RejectionError for an entry or a ledger
    with problems, and WriteError.
    """
    path = catalog / FILE
    if not catalog.is_dir():
        raise RejectionError(f"found no catalog at {catalog}, expected one; name it with --catalog")
    known, problems = read_list(Rejected, path, catalog.parent)
    if problems:
        raise RejectionError("\n".join(map(str, problems)))
    taken = {each.id for each in known}
    wanted, number = entry["id"], 1
    while fresh_id and entry["id"] in taken:
        number += 1
        entry = {**entry, "id": f"{wanted}-{number}"}
    if entry["id"] in taken:
        raise RejectionError(
            f"{path}: found {entry['id']!r} there, expected a new id; give it another one"
        )
    entry = {"date": datetime.now(UTC).date().isoformat()} | entry
    fields = {name: entry[name] for name in Rejected.model_fields if name in entry}
    try:
        record = Rejected.model_validate(fields)
    except ValidationError as error:
        told = [
            f"{each['loc'][0]}: found {each['input']!r}: {each['msg']}" for each in error.errors()
        ]
        raise RejectionError("\n".join(told)) from None
    text = yaml.safe_dump([fields], sort_keys=False, allow_unicode=True, width=1000)
    old = path.read_text(encoding="utf-8") if known else ""  # an empty list is written []
    write_atomic(path, old + ("\n" if old and not old.endswith("\n") else "") + text)
    return record
