//! Tests of the program.

// What goes in: every form of it, and everything that can be wrong with it.
mod source_faults;
mod sources;
