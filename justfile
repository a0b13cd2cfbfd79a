# What CI runs.
check:
    bash .ci/run

# The reader on a bundled article, or on what you give.
read *paths:
    cargo run --release -- {{paths}}

test *filter:
    cargo test {{filter}}

# The quality figures, where the gold data is beside the checkout.
floors:
    .ci/floors --print
