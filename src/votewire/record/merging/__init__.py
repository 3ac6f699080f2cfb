"""Merging what several sources say of the same votes: which are the same, what is kept, and why."""
