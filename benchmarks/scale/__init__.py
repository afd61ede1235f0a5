"""How time, memory and disk grow with the number of papers, and what that makes of corpora beyond this machine."""
