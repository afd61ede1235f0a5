"""The command line: each command is a thin layer over one function of the library with the same verb."""
