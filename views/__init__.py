"""Everything that draws: on the screen and on paper."""
