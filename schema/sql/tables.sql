-- The base tables: what the catalog's files say, and nothing computed.
-- The remark behind each name is its comment in the database and in docs/dictionary.md.

CREATE TABLE meta ( -- What this file is: one row a property
    key VARCHAR PRIMARY KEY, -- Name of the property, such as data_version
    value VARCHAR NOT NULL -- Its value as text
);

CREATE TABLE publication ( -- A publication, repository or leaderboard that is cited: an entry of references.bib
    citekey VARCHAR PRIMARY KEY, -- Its key in references.bib
    type VARCHAR NOT NULL, -- BibTeX entry type
    title VARCHAR NOT NULL, -- Title as published
    first_author VARCHAR NOT NULL, -- Family name of the first author
    authors VARCHAR NOT NULL, -- All recorded authors, "Given Family", separated by "; "
    authors_complete BOOLEAN NOT NULL, -- False where the recorded author list is cut
    year INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2100), -- Year of publication
    month INTEGER CHECK (month BETWEEN 1 AND 12), -- Month of publication, where known
    venue VARCHAR NOT NULL, -- Journal, proceedings or host
    doi VARCHAR, -- DOI, without resolver
    arxiv VARCHAR, -- arXiv identifier
    preprint VARCHAR, -- Identifier of its preprint, where it is a published version
    preprint_date VARCHAR, -- Date of the preprint, as precise as known
    first_public VARCHAR NOT NULL, -- Earliest known date: the preprint's, else the publication's
    version_of VARCHAR, -- Citekey of the published version, where this entry is the preprint
    url VARCHAR, -- Address, for repositories and leaderboards
    evidence_level evidence_level NOT NULL, -- What stands behind it
    role publication_role NOT NULL, -- What it is for in this catalog
    verified VARCHAR NOT NULL -- How its bibliographic facts were verified
);

CREATE TABLE publication_author ( -- One author of one publication
    citekey VARCHAR NOT NULL REFERENCES publication (citekey), -- The publication
    position INTEGER NOT NULL, -- Place in the author list, from 1
    family VARCHAR NOT NULL, -- Family name, or a consortium's name
    given VARCHAR NOT NULL, -- Given names or initials; empty for a consortium
    name_key VARCHAR NOT NULL, -- Folded family name and first initial, by which authors are matched
    given_key VARCHAR NOT NULL, -- Folded first given name, which tells namesakes apart where both are spelt out
    PRIMARY KEY (citekey, position)
);

CREATE TABLE method ( -- Anything with a score: foundation models and what they are compared with
    id VARCHAR PRIMARY KEY, -- Its id: the name of its catalog file
    name VARCHAR NOT NULL, -- Its name
    kind method_kind NOT NULL, -- What sort of thing it is
    subkind VARCHAR, -- Finer sort, for comparators
    family VARCHAR, -- Model family, for foundation models
    modality VARCHAR[] NOT NULL, -- What it reads, for foundation models
    labels VARCHAR[] NOT NULL, -- What its authors call it, for foundation models
    architecture_of VARCHAR, -- The model whose architecture it has, for random_init
    summary VARCHAR NOT NULL, -- One sentence on what it is
    aliases VARCHAR[] NOT NULL, -- Names that sources print for it
    file VARCHAR NOT NULL -- Its catalog file
);

CREATE TABLE method_publication ( -- A publication that introduces a method
    method VARCHAR NOT NULL REFERENCES method (id), -- The method
    citekey VARCHAR NOT NULL REFERENCES publication (citekey), -- The publication
    PRIMARY KEY (method, citekey)
);

