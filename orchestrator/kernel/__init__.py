"""Floor 0: keys, clock and the error tree. Pure; every other floor may import it."""
