"""What counting says: agreement of states over the rolls, without a fitted model."""

from votewire.blocs.agreement import DEFINITION, Agreement, agreement, scores, wilson

__all__ = ["DEFINITION", "Agreement", "agreement", "scores", "wilson"]
