"""How a chamber decides: majorities, the veto, what-if, voting power; numbers alone, no data."""
