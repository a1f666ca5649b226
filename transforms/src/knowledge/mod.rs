//! What the stages know of the world, compiled once from the data files: countries, offices, actors.

pub mod actors;
pub mod bearers;
pub mod countries;
pub mod dictionary;
pub mod gazetteer;
pub mod persons;
pub mod phrases;
pub mod sounds;
pub mod stand_ins;
pub mod titles;
pub mod villages;

pub use actors::{Actor, Actors};
pub use bearers::{Bearers, Frequency};
pub use countries::{Countries, Country, CountryFound, CountryWord};
pub use dictionary::{Agent, Dictionary, Entry};
pub use gazetteer::{Candidate, Gazetteer, GazetteerEntry, PlaceKind};
pub use persons::{BodyName, Leader, Persons};
pub use phrases::{Found, Phrases};
pub use sounds::sound;
pub use stand_ins::StandIns;
pub use titles::{Title, TitleKind, Titles};
pub use villages::{Sounds, Village, Villages, sounds};
