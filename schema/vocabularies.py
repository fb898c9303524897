"""The controlled words of the catalog: one enumeration each, in the field's own terms."""

from __future__ import annotations

from enum import StrEnum


class Unknown(StrEnum):
    """Unknown is a value: why there is no number here."""

    not_reported = "not_reported"
    """The source doesn't say."""
    not_applicable = "not_applicable"
    """The question makes no sense here."""
    not_checked = "not_checked"
    """Nobody has looked yet."""


class EvidenceLevel(StrEnum):
    """What stands behind a source."""

    peer_reviewed = "peer_reviewed"
    preprint = "preprint"
    repository = "repository"
    leaderboard = "leaderboard"
    own_run = "own_run"


class Role(StrEnum):
    """What a publication is for, in this catalog."""

    model = "model"
    benchmark = "benchmark"
    evaluation = "evaluation"
    comparator = "comparator"
    dataset = "dataset"
    tool = "tool"
    method = "method"


class ReadHow(StrEnum):
    """How a fact or a table was read out of its source."""

    scripted = "scripted"
    by_hand = "by_hand"
    text_copy = "text_copy"
    second_hand = "second_hand"
    digitised = "digitised"
    by_eye = "by_eye"


class SecondReading(StrEnum):
    """Whether somebody else read it again."""

    confirmed = "confirmed"
    corrected = "corrected"
    not_checked = "not_checked"


class Modality(StrEnum):
    """What a model reads."""

    dna = "dna"
    rna = "rna"
    protein = "protein"
    single_cell_rna = "single_cell_rna"
    single_cell_atac = "single_cell_atac"
    spatial = "spatial"
    multiomic = "multiomic"
    epigenome = "epigenome"
    text = "text"


class Label(StrEnum):
    """What a model's authors call it."""

    foundation_model = "foundation_model"
    general_purpose = "general_purpose"
    zero_shot = "zero_shot"
    long_range = "long_range"
    multi_species = "multi_species"
    genome_scale = "genome_scale"
    generative = "generative"
    unified = "unified"
    interpretable = "interpretable"


class Architecture(StrEnum):
    """The class of network."""

    transformer_encoder = "transformer_encoder"
    transformer_decoder = "transformer_decoder"
    transformer_encoder_decoder = "transformer_encoder_decoder"
    hyena = "hyena"
    striped_hyena = "striped_hyena"
    state_space = "state_space"
    convolutional = "convolutional"
    hybrid = "hybrid"
    recurrent = "recurrent"
    autoencoder = "autoencoder"
    graph = "graph"
    mlp = "mlp"
    sequence_to_function = "sequence_to_function"
    text_embedding = "text_embedding"
    other = "other"


class Objective(StrEnum):
    """What a model was pretrained to do."""

    masked_lm = "masked_lm"
    causal_lm = "causal_lm"
    contrastive = "contrastive"
    denoising = "denoising"
    masked_expression = "masked_expression"
    rank_prediction = "rank_prediction"
    supervised_tracks = "supervised_tracks"
    next_token_multi = "next_token_multi"  # noqa: S105 - a training objective
    distillation = "distillation"
    adversarial = "adversarial"
    text_alignment = "text_alignment"
    reconstruction = "reconstruction"
    classification = "classification"
    other = "other"


class Tokenizer(StrEnum):
    """How a model cuts its input into tokens."""

    single_nucleotide = "single_nucleotide"
    kmer_overlapping = "kmer_overlapping"
    kmer_nonoverlapping = "kmer_nonoverlapping"
    bpe = "bpe"
    unigram = "unigram"
    codon = "codon"
    gene_rank = "gene_rank"
    gene_value_bins = "gene_value_bins"
    gene_value_continuous = "gene_value_continuous"
    gene_embedding = "gene_embedding"
    text = "text"
    peaks = "peaks"
    alignment_columns = "alignment_columns"
    one_hot = "one_hot"
    other = "other"


class MethodKind(StrEnum):
    """What sort of thing was scored. Only `simple_baseline` counts as a simple baseline."""

    foundation_model = "foundation_model"
    random_init = "random_init"
    simple_baseline = "simple_baseline"
    neural_from_scratch = "neural_from_scratch"
    specialist = "specialist"
    other_lm = "other_lm"
    ensemble = "ensemble"
    composite = "composite"
    control_positive = "control_positive"
    control_negative = "control_negative"


class Subkind(StrEnum):
    """The finer sort of a comparator."""

    kmer_linear = "kmer_linear"
    composition = "composition"
    linear = "linear"
    mean_predictor = "mean_predictor"
    nearest_neighbour = "nearest_neighbour"
    pca = "pca"
    tree_ensemble = "tree_ensemble"
    feature_selection = "feature_selection"
    cnn = "cnn"
    resnet = "resnet"
    recurrent = "recurrent"
    mlp = "mlp"
    unet = "unet"
    transformer = "transformer"
    sequence_to_function = "sequence_to_function"
    conservation = "conservation"
    alignment = "alignment"
    variant_annotation = "variant_annotation"
    classical_algorithm = "classical_algorithm"
    annotation_tool = "annotation_tool"
    integration_tool = "integration_tool"
    perturbation_tool = "perturbation_tool"
    grn_tool = "grn_tool"
    autoencoder = "autoencoder"
    protein_lm = "protein_lm"
    text_lm = "text_lm"
    text_embedding = "text_embedding"
    sequence_lm = "sequence_lm"
    """A language model of DNA or RNA that was pretrained for a study, as a counterpart to the released ones."""
    from_scratch = "from_scratch"
    frozen_random = "frozen_random"
    random_features = "random_features"
    oracle = "oracle"
    shuffle = "shuffle"
    constant = "constant"
    no_change = "no_change"
    other = "other"


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
    """All items are scored, by likelihoods or embeddings without labels of the task: nothing is split."""
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


