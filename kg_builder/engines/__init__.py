"""Engines: how reading and extraction run; all share one function from documents to facts."""
