-- view: models
-- Foundation models. A row is one variant, with the facts that hold for it.
SELECT
    v.id AS variant, -- Variant id
    v.name AS variant_name, -- Variant name
    v.model, -- Model id
    m.name AS model_name, -- Model name
    m.family, -- Model family
    v.architecture, -- Class of network
    v.objective, -- Pretraining objectives
    v.tokenizer, -- How input is cut into tokens
    v.parameters, -- Number of parameters
    v.context_tokens, -- Longest input in tokens
    v.context_bp, -- Longest input in base pairs
    v.context_genes, -- Longest input in genes
    array_to_string(m.modality, ', ') AS modality, -- What it reads
    v.corpora, -- Pretraining corpora
    v.species_count, -- Species in the pretraining data
    v.cells, -- Cells in the pretraining data
    v.training_tokens, -- Tokens seen
    v.compute, -- Pretraining compute in words
    v.released, -- Release date, as precise as known
    coalesce(
        left(v.released, 4),
        (SELECT left(min(p.first_public), 4) FROM method_publication mp JOIN publication p USING (citekey) WHERE mp.method = v.model)
    )::INTEGER AS release_year, -- Year of release, else of the first publication
    coalesce(v.licence_weights, v.licence_code) AS licence, -- Licence of the weights, else of the code
    v.licence_code, -- Licence of the code
    v.licence_weights, -- Licence of the weights
    v.code, -- Address of the code
    v.weights, -- Address of the weights, or closed
    v.huggingface, -- Hugging Face id
    m.labels, -- What its authors call it
    m.summary, -- One sentence on it
    (SELECT list(mp.citekey ORDER BY mp.citekey) FROM method_publication mp WHERE mp.method = v.model) AS publications, -- Who introduced it
    (SELECT count(*) FROM result r WHERE r.variant = v.id) AS n_results, -- Results of this very variant
    (SELECT count(*) FROM result r WHERE r.method = v.model) AS n_results_model -- Results of any variant of the model
FROM variant v
JOIN method m ON m.id = v.model
