//! Figures through the whole chain, on sentences written for these tests.
