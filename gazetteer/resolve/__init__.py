"""From a toponym to an answer: candidates, the evidence for each, and how sure we are."""