CREATE TABLE variant ( -- One checkpoint of a foundation model, with the facts that hold for it
    id VARCHAR PRIMARY KEY, -- Its id
    model VARCHAR NOT NULL REFERENCES method (id), -- The model it belongs to
    name VARCHAR NOT NULL, -- Its name
    architecture VARCHAR, -- Class of network; NULL where unknown (see fact for why)
    architecture_detail VARCHAR, -- Architecture in words
    objective VARCHAR[], -- Pretraining objectives
    tokenizer VARCHAR, -- How the input is cut into tokens
    tokenizer_detail VARCHAR, -- Tokenizer in words
    position_encoding VARCHAR, -- Position encoding in words
    corpora VARCHAR[], -- Ids of its pretraining corpora
    species_count BIGINT, -- Species in the pretraining data
    cells BIGINT, -- Cells in the pretraining data
    training_tokens BIGINT, -- Tokens seen in pretraining
    compute VARCHAR, -- Pretraining compute in words
    training_flops DOUBLE, -- Pretraining compute in floating-point operations
    accelerator_hours DOUBLE, -- Pretraining compute in accelerator hours
    parameters BIGINT, -- Number of parameters
    layers BIGINT, -- Number of layers
    hidden_size BIGINT, -- Width of the hidden layers
    heads BIGINT, -- Attention heads
    vocabulary BIGINT, -- Size of the vocabulary
    context_tokens BIGINT, -- Longest input in tokens
    context_bp BIGINT, -- Longest input in base pairs
    context_genes BIGINT, -- Longest input in genes
    effective_context_bp BIGINT, -- Context that was measured to matter, in base pairs
    code VARCHAR, -- Address of the code
    licence_code VARCHAR, -- Licence of the code
    weights VARCHAR, -- Address of the weights, or closed
    licence_weights VARCHAR, -- Licence of the weights
    huggingface VARCHAR, -- Hugging Face id
    released VARCHAR, -- Release date, as precise as known
    corpus_scope VARCHAR, -- Limits of the pretraining data: cell lines, tissues, species
    limitations_stated BOOLEAN, -- Whether its paper states limitations
    negative_results_shown BOOLEAN, -- Whether its paper shows tasks where it loses
    evaluation_code VARCHAR, -- Address of the evaluation code, or none
    aliases VARCHAR[] NOT NULL -- Names that sources print for it
);

CREATE TABLE fact ( -- One recorded fact of one entry, with its source; unknown facts have a state and no source
    entity_kind VARCHAR NOT NULL, -- model, variant, method, corpus or benchmark
    entity VARCHAR NOT NULL, -- Id of the entry
    field VARCHAR NOT NULL, -- Name of the fact
    value VARCHAR, -- Its value as text; lists are separated by ", "
    state VARCHAR NOT NULL CHECK (state IN ('known', 'not_reported', 'not_applicable', 'not_checked')), -- known, or why there is no value
    citekey VARCHAR REFERENCES publication (citekey), -- The source
    locator VARCHAR, -- Where in the source
    repository VARCHAR, -- Repository and commit
    path VARCHAR, -- File in the repository
    read VARCHAR, -- How it was read
    second_reading VARCHAR, -- Whether somebody read it again
    note VARCHAR -- A remark
);

CREATE TABLE corpus ( -- Data that models were pretrained on
    id VARCHAR PRIMARY KEY, -- Its id
    name VARCHAR NOT NULL, -- Its name
    modality VARCHAR[] NOT NULL, -- What it holds
    species_count BIGINT, -- Number of species
    cells BIGINT, -- Number of cells
    tokens BIGINT, -- Number of tokens
    base_pairs BIGINT, -- Number of base pairs
    scope VARCHAR, -- Its limits in words
    summary VARCHAR NOT NULL -- One sentence on what it is
);

CREATE TABLE corpus_component ( -- One part of a corpus; equal names are equal data
    corpus VARCHAR NOT NULL REFERENCES corpus (id), -- The corpus
    name VARCHAR NOT NULL, -- Name of the part
    kind VARCHAR NOT NULL, -- assembly, atlas, collection, ...
    organism VARCHAR NOT NULL, -- Species, or many
    share DOUBLE CHECK (share BETWEEN 0 AND 1), -- Share of the corpus, where known
    citekey VARCHAR NOT NULL REFERENCES publication (citekey), -- The source
    PRIMARY KEY (corpus, name)
);

CREATE TABLE variant_corpus ( -- Which variant was pretrained on which corpus
    variant VARCHAR NOT NULL REFERENCES variant (id), -- The variant
    corpus VARCHAR NOT NULL REFERENCES corpus (id), -- The corpus
    PRIMARY KEY (variant, corpus)
);

