//! Arrow IPC parts: the slices as record batches, compressed with zstd.

use super::Part;
use super::file::HashedFile;
use crate::error::Error;
use crate::run::RunInfo;
use crate::schema::Table;
use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions};
use arrow::ipc::{CompressionType, MetadataVersion};
use std::path::PathBuf;

/// Level of zstd.
const ZSTD_LEVEL: i32 = 3;

/// An Arrow IPC file being written.
pub struct IpcPart {
    path: PathBuf,
    writer: FileWriter<HashedFile>,
}

impl IpcPart {
    /// Begins a file.
    pub fn new(file: HashedFile, table: Table, run: &RunInfo) -> Result<Self, Error> {
        let path = file.path().to_owned();
        let begin = || -> Result<FileWriter<HashedFile>, ArrowError> {
            let options = IpcWriteOptions::try_new(64, false, MetadataVersion::V5)?
                .try_with_compression(Some(CompressionType::ZSTD))?
                .try_with_compression_level(Some(ZSTD_LEVEL))?;
            let mut writer = FileWriter::try_new_with_options(file, &table.schema(), options)?;
            writer.write_metadata("schema_version", &run.schema_version);
            writer.write_metadata("tool_version", &run.tool_version);
            writer.write_metadata("dictionary_hash", &run.knowledge);
            writer.write_metadata("run_id", &run.run_id);
            Ok(writer)
        };
        Ok(Self { writer: begin().map_err(Error::arrow(&path, "write this file"))?, path })
    }
}

impl Part for IpcPart {
    fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        self.writer.write(batch).map_err(Error::arrow(&self.path, "write this file"))
    }

    fn end_group(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn size(&self) -> u64 {
        self.writer.get_ref().size()
    }

    fn finish(self: Box<Self>) -> Result<HashedFile, Error> {
        let Self { path, mut writer } = *self;
        writer.finish().map_err(Error::arrow(&path, "write this file"))?;
        writer.into_inner().map_err(Error::arrow(&path, "write this file"))
    }
}
