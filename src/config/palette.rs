//! Colours as a file writes them, and as a terminal with fewer of them can show them.

use super::theme::{Colour, Paint, Theme};

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The 16 named ones.
    Sixteen,
    /// 256: the named ones, a cube of 6 x 6 x 6, and 24 greys.
    Indexed,
    /// Any.
    True,
}

/// The names of the 16 colours that every terminal has, in their order.
pub(super) const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright_black",
    "bright_red",
    "bright_green",
    "bright_yellow",
    "bright_blue",
    "bright_magenta",
    "bright_cyan",
    "bright_white",
];

/// The levels of the colour cube of xterm's 256 colours.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The 16 named colours as xterm shows them unless its user says otherwise.
const NAMED: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// Reads `red`, `bright_red`, `#rrggbb`, `#rgb` or `0` to `255`.
pub(super) fn colour(text: &str) -> Option<Colour> {
    if let Some(digits) = text.strip_prefix('#') {
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from: usize, to: usize| u8::from_str_radix(digits.get(from..to)?, 16).ok();
        return match digits.len() {
            6 => Some(Colour::Rgb(part(0, 2)?, part(2, 4)?, part(4, 6)?)),
            3 => Some(Colour::Rgb(part(0, 1)? * 17, part(1, 2)? * 17, part(2, 3)? * 17)),
            _ => None,
        };
    }
    let name = text.replace('-', "_").to_ascii_lowercase();
    let name = if matches!(name.as_str(), "gray" | "grey") { "bright_black".to_owned() } else { name };
    if let Some(at) = NAMES.iter().position(|known| *known == name) {
        return Some(Colour::Indexed(at as u8));
    }
    name.parse().ok().map(Colour::Indexed)
}

impl Colour {
    /// Returns the nearest colour that a terminal of this `depth` has.
    #[must_use]
    pub fn at_depth(self, depth: Depth) -> Self {
        match (self, depth) {
            (Self::Rgb(..), Depth::True)
            | (Self::Indexed(_), Depth::True | Depth::Indexed)
            | (Self::Indexed(..16), _) => self,
            (Self::Rgb(r, g, b), Depth::Indexed) => Self::Indexed(nearest((r, g, b), 16..=255)),
            (colour, Depth::Sixteen) => Self::Indexed(nearest(colour.rgb(), 0..=15)),
        }
    }

    /// Returns red, green and blue; of an indexed colour as xterm shows it.
    pub fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Rgb(r, g, b) => (r, g, b),
            Self::Indexed(n @ ..16) => NAMED[usize::from(n)],
            Self::Indexed(n @ 16..232) => {
                let n = usize::from(n - 16);
                (LEVELS[n / 36], LEVELS[n / 6 % 6], LEVELS[n % 6])
            }
            Self::Indexed(n) => {
                let grey = 8 + 10 * (n - 232);
                (grey, grey, grey)
            }
        }
    }

    /// Returns the relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    pub fn luminance(self) -> f64 {
        let (r, g, b) = self.rgb();
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
}

/// Returns the number of the nearest of the 256 colours within `range`, by "redmean", a cheap measure that follows the eye.
fn nearest(wanted: (u8, u8, u8), range: std::ops::RangeInclusive<u8>) -> u8 {
    let far = |n: u8| {
        let known = Colour::Indexed(n).rgb();
        let mean = i64::from(wanted.0).midpoint(i64::from(known.0));
        let square = |a: u8, b: u8| (i64::from(a) - i64::from(b)).pow(2);
        (512 + mean) * square(wanted.0, known.0) / 256
            + 4 * square(wanted.1, known.1)
            + (767 - mean) * square(wanted.2, known.2) / 256
    };
    range.min_by_key(|&n| far(n)).unwrap_or_default()
}

impl Theme {
    /// Makes every colour one that a terminal of this `depth` has.
    #[must_use]
    pub fn at_depth(mut self, depth: Depth) -> Self {
        self.each_paint(|paint| {
            paint.fg = paint.fg.map(|colour| colour.at_depth(depth));
            paint.bg = paint.bg.map(|colour| colour.at_depth(depth));
        });
        self
    }

    /// Takes every colour away and keeps the attributes, for `NO_COLOR`; what only a background told is reversed instead.
    #[must_use]
    pub fn without_colours(mut self) -> Self {
        self.each_paint(|paint| {
            paint.reverse |= paint.bg.is_some();
            (paint.fg, paint.bg) = (None, None);
        });
        self
    }