class Split(StrEnum):
    """Which part of the data a value was measured on."""

    test = "test"
    dev = "dev"
    train = "train"
    cross_validation = "cross_validation"
    whole = "whole"
    not_reported = "not_reported"


class Protocol(StrEnum):
    """How a method was brought to the task."""

    zero_shot = "zero_shot"
    linear_probe = "linear_probe"
    probe = "probe"
    fine_tune = "fine_tune"
    fine_tune_peft = "fine_tune_peft"
    few_shot = "few_shot"
    generation = "generation"
    pretraining = "pretraining"
    own_training = "own_training"
    as_released = "as_released"
    untrained_rule = "untrained_rule"
    not_reported = "not_reported"


class Unit(StrEnum):
    """The scale a value is printed on."""

    fraction = "fraction"
    percent = "percent"


class UncertaintyKind(StrEnum):
    """What a printed plus-minus is."""

    sd = "sd"
    se = "se"
    ci95_half = "ci95_half"
    ci95_bounds = "ci95_bounds"
    range = "range"
    digitisation = "digitisation"
    unknown = "unknown"
    not_reported = "not_reported"


class UncertaintyOver(StrEnum):
    """Over what a printed plus-minus was taken."""

    seeds = "seeds"
    folds = "folds"
    bootstrap = "bootstrap"
    items = "items"
    splits = "splits"
    test_resamples = "test_resamples"
    unknown = "unknown"
    not_applicable = "not_applicable"


class Status(StrEnum):
    """Whether a run went right."""

    ok = "ok"
    failed = "failed"
    suspect = "suspect"
    degenerate = "degenerate"


class Origin(StrEnum):
    """Whether the source measured a value itself."""

    own = "own"
    quoted = "quoted"


class Flag(StrEnum):
    """What a reader must know before using a value."""

    task_mean = "task_mean"
    selected_on_test = "selected_on_test"
    metric_inferred = "metric_inferred"
    folded_direction = "folded_direction"
    relative_score = "relative_score"
    derived = "derived"
    digitised = "digitised"
    second_hand = "second_hand"
    leakage_suspected = "leakage_suspected"
    duplicate = "duplicate"
    not_a_score = "not_a_score"
    dev_as_test = "dev_as_test"
    overlapping_task = "overlapping_task"


UNPOOLED_FLAGS = frozenset(
    {
        Flag.task_mean,
        Flag.metric_inferred,
        Flag.folded_direction,
        Flag.relative_score,
        Flag.not_a_score,
        Flag.duplicate,
        Flag.dev_as_test,
    }
)
"""Rows with one of these are kept and shown, but never pooled."""


class ClaimCategory(StrEnum):
    """What a claim is about."""

    performance = "performance"
    efficiency = "efficiency"
    context = "context"
    generalisation = "generalisation"
    zero_shot = "zero_shot"
    scaling = "scaling"
    pretraining = "pretraining"
    data = "data"
    interpretability = "interpretability"
    critique = "critique"
    reproducibility = "reproducibility"
    other = "other"


class ErratumAction(StrEnum):
    """What we do about a source's error."""

    drop = "drop"
    mark = "mark"
    correct = "correct"
    withhold = "withhold"
    keep = "keep"


class ErratumStatus(StrEnum):
    """Where a source's error stands."""

    open = "open"
    reported = "reported"
    mended = "mended"


class OverlapKind(StrEnum):
    """What a corpus and an evaluation set share."""

    species = "species"
    assembly = "assembly"
    atlas = "atlas"
    sequence = "sequence"
    labels = "labels"
    study = "study"


class TextPart(StrEnum):
    """What of a publication's text terms were counted in."""

    title_only = "title_only"
    title_and_abstract = "title_and_abstract"


class OverlapEvidence(StrEnum):
    """How an overlap is known."""

    stated = "stated"
    derived = "derived"
    measured = "measured"


class ContributorRole(StrEnum):
    """What a contributor did for an entry."""

    extracted = "extracted"
    reviewed = "reviewed"
    second_reading = "second_reading"
    corrected = "corrected"
    proposed = "proposed"


class ComponentKind(StrEnum):
    """What a part of a pretraining corpus is."""

    assembly = "assembly"
    atlas = "atlas"
    collection = "collection"
    alignment = "alignment"
    transcriptome = "transcriptome"
    other = "other"


class Relation(StrEnum):
    """How those who report a value stand to the method: from authorship, never typed."""

    self = "self"
    affiliated = "affiliated"
    rival = "rival"
    independent = "independent"
