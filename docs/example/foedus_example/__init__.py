"""A model, a coder and a reader that come to Foedus from another package."""
