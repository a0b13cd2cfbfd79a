//! The articles that come with the program: invented people and places, each damaged or written in another way.

/// Name and text; the first is opened where nothing else is asked for.
pub const SAMPLES: &[(&str, &str)] = &[("tour", include_str!("../../assets/samples/tour.txt"))];
