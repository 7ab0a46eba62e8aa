"""The report as a document. It knows the frozen figures and nothing of the database."""
