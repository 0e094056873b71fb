"""GSD ("Get Shit Done") phases: all `*-PLAN.md` of a phase directory are one plan."""
