//! What all rows and files of one run have in common.

use crate::schema::SCHEMA_VERSION;

/// Constants of a run, written into rows, file metadata and the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInfo {
    /// Id of the run; for the same bytes every time, a hash of input, options and knowledge, not of the clock.
    pub run_id: String,
    /// Hash of the knowledge (seeds, models) the run used.
    pub knowledge: String,
    /// Version of the program.
    pub tool_version: String,
    /// Version of the schema: always [`SCHEMA_VERSION`].
    pub schema_version: String,
}

impl RunInfo {
    /// The run of an id, with a knowledge and by a version of the program.
    pub fn new(run_id: &str, knowledge: &str, tool_version: &str) -> Self {
        Self {
            run_id: run_id.to_owned(),
            knowledge: knowledge.to_owned(),
            tool_version: tool_version.to_owned(),
            schema_version: SCHEMA_VERSION.to_owned(),
        }
    }
}
