"""What it is scored on, and by which sort of metric."""

from __future__ import annotations

from enum import StrEnum


class Domain(StrEnum):
    """What a task is about."""

    promoter = "promoter"
    enhancer = "enhancer"
    splice = "splice"
    chromatin = "chromatin"
    histone = "histone"
    methylation = "methylation"
    tf_binding = "tf_binding"
    expression = "expression"
    variant_effect = "variant_effect"
    structure_3d = "structure_3d"
    cross_species = "cross_species"
    perturbation = "perturbation"
    annotation = "annotation"
    integration = "integration"
    grn = "grn"
    rna_structure = "rna_structure"
    rna_function = "rna_function"
    translation = "translation"
    regulatory_activity = "regulatory_activity"
    gene_element = "gene_element"
    taxonomy = "taxonomy"
    metagenomics = "metagenomics"
    virus = "virus"
    protein = "protein"
    drug_response = "drug_response"
    gene_property = "gene_property"
    generation = "generation"
    imputation = "imputation"
    disease_state = "disease_state"
    embedding = "embedding"
    other = "other"


class TaskType(StrEnum):
    """The shape of a task's answer."""

    binary = "binary"
    multiclass = "multiclass"
    multilabel = "multilabel"
    regression = "regression"
    ranking = "ranking"
    clustering = "clustering"
    segmentation = "segmentation"
    generation = "generation"
    integration = "integration"
    other = "other"


class Generalisation(StrEnum):
    """In what way the test items are new."""

    unseen_sequence = "unseen_sequence"
    """Items (sequences, variants, cells) held out at random, or in a way that promises no more."""
    unseen_chromosome = "unseen_chromosome"
    """Items of other chromosomes."""
    homology_split = "homology_split"
    """No relatives of a test item in training: families, clusters or groups of homologues held out whole."""
    unseen_species = "unseen_species"
    """Items of other species."""
    unseen_cell_type = "unseen_cell_type"
    """Cells of other types, lines or contexts."""
    unseen_perturbation = "unseen_perturbation"
    """Perturbations, or combinations of them, that training hasn't."""
    unseen_study = "unseen_study"
    """Cells or items of other studies or data sets."""
    unseen_donor = "unseen_donor"
    """Cells of other donors, patients, samples or batches of the same study."""
    unseen_gene = "unseen_gene"
    """Other genes, whose relatives may stand in training."""
    nothing_held_out = "nothing_held_out"
    """All items are scored, by likelihoods, generation or embeddings without the labels: no split."""
    none = "none"
    """Test items, or the loci that they come from, stand in training too."""


class LeakageStatus(StrEnum):
    """Whether a test item can be answered without what the task asks for."""

    suspected = "suspected"
    """Copies or relatives in training or pretraining data, or a shortcut, by somebody's count or reasoning."""
    checked_clean = "checked_clean"
    """Somebody counted, and found none or few enough not to matter."""
    not_reported = "not_reported"
    """The sources report no check; the text may say how they kept the two apart."""
    not_checked = "not_checked"
    """Nobody has looked into the sources yet."""


class MetricFamily(StrEnum):
    """Metrics that share an effect size and its sampling variance."""

    accuracy = "accuracy"
    f1 = "f1"
    mcc = "mcc"
    auroc = "auroc"
    auprc = "auprc"
    pearson = "pearson"
    spearman = "spearman"
    correlation = "correlation"
    r2 = "r2"
    error = "error"
    loss = "loss"
    rate = "rate"
    relative = "relative"
    quantity = "quantity"
    cost = "cost"
