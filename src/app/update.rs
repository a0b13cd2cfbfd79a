//! How an event changes the state.

use super::{Effect, Event, State};
use crate::annotation::Stamp;

/// Takes one event in and returns what is to be done in the world.
pub fn update(_state: &mut State, _event: Event, _stamp: Stamp) -> Vec<Effect> {
    Vec::new()
}
