//! whosaid shows who said what, and when, in news articles, and takes a reader's decisions about it.
//!
//! The modules are floors. From the top down: `cli`, `runtime`, `ui`, {`app`, `store`, `export`}, `annotation`, `engine`,
//! {`source`, `config`, `text`}. A module uses only what stands below it; `tests/layers.rs` reads the sources and fails on
//! anything else. `text`, `engine` and `annotation` name no terminal, file, clock or environment.

pub mod annotation;
pub mod app;
pub mod cli;
pub mod config;
pub mod engine;
pub mod export;
pub mod runtime;
pub mod source;
pub mod store;
pub mod text;
pub mod ui;
