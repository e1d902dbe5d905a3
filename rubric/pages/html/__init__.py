"""The scorecard as one web page that needs nothing else: written from its dossiers, in both languages at once."""
