"""What all handlers share of HTTP: negotiation, answers, errors, forms; and the interface as OpenAPI."""
