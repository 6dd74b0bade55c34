"""A second region: a dataset made from another source of control, to try the product on."""
