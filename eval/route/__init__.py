"""Whether the router tells what kind of answer is wanted, and what is asked of the topic."""
