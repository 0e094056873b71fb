"""planlint's own plan file, `plan.yaml` or `plan.json`: the shape, its synonyms, and the way into the model."""
