"""Finding what everybody may see: one query language, one scoring model, several engines."""