CREATE TABLE metric ( -- A score or quantity, with its direction and scale
    id VARCHAR PRIMARY KEY, -- Its id
    name VARCHAR NOT NULL, -- Its name
    family metric_family NOT NULL, -- Metrics of one family share an effect size
    higher_is_better BOOLEAN, -- NULL where there is no better
    chance DOUBLE, -- Value at chance; NULL where it depends on the task or means nothing
    perfect DOUBLE, -- Best possible value
    lower DOUBLE, -- Lowest possible value
    upper DOUBLE -- Highest possible value
);

CREATE TABLE benchmark ( -- A suite of tasks
    id VARCHAR PRIMARY KEY, -- Its id
    name VARCHAR NOT NULL, -- Its name
    released VARCHAR, -- Release date, as precise as known
    repository VARCHAR, -- Address of its code or data
    licence VARCHAR, -- Its licence
    summary VARCHAR NOT NULL, -- One sentence on what it is
    citekey VARCHAR NOT NULL REFERENCES publication (citekey), -- The publication that introduces it
    file VARCHAR NOT NULL -- Its catalog file
);

CREATE TABLE task ( -- One task of a suite
    id VARCHAR PRIMARY KEY, -- <benchmark>/<task>
    benchmark VARCHAR NOT NULL REFERENCES benchmark (id), -- The suite
    name VARCHAR NOT NULL, -- Its name
    domain domain NOT NULL, -- What it is about
    type VARCHAR NOT NULL, -- Shape of the answer
    organism VARCHAR NOT NULL, -- Species, separated by "; "
    dataset VARCHAR NOT NULL, -- The underlying data; the same in every suite that uses them
    input_length_bp BIGINT, -- Length of an input in base pairs
    n_train BIGINT, -- Training items
    n_test BIGINT, -- Test items
    n_classes BIGINT, -- Classes
    positive_share DOUBLE, -- Share of positives among the test items
    generalisation VARCHAR[] NOT NULL, -- In what way test items are new
    leakage_status VARCHAR NOT NULL, -- suspected, checked_clean, not_reported or not_checked; suspected rows aren't clean
    leakage VARCHAR NOT NULL, -- What is known of leakage in words, or not_checked
    locator VARCHAR NOT NULL, -- Source of its facts
    note VARCHAR -- A remark
);

CREATE TABLE task_metric ( -- A metric of a task, with the task's own chance level where it has one
    task VARCHAR NOT NULL REFERENCES task (id), -- The task
    metric VARCHAR NOT NULL REFERENCES metric (id), -- The metric
    chance DOUBLE, -- Value at chance on this task
    PRIMARY KEY (task, metric)
);

CREATE TABLE evaluation ( -- One result table of one source
    id VARCHAR PRIMARY KEY, -- <citekey>/<table>
    publication VARCHAR NOT NULL REFERENCES publication (citekey), -- Who reports it
    title VARCHAR NOT NULL, -- What the table is
    evidence_level evidence_level NOT NULL, -- What stands behind it
    locator VARCHAR NOT NULL, -- Where in the source
    repository VARCHAR, -- Repository and commit
    path VARCHAR, -- File in the repository
    read VARCHAR NOT NULL, -- How it was read
    second_reading VARCHAR NOT NULL, -- Whether somebody read it again
    n_rows INTEGER NOT NULL, -- Rows in it
    file VARCHAR NOT NULL, -- Its catalog file
    note VARCHAR -- A remark
);

CREATE TABLE contributor ( -- Who did what for an entry of the catalog
    entry_kind VARCHAR NOT NULL, -- model, method, corpus, benchmark, evaluation, claim, erratum or wanted
    entry VARCHAR NOT NULL, -- Id of the entry
    position INTEGER NOT NULL, -- Place in the entry's list, from 0
    name VARCHAR NOT NULL, -- Their name, as they want to be credited
    orcid VARCHAR, -- Their ORCID iD
    role VARCHAR NOT NULL, -- extracted, reviewed, second_reading, corrected or proposed
    date VARCHAR, -- When, as precise as known
    tool VARCHAR, -- The program that made the draft, where there was one
    note VARCHAR, -- A remark
    file VARCHAR NOT NULL, -- The entry's catalog file
    PRIMARY KEY (entry_kind, entry, position)
);

