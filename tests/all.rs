//! The tests that see the library from outside: one binary, a module a subject.

mod agreement;
mod coders;
