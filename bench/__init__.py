"""How fast, as ratios within one run: ./run bench [--rows N]."""
