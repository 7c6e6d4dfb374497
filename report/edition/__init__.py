"""Load and validate an edition's folder into an Edition; every problem names file, sheet, cell or line."""
