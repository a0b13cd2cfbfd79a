//! The store on disk: one TOML file a document and coder; saves are atomic and durable.
