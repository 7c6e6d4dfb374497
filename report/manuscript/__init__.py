"""From templates, Results and editorial texts to the numbered Document."""
