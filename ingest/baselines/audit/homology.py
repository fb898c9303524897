"""How near test items are to training items, without alignment, and what copying a neighbour scores.

The Mash distance of two sequences is -1/k ln(2j / (1 + j)), j the Jaccard index of their sets of
k-mers: about the share of bases that differ (Ondov et al. 2016, Genome Biology 17:132, eq. 4). It
is 1 where no k-mer is shared, and says nothing of similarity below some 75 % identity.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.baselines.audit.near import K, word_sets
from ingest.baselines.audit.report import Check, Verdict, grade, share
from ingest.baselines.metrics import Prediction, score
from ingest.baselines.splits import Split

_ROWS = 256  # test items compared with all of train at once
NEAR = 0.1  # Mash distance below which a test item counts as a relative of a training item


def mash_distance(jaccard: NDArray[np.float64], k: int = K) -> NDArray[np.float64]:
    """Mash distance of a Jaccard index, same shape, between 0 and 1."""
    with np.errstate(divide="ignore"):
        distance = -np.log(2 * jaccard / (1 + jaccard)) / k
    return np.clip(distance, 0.0, 1.0)


def nearest(test: Split, train: Split) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Jaccard index of each test item with its nearest training item, and that item's index.

    Two arrays of shape (n_test,); the index is -1 where no word is shared. Of equally near items
    the first counts.
    """
    theirs = word_sets(train.sequences)
    ours = word_sets(test.sequences)
    # words that hundreds of training items share are repeats: they cost most of the time and
    # can't make a nearest neighbour alone
    often = np.bincount(theirs.indices, minlength=theirs.shape[1]) > max(100, len(train) // 50)
    columns = np.unique(ours.indices)
    columns = columns[~often[columns]]
    turned = theirs.tocsc()[:, columns].T.tocsr()
    ours_kept = ours.tocsc()[:, columns].tocsr()
    our_size, their_size = np.diff(ours.indptr), np.diff(theirs.indptr)
    best = np.zeros(len(test))
    who = np.full(len(test), -1, dtype=np.int64)
    for start in range(0, len(test), _ROWS):
        product = (ours_kept[start : start + _ROWS] @ turned).tocoo()
        if product.nnz == 0:
            continue
        row, column = product.row + start, product.col
        j = product.data / (our_size[row] + their_size[column] - product.data)
        order = np.lexsort((column, -j, row))
        _, first = np.unique(row[order], return_index=True)
        top = order[first]
        best[row[top]], who[row[top]] = j[top], column[top]
    return best, who


def check(splits: dict[str, Split], classes: int, metric: str) -> Check:
    """Distance of test items to train, and the score of giving each its nearest neighbour's label."""
    if not {"train", "test"} <= set(splits):
        return Check(
            id="homology-to-train", verdict=Verdict.not_checked, says="needs train and test"
        )
    train, test = splits["train"], splits["test"]
    jaccard, who = nearest(test, train)
    distance = mash_distance(jaccard)
    close = distance < NEAR
    majority = int(np.bincount(train.labels, minlength=classes).argmax())
    guess = np.where(who >= 0, train.labels[np.maximum(who, 0)], majority)
    probe = Prediction(guess, np.eye(classes)[guess])
    counts: dict[str, float] = {
        "test_items": len(test),
        "sharing_no_word_with_train": int((who < 0).sum()),
        f"nearer_than_{NEAR}": int(close.sum()),
        "median_distance": round(float(np.median(distance)), 4),
        f"nearest_neighbour_{metric}": round(score(test.labels, probe, metric), 4),
    }
    if close.any():
        agreement = float((guess[close] == test.labels[close]).mean())
        counts["label_agreement_of_the_near"] = round(agreement, 4)
    portion = share(int(close.sum()), len(test))
    return Check(
        id="homology-to-train",
        verdict=grade(portion, 0.02, 0.1),
        says=(
            f"{portion:.1%} of the test items have a Mash distance below {NEAR} to a training item; "
            f"copying the nearest training item's label scores {metric} "
            f"{counts[f'nearest_neighbour_{metric}']:.3f}"
        ),
        counts=counts,
    )
