"""What `make bench` prints: ratios, each taken in one run on one machine."""
