//! What the stages know of the world, compiled once from the data files: countries, offices, actors.

pub mod actors;
pub mod countries;
pub mod gazetteer;
pub mod persons;
pub mod phrases;
pub mod sounds;
pub mod titles;

pub use actors::{Actor, Actors};
pub use countries::{Countries, Country, CountryFound, CountryWord};
pub use gazetteer::{Gazetteer, GazetteerEntry, PlaceKind};
pub use persons::{BodyName, Leader, Persons};
pub use phrases::{Found, Phrases};
pub use sounds::sound;
pub use titles::{Title, TitleKind, Titles};
