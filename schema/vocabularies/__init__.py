"""The controlled words of the catalog: one enumeration each, in the field's own terms."""

from __future__ import annotations

from schema.vocabularies.ledgers import (
    ClaimCategory,
    ErratumAction,
    ErratumStatus,
)
from schema.vocabularies.methods import (
    Architecture,
    ComponentKind,
    Label,
    MethodKind,
    Modality,
    Objective,
    OverlapEvidence,
    OverlapKind,
    Subkind,
    Tokenizer,
)
from schema.vocabularies.results import (
    UNPOOLED_FLAGS,
    Flag,
    Origin,
    Protocol,
    Split,
    Status,
    UncertaintyKind,
    UncertaintyOver,
    Unit,
)
from schema.vocabularies.sources import (
    ContributorRole,
    EvidenceLevel,
    ReadHow,
    Relation,
    Role,
    SecondReading,
    TextPart,
    Unknown,
)
from schema.vocabularies.tasks import (
    Domain,
    Generalisation,
    LeakageStatus,
    MetricFamily,
    TaskType,
)

__all__ = [
    "UNPOOLED_FLAGS",
    "Architecture",
    "ClaimCategory",
    "ComponentKind",
    "ContributorRole",
    "Domain",
    "ErratumAction",
    "ErratumStatus",
    "EvidenceLevel",
    "Flag",
    "Generalisation",
    "Label",
    "LeakageStatus",
    "MethodKind",
    "MetricFamily",
    "Modality",
    "Objective",
    "Origin",
    "OverlapEvidence",
    "OverlapKind",
    "Protocol",
    "ReadHow",
    "Relation",
    "Role",
    "SecondReading",
    "Split",
    "Status",
    "Subkind",
    "TaskType",
    "TextPart",
    "Tokenizer",
    "UncertaintyKind",
    "UncertaintyOver",
    "Unit",
    "Unknown",
]
