//! The black-box tests of whosaid, one module for each part.

mod dates;
