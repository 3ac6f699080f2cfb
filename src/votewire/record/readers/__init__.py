"""Readers: one file for each kind of source; bytes in, rollcalls and problems out."""
