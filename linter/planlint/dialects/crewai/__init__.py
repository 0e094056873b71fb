"""CrewAI crews: `config/tasks.yaml`, `config/agents.yaml`, the Python beside them, and `crew.jsonc`."""
