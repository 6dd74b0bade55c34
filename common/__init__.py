"""What every package may use: nothing here knows what a place or a claim is, and nothing imports pandas."""
