"""Words and values of plans in YAML and JSON, whoever invented them.

The plan file of planlint (`native`) defines them; plans with keys of their own (`invented`) and lists of work items say
the same with them. What more than one of these dialects needs stands here, so that none imports another.
"""
