"""Readers of the extracts that the shipped record is compiled from: bytes in, facts out."""
