"""The report's figures: pure functions from a figure's data to a drawing, in one house style."""