CREATE TABLE evaluation_file ( -- A machine-readable file that an evaluation's rows were read from
    evaluation VARCHAR NOT NULL REFERENCES evaluation (id), -- The evaluation
    position INTEGER NOT NULL, -- Its place in the header's list, from 0
    name VARCHAR NOT NULL, -- Its name
    sha256 VARCHAR NOT NULL, -- Its checksum
    PRIMARY KEY (evaluation, position)
);

CREATE TABLE result ( -- One value that a source reports for one method on one task
    id VARCHAR PRIMARY KEY, -- <citekey>/<table>#<row>
    evaluation VARCHAR NOT NULL REFERENCES evaluation (id), -- The table it stands in
    row INTEGER NOT NULL CHECK (row > 0), -- Its number in the table
    method VARCHAR NOT NULL REFERENCES method (id), -- What was scored
    variant VARCHAR REFERENCES variant (id), -- Which checkpoint; NULL where the source doesn't say
    variant_state VARCHAR NOT NULL, -- known, not_reported or not_applicable
    configuration VARCHAR NOT NULL, -- How the method was run: pooling, head, layer
    task VARCHAR NOT NULL REFERENCES task (id), -- On what
    metric VARCHAR NOT NULL REFERENCES metric (id), -- By which measure
    split split NOT NULL, -- On which part of the data
    protocol protocol NOT NULL, -- How the method was brought to the task
    setting VARCHAR NOT NULL, -- Conditions that all methods of the cell share
    input_bp BIGINT, -- Length of input given, where it was varied
    n_train BIGINT, -- Training labels, where their number was varied
    value DOUBLE, -- The value on the metric's own scale; NULL where the run failed
    value_printed VARCHAR NOT NULL, -- The value as the source prints it
    unit VARCHAR NOT NULL, -- fraction or percent: the scale it is printed on
    decimals INTEGER NOT NULL, -- Digits printed behind the point
    uncertainty DOUBLE CHECK (uncertainty >= 0), -- The plus-minus on the metric's own scale
    uncertainty_low DOUBLE, -- Lower bound, where bounds are printed
    uncertainty_high DOUBLE, -- Upper bound
    uncertainty_kind VARCHAR NOT NULL, -- What the plus-minus is
    uncertainty_over VARCHAR NOT NULL, -- Over what it was taken
    n_runs INTEGER, -- Runs or seeds behind the value
    n_test BIGINT, -- Test items, where the source's number differs from the task's
    status status NOT NULL, -- Whether the run went right
    origin VARCHAR NOT NULL, -- own, or quoted from another paper
    quoted_from VARCHAR, -- Whose number it is, where quoted
    flags VARCHAR[] NOT NULL, -- What a reader must know before using it
    pooled BOOLEAN NOT NULL, -- Whether it may enter pooled analyses
    locator VARCHAR NOT NULL, -- Where in the source it stands
    source_file INTEGER, -- Which file it was read from, as numbered in evaluation_file
    source_row INTEGER, -- Which data row of that file, from 1
    method_printed VARCHAR, -- The method's label as printed
    task_printed VARCHAR, -- The task's label as printed
    metric_printed VARCHAR, -- The metric's label as printed
    note VARCHAR, -- A remark
    file VARCHAR NOT NULL, -- Its catalog file
    line INTEGER NOT NULL -- Its line in that file
);

CREATE TABLE claim ( -- What a publication claims, in our words, with the predicate that decides it
    id VARCHAR PRIMARY KEY, -- Its id
    publication VARCHAR NOT NULL REFERENCES publication (citekey), -- Who claims it
    says VARCHAR NOT NULL, -- The claim in our words
    category VARCHAR NOT NULL, -- What it is about
    locator VARCHAR NOT NULL, -- Where it stands
    read VARCHAR NOT NULL, -- How it was read
    second_reading VARCHAR NOT NULL, -- Whether somebody read it again
    methods VARCHAR[] NOT NULL, -- The methods it speaks of
    predicate_kind VARCHAR NOT NULL, -- Kind of predicate
    predicate JSON NOT NULL, -- The predicate
    note VARCHAR, -- A remark
    file VARCHAR NOT NULL -- Its catalog file
);

