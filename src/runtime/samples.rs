//! The articles that come with the program: invented people and places, each damaged or written in another way.

macro_rules! samples {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../assets/samples/", $name, ".txt")))),*]
    };
}

/// Name and text; the first is opened where nothing else is asked for.
pub const SAMPLES: &[(&str, &str)] = samples!["tour" "council" "damaged" "posts" "interview" "nested" "long"];
