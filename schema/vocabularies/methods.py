"""What is scored, and what it learnt from."""

from __future__ import annotations

from enum import StrEnum


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


class ComponentKind(StrEnum):
    """What a part of a pretraining corpus is."""

    assembly = "assembly"
    atlas = "atlas"
    collection = "collection"
    alignment = "alignment"
    transcriptome = "transcriptome"
    other = "other"


class OverlapKind(StrEnum):
    """What a corpus and an evaluation set share."""

    species = "species"
    assembly = "assembly"
    atlas = "atlas"
    sequence = "sequence"
    labels = "labels"
    study = "study"


class OverlapEvidence(StrEnum):
    """How an overlap is known."""

    stated = "stated"
    derived = "derived"
    measured = "measured"
