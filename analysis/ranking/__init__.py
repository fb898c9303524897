"""Rankings of methods over tasks, with their uncertainty; missing tasks are never averaged away.

An average rank depends on who else is in the table, so it is never the headline: pooled contrasts
(analysis.meta) and the probability of superiority are. Methods: docs/methods/ranking.md.
"""

from analysis.ranking.agreement import Agreement, friedman, kendalls_w
from analysis.ranking.bradley_terry import BradleyTerry, bradley_terry
from analysis.ranking.errors import RankingError
from analysis.ranking.nemenyi import Nemenyi, critical_difference, nemenyi
from analysis.ranking.rank_intervals import RankInterval, rank_intervals
from analysis.ranking.superiority import Superiority, probability_of_superiority
from analysis.ranking.table import ScoreTable

__all__ = [
    "Agreement",
    "BradleyTerry",
    "Nemenyi",
    "RankInterval",
    "RankingError",
    "ScoreTable",
    "Superiority",
    "bradley_terry",
    "critical_difference",
    "friedman",
    "kendalls_w",
    "nemenyi",
    "probability_of_superiority",
    "rank_intervals",
]
