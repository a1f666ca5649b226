//! The pipeline.

pub mod source;
