//! Records in, articles out.
