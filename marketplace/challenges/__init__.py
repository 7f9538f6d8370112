"""Problem statements: authoring, quality gate, approval, publication, history from elsewhere."""
