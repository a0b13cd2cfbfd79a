//! What follows from a text by its SHA-256: a name for it, and an id for what it describes.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// Returns the SHA-256 of `bytes` in hex.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Returns the id that follows from a description, the same everywhere (UUID version 8 of its SHA-256).
pub fn id_of(description: &str) -> Uuid {
    let hash = Sha256::digest(description.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}
