"""Processes for work on pages: each answers one job at a time, within a limit of time."""

from votewire.many.worker import Gone, Prepare, Worker, answer_once, limited

__all__ = ["Gone", "Prepare", "Worker", "answer_once", "limited"]
