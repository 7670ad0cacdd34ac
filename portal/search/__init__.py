"""The disposable index: analysis, facets, ranking and the engines that run them."""
