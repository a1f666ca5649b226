//! Tests of the program.

// What goes in.
mod sources;
