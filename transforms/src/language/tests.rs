//! Sentences and words of small texts, one phenomenon each.
