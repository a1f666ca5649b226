//! Tests of the name tagger.
