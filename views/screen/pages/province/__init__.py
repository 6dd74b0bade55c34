"""The pages of provinces: all side by side, and one with its maps through time, figures, ribbons, places and events."""