CREATE TABLE finding_definition ( -- A statement about the field, and what decides it
    id VARCHAR PRIMARY KEY, -- Its id, F01 to F49
    topic VARCHAR NOT NULL, -- Group it belongs to
    statement VARCHAR NOT NULL, -- The statement
    measure VARCHAR NOT NULL, -- What decides it
    needs VARCHAR NOT NULL, -- What the catalog must hold for it
    caveat VARCHAR NOT NULL -- When it misleads
);

CREATE TABLE erratum ( -- A known error of a source, and what we do about it
    id VARCHAR PRIMARY KEY, -- Its id
    publication VARCHAR NOT NULL REFERENCES publication (citekey), -- The source
    evaluation VARCHAR, -- The evaluation it concerns
    what VARCHAR NOT NULL, -- What is wrong
    evidence VARCHAR NOT NULL, -- How we know
    action VARCHAR NOT NULL, -- What we do about it
    status VARCHAR NOT NULL, -- Where it stands
    expect VARCHAR -- SQL that is true while the error stands
);

CREATE TABLE wanted ( -- Evidence that we couldn't have
    id VARCHAR PRIMARY KEY, -- Its id
    what VARCHAR NOT NULL, -- What is missing
    publication VARCHAR, -- Where it should be
    would_decide VARCHAR[] NOT NULL, -- Findings and claims that it would help to decide
    tried VARCHAR NOT NULL -- What was tried to get it
);

CREATE TABLE overlap ( -- What a pretraining corpus shares with evaluation data
    corpus VARCHAR NOT NULL REFERENCES corpus (id), -- The corpus
    dataset VARCHAR, -- The dataset, or
    benchmark VARCHAR, -- the whole suite
    kind VARCHAR NOT NULL, -- What is shared
    evidence VARCHAR NOT NULL, -- How it is known
    share DOUBLE, -- How much is shared
    citekey VARCHAR NOT NULL REFERENCES publication (citekey), -- The source
    locator VARCHAR NOT NULL, -- Where in the source
    note VARCHAR -- A remark
);

CREATE TABLE term_count ( -- Promotional and hedging terms of a publication, as counts only
    publication VARCHAR NOT NULL REFERENCES publication (citekey), -- The publication
    part VARCHAR NOT NULL, -- title_only, or title_and_abstract
    words INTEGER NOT NULL, -- Words counted through
    promotional INTEGER NOT NULL, -- Promotional terms among them
    hedging INTEGER NOT NULL, -- Hedging terms among them
    lexicon INTEGER NOT NULL, -- Version of the lexicon
    source VARCHAR NOT NULL, -- Where the text was read
    PRIMARY KEY (publication, part)
);

CREATE TABLE dataset_task ( -- Public files of a task's sequences, as catalog/datasets/ registers them
    task VARCHAR PRIMARY KEY REFERENCES task (id), -- The task
    registered VARCHAR NOT NULL, -- Its name for `claimgap baseline run`
    verification VARCHAR NOT NULL, -- verified (all contents seen), pinned (a checksum for each file) or unverified
    metric VARCHAR NOT NULL REFERENCES metric (id), -- The suite's metric, by which settings are chosen on dev
    licence VARCHAR NOT NULL, -- Terms of the data
    n_train BIGINT, -- Training items counted in the files; NULL where a file wasn't seen
    n_dev BIGINT, -- Dev items counted
    n_test BIGINT, -- Test items counted
    n_whole BIGINT, -- Items counted, where no split is published
    test_files VARCHAR[] NOT NULL, -- Files that hold the test items
    test_sha256 VARCHAR[] NOT NULL, -- Their SHA-256 in the same order, or not_checked
    bytes BIGINT, -- Size of all files; NULL where one wasn't seen
    file VARCHAR NOT NULL -- Its catalog file
);

