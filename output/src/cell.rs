//! From a row's field to a cell of an Arrow column: which field types fit which column types. `None` is NULL; a
//! number that isn't finite is NULL too.

use crate::days::{Day, from_date};
use arrow::array::{
    ArrayBuilder, ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int8Builder, Int16Builder,
    Int32Builder, Int64Builder, ListBuilder, StringBuilder,
};
use jiff::civil::Date;
use transforms::code::{Code, Id};

/// A builder that can be made for so many rows and can hold NULL.
pub trait Cells: ArrayBuilder {
    /// An empty builder with room for `rows`.
    fn with_rows(rows: usize) -> Self;
    /// Appends NULL.
    fn null(&mut self);
}

/// A value that fits a column built by `B`.
pub trait Cell<B> {
    /// Appends the value.
    fn put(&self, builder: &mut B);
}

impl<B: Cells, T: Cell<B>> Cell<B> for Option<T> {
    fn put(&self, builder: &mut B) {
        match self {
            Some(value) => value.put(builder),
            None => builder.null(),
        }
    }
}

/// The column of an iterator's values.
pub fn column<'a, B: Cells, T: Cell<B> + 'a>(values: impl ExactSizeIterator<Item = &'a T>) -> ArrayRef {
    let mut builder = B::with_rows(values.len());
    for value in values {
        value.put(&mut builder);
    }
    builder.finish()
}

macro_rules! cells {
    ($($builder:ty, $rows:ident => $new:expr;)+) => {
        $(impl Cells for $builder {
            fn with_rows($rows: usize) -> Self {
                $new
            }

            fn null(&mut self) {
                self.append_null();
            }
        })+
    };
}

cells! {
    BooleanBuilder, rows => Self::with_capacity(rows);
    Date32Builder, rows => Self::with_capacity(rows);
    Float64Builder, rows => Self::with_capacity(rows);
    Int8Builder, rows => Self::with_capacity(rows);
    Int16Builder, rows => Self::with_capacity(rows);
    Int32Builder, rows => Self::with_capacity(rows);
    Int64Builder, rows => Self::with_capacity(rows);
    StringBuilder, rows => Self::with_capacity(rows, rows * 16);
    ListBuilder<StringBuilder>, rows => Self::with_capacity(StringBuilder::new(), rows);
}

macro_rules! put {
    ($($kind:ty, $builder:ty, ($self:ident, $to:ident) => $put:expr;)+) => {
        $(impl Cell<$builder> for $kind {
            fn put(&$self, $to: &mut $builder) {
                $put
            }
        })+
    };
}

put! {
    bool, BooleanBuilder, (self, to) => to.append_value(*self);
    i8, Int8Builder, (self, to) => to.append_value(*self);
    i16, Int16Builder, (self, to) => to.append_value(*self);
    i32, Int32Builder, (self, to) => to.append_value(*self);
    u32, Int32Builder, (self, to) => to.append_value(i32::try_from(*self).unwrap_or(i32::MAX));
    i64, Int64Builder, (self, to) => to.append_value(*self);
    f64, Float64Builder, (self, to) => to.append_option(self.is_finite().then_some(*self));
    Date, Date32Builder, (self, to) => to.append_value(from_date(*self));
    Day, Date32Builder, (self, to) => to.append_value(self.0);
    String, StringBuilder, (self, to) => to.append_value(self);
    &'static str, StringBuilder, (self, to) => to.append_value(self);
    Code, StringBuilder, (self, to) => to.append_value(self.as_str());
    Id, StringBuilder, (self, to) => to.append_value(std::str::from_utf8(&self.text()).unwrap_or(""));
    Vec<Code>, ListBuilder<StringBuilder>, (self, to) => {
        for code in self {
            to.values().append_value(code.as_str());
        }
        to.append(true);
    };
}
