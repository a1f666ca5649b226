//! Tests of the program.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

// What goes in: every form of it, and everything that can be wrong with it.
mod source_faults;
mod sources;

// What comes out.
mod determinism;
mod dictionary;
mod faults;
mod forms;
mod killed;
mod petrarch;
mod readers;
mod seeds;
mod support;

// How the repository is kept.
mod tidy;
