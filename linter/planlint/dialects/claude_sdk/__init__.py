"""Agents that Python programs define for the Claude Agent SDK."""