CREATE TABLE dataset_audit ( -- One check of one task's data: copies, leaks, shortcuts
    task VARCHAR NOT NULL REFERENCES task (id), -- The task
    audited VARCHAR NOT NULL, -- Its name for `claimgap baseline audit`
    check_id VARCHAR NOT NULL, -- Which check; docs/baselines.md says what each looks for
    verdict VARCHAR NOT NULL CHECK (verdict IN ('clean', 'notice', 'serious', 'not_checked')), -- How it came out
    n_items BIGINT, -- Test items at fault; NULL where the check counts no items or couldn't look
    of_n BIGINT, -- Of how many test items
    score DOUBLE, -- What a look-up, a nearest neighbour's label or the shortcut alone scores on test
    score_metric VARCHAR, -- In which metric
    says VARCHAR NOT NULL, -- What was found, in words
    examples VARCHAR[] NOT NULL, -- Places of a few items as split:row, rows counted from 1
    counts JSON NOT NULL, -- All that was counted
    PRIMARY KEY (task, check_id)
);

CREATE TABLE dataset_flag ( -- A test item that a score on clean items leaves out
    task VARCHAR NOT NULL REFERENCES task (id), -- The task
    row BIGINT NOT NULL, -- Row of the published test file, from 1
    reasons VARCHAR[] NOT NULL, -- Why
    PRIMARY KEY (task, row)
);

CREATE TABLE own_run ( -- What made our own results on one task
    evaluation VARCHAR NOT NULL REFERENCES evaluation (id), -- The table that holds them
    task VARCHAR NOT NULL REFERENCES task (id), -- The task
    command VARCHAR NOT NULL, -- The command that makes them again
    selected_by VARCHAR NOT NULL REFERENCES metric (id), -- Metric that chose settings on dev
    dev_rule VARCHAR NOT NULL, -- published, or hash: cut from train by our rule
    test_rule VARCHAR NOT NULL, -- published, or hash: cut from the whole by our rule
    test_files VARCHAR[] NOT NULL, -- Files that hold the test items
    test_sha256 VARCHAR[] NOT NULL, -- Their SHA-256 in the same order
    code_sha256 VARCHAR NOT NULL, -- Digest of the code that made the numbers
    seeds BIGINT[] NOT NULL, -- Seeds of methods that draw
    versions VARCHAR NOT NULL, -- Libraries, Python, machine
    PRIMARY KEY (evaluation, task)
);

CREATE TABLE reply ( -- An answer of those concerned to the verdict on a claim, in their words
    id VARCHAR PRIMARY KEY, -- Claim and position
    claim VARCHAR NOT NULL REFERENCES claim (id), -- The claim
    position INTEGER NOT NULL, -- Its place among the claim's replies, from 1
    by_whom VARCHAR NOT NULL, -- Who replies
    orcids VARCHAR[] NOT NULL, -- Their ORCID iDs, of those who gave them
    role VARCHAR NOT NULL, -- claim_author, method_author, evaluator or other
    date VARCHAR NOT NULL, -- When, YYYY-MM-DD
    says VARCHAR NOT NULL, -- The reply
    data_version VARCHAR, -- Data version of the verdict that it is about; NULL where unsaid
    link VARCHAR, -- Where it was said in public
    outcome VARCHAR NOT NULL, -- open, entry_changed or verdict_stands
    response VARCHAR, -- What the catalog's people answered
    file VARCHAR NOT NULL -- Its catalog file
);

CREATE TABLE rejected ( -- What was turned down, or looked for in vain, with the reason
    id VARCHAR PRIMARY KEY, -- Its id
    kind VARCHAR NOT NULL, -- Sort of entry; search: looked for and not found
    what VARCHAR NOT NULL, -- What it was
    reason VARCHAR NOT NULL, -- Sort of reason
    why VARCHAR NOT NULL, -- The reason in words
    publication VARCHAR REFERENCES publication (citekey), -- Whose; NULL where it isn't in references.bib
    link VARCHAR, -- Where it is
    by_whom VARCHAR NOT NULL, -- Who decided
    date VARCHAR NOT NULL -- When, YYYY-MM-DD
);
