"""Invented KIMs, people and posts; installed only on loopback, and filled through the verbs that people use."""
