"""One module a kind of figure: draw(spec) -> Canvas and describe(spec) -> alt text."""
