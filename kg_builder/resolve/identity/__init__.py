"""Which signatures are one person: names, ids, decisions and evidence, and the joining of what they speak for."""