    fn each_paint(&mut self, change: impl FnMut(&mut Paint)) {
        self.roles.values_mut().chain(&mut self.speakers).for_each(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Red, green and blue as a reader without one kind of cones sees them, in linear light (Machado, Oliveira and
    /// Fernandes 2009, severity 1.0); the first is everybody else.
    const VISIONS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];

    fn lab(colour: Colour, vision: &[[f64; 3]; 3]) -> [f64; 3] {
        let (red, green, blue) = colour.rgb();
        let linear = [red, green, blue].map(|part| Colour::Rgb(part, part, part).luminance());
        let seen = vision.map(|row| row.iter().zip(linear).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0));
        let mix = |row: [f64; 3]| row.iter().zip(seen).map(|(a, b)| a * b).sum::<f64>();
        let curve = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        // CIE XYZ under D65, then CIELAB.
        let long = curve(mix([0.4124, 0.3576, 0.1805]) / 0.9505);
        let light = curve(mix([0.2126, 0.7152, 0.0722]));
        let short = curve(mix([0.0193, 0.1192, 0.9505]) / 1.089);
        [116.0 * light - 16.0, 500.0 * (long - light), 200.0 * (light - short)]
    }

    fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (a.luminance(), b.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_speakers_of_the_shipped_themes_are_told_apart_and_read_by_everybody() {
        let white = Colour::Rgb(255, 255, 255);
        for (name, paper, least) in [
            ("dark", Colour::Rgb(0x1e, 0x1e, 0x1e), 4.5),
            ("light", white, 4.5),
            ("high-contrast", Colour::Rgb(0, 0, 0), 7.0),
            ("high-contrast-light", white, 7.0),
        ] {
            let theme = Theme::shipped(name).unwrap();
            let colours: Vec<Colour> = theme.speakers.iter().filter_map(|paint| paint.fg).collect();
            assert!(colours.len() >= 8, "{name}");
            for (n, &a) in colours.iter().enumerate() {
                assert!(contrast(a, paper) >= least, "{name}: {a:?} has {:.1}:1", contrast(a, paper));
                for &b in &colours[..n] {
                    for vision in &VISIONS {
                        let (p, q) = (lab(a, vision), lab(b, vision));
                        let far = p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt();
                        assert!(far >= 18.0, "{name}: {a:?} and {b:?} are {far:.1} apart");
                    }
                }
            }
            let text: Vec<_> = theme
                .roles
                .iter()
                .filter_map(|(role, paint)| Some((role, contrast(paint.fg?, paint.bg.unwrap_or(paper)))))
                .filter(|(_, contrast)| *contrast < 3.0)
                .collect();
            assert!(text.is_empty(), "{name}: {text:?}");
        }
    }

    #[test]
    fn reads_every_way_to_write_a_colour() {
        for (text, is) in [
            ("red", Some(Colour::Indexed(1))),
            ("bright-Red", Some(Colour::Indexed(9))),
            ("grey", Some(Colour::Indexed(8))),
            ("#5fafff", Some(Colour::Rgb(0x5f, 0xaf, 0xff))),
            ("#fa0", Some(Colour::Rgb(255, 170, 0))),
            ("0", Some(Colour::Indexed(0))),
            ("255", Some(Colour::Indexed(255))),
            ("256", None),
            ("#12345", None),
            ("#+1+1+1", None),
            ("#üüü", None),
            ("redd", None),
            ("", None),
        ] {
            assert_eq!(colour(text), is, "{text}");
        }
    }

    #[test]
    fn fewer_colours_are_the_nearest_ones() {
        let sky = Colour::Rgb(0x5f, 0xaf, 0xff);
        assert_eq!(sky.at_depth(Depth::True), sky);
        assert_eq!(sky.at_depth(Depth::Indexed), Colour::Indexed(75), "it is one of the cube");
        assert_eq!(Colour::Rgb(254, 1, 1).at_depth(Depth::Sixteen), Colour::Indexed(9));
        assert_eq!(Colour::Indexed(3).at_depth(Depth::Sixteen), Colour::Indexed(3));
        assert_eq!(Colour::Indexed(231).at_depth(Depth::Sixteen), Colour::Indexed(15));
        for n in 16..=255 {
            let (r, g, b) = Colour::Indexed(n).rgb();
            let Colour::Indexed(found) = Colour::Rgb(r, g, b).at_depth(Depth::Indexed) else { panic!() };
            assert_eq!(Colour::Indexed(found).rgb(), (r, g, b));
        }
    }
}
