"""Receives a decision's wording and the values that it may use. Emits the reply as spans, each with its origin."""
