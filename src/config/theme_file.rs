//! Themes as files: `inherits`, `[palette]`, `[roles]` and `speakers`, and the themes that are shipped.

use super::diagnostic::{Diagnostic, did_you_mean};
use super::document::{Document, Entry, Value, entries};
use super::palette::{NAMES, colour};
use super::theme::{Colour, Paint, Role, Theme};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// The themes that are shipped: name and file.
const SHIPPED: &[(&str, &str)] = &[
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("high-contrast", include_str!("../../themes/high-contrast.toml")),
    ("high-contrast-light", include_str!("../../themes/high-contrast-light.toml")),
    ("sixteen", include_str!("../../themes/sixteen.toml")),
];

/// The keys on top of a theme's file.
const KEYS: [&str; 5] = ["inherits", "light", "palette", "roles", "speakers"];

impl Theme {
    /// Returns the names of the themes that are shipped; the first is what is taken where nothing else is said.
    pub fn shipped_names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// Returns the shipped theme of this name.
    pub fn shipped(name: &str) -> Option<Self> {
        Self::load(name, &mut |_| None).map(|(theme, _)| theme)
    }

    /// Returns the theme `name` with the mistakes in its file and in those it inherits, or `None` where there is none.
    ///
    /// `user` gives the user's own file of a name, as what to call it and its content; it goes before a shipped one.
    pub fn load(name: &str, user: &mut dyn FnMut(&str) -> Option<(String, String)>) -> Option<(Self, Vec<Diagnostic>)> {
        load(name, user)
    }
}

fn load(name: &str, user: &mut dyn FnMut(&str) -> Option<(String, String)>) -> Option<(Theme, Vec<Diagnostic>)> {
    let shipped = || SHIPPED.iter().find(|(known, _)| *known == name);
    match user(name) {
        Some((file, text)) => Some(parse(name, &file, &text, user)),
        None => shipped().map(|(_, text)| parse(name, &format!("{name}.toml"), text, &mut |_| None)),
    }
}

fn parse(
    name: &str,
    file: &str,
    text: &str,
    user: &mut dyn FnMut(&str) -> Option<(String, String)>,
) -> (Theme, Vec<Diagnostic>) {
    let (mut document, root) = Document::parse(file, text);
    let (mut theme, mut below) = (Theme::default(), Vec::new());
    let top = entries(&root);
    let find = |key: &str| top.iter().find(|entry| entry.key == key);
    for entry in top.iter().filter(|entry| !KEYS.contains(&entry.key)) {
        document.unknown(entry.at, "key", entry.key, KEYS);
    }
    if let Some(entry) = find("inherits")
        && let Some(parent) = document.string(entry.value, "inherits")
    {
        // From here on this name means the shipped file, so that a user's `dark` may build on it, and circles end.
        let mut others = |wanted: &str| if wanted == name { None } else { user(wanted) };
        match load(parent, &mut others) {
            Some(found) => (theme, below) = found,
            None => document.unknown(entry.value.span().start, "theme", parent, Theme::shipped_names()),
        }
    }
    name.clone_into(&mut theme.name);
    if let Some(light) = find("light").and_then(|entry| document.boolean(entry.value, "light")) {
        theme.light = light;
    }
    let mut palette = BTreeMap::new();
    for entry in find("palette").map(|entry| document.table(entry.value, "[palette]")).unwrap_or_default() {
        if let Some(colour) = read_colour(&mut document, entry.value, &BTreeMap::new(), entry.key) {
            palette.insert(entry.key, colour);
        }
    }
    for Entry { key, at, value } in
        find("roles").map(|entry| document.table(entry.value, "[roles]")).unwrap_or_default()
    {
        let Some((role, _)) = Role::ALL.iter().find(|(_, name)| *name == key) else {
            document.unknown(at, "role", key, Role::ALL.iter().map(|(_, name)| *name));
            continue;
        };
        if let Some(paint) = read_paint(&mut document, value, &palette, key) {
            theme.roles.insert(*role, paint);
        }
    }
    if let Some(entry) = find("speakers") {
        if let DeValue::Array(values) = entry.value.get_ref() {
            let paints: Vec<Paint> =
                values.iter().filter_map(|value| read_paint(&mut document, value, &palette, "speakers")).collect();
            if paints.is_empty() {
                document.say(entry.at, "speakers wants at least one colour");
            } else {
                theme.speakers = paints;
            }
        } else {
            document.wrong_type(entry.value, "speakers", "a list of colours");
        }
    }
    below.extend(document.finish());
    (theme, below)
}

/// Reads a colour, or a table of `fg`, `bg` and attributes.
fn read_paint<'a>(
    document: &mut Document<'a>,
    value: &Value<'a>,
    palette: &BTreeMap<&str, Colour>,
    what: &str,
) -> Option<Paint> {
    let mut paint = Paint::default();
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        paint.fg = Some(read_colour(document, value, palette, what)?);
        return Some(paint);
    }
    for entry in document.table(value, what) {
        let attribute = match entry.key {
            "fg" => {
                paint.fg = read_colour(document, entry.value, palette, "fg");
                continue;
            }
            "bg" => {
                paint.bg = read_colour(document, entry.value, palette, "bg");
                continue;
            }
            "bold" => &mut paint.bold,
            "dim" => &mut paint.dim,
            "italic" => &mut paint.italic,
            "underline" => &mut paint.underline,
            "strike" => &mut paint.strike,
            "reverse" => &mut paint.reverse,
            other => {
                let known = ["fg", "bg", "bold", "dim", "italic", "underline", "strike", "reverse"];
                document.unknown(entry.at, "attribute", other, known);
                continue;
            }
        };
        *attribute = document.boolean(entry.value, entry.key).unwrap_or_default();
    }
    Some(paint)
}

fn read_colour(
    document: &mut Document<'_>,
    value: &Value<'_>,
    palette: &BTreeMap<&str, Colour>,
    what: &str,
) -> Option<Colour> {
    let written = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        _ => {
            document.wrong_type(value, what, "a colour");
            return None;
        }
    };
    let found = palette.get(written.as_str()).copied().or_else(|| colour(&written));
    if found.is_none() {
        let names = palette.keys().copied().chain(NAMES);
        document.say(
            value.span().start,
            format!(
                "{written:?} is no colour: write #rrggbb, 0 to 255, or a name like \"bright_red\"{}",
                did_you_mean(&written, names)
            ),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Theme, Vec<String>) {
        let (theme, said) = parse("t", "t.toml", text, &mut |_| None);
        (theme, said.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_shipped_themes_have_no_mistake_and_every_role() {
        for name in Theme::shipped_names() {
            let (theme, said) = Theme::load(name, &mut |_| None).unwrap();
            assert_eq!(said, [], "{name}");
            assert_eq!(theme.name, name);
            let missing: Vec<_> = Role::ALL.iter().filter(|(role, _)| !theme.roles.contains_key(role)).collect();
            assert!(missing.is_empty(), "{name} does not say {missing:?}");
            assert!(theme.speakers.len() >= 6, "{name}");
        }
    }

    #[test]
    fn reads_colours_tables_palette_and_inheritance() {
        let (theme, said) = read(
            "inherits = \"light\"\n[palette]\namber = \"#ffaf00\"\n[roles]\ncue = \"amber\"\ntag = { fg = 12, bold = true }\n",
        );
        assert_eq!(said, [""; 0]);
        assert!(theme.light, "inherited");
        assert_eq!(theme.paint(Role::Cue).fg, Some(Colour::Rgb(255, 175, 0)));
        assert_eq!(theme.paint(Role::Tag), Paint { fg: Some(Colour::Indexed(12)), bold: true, ..Paint::default() });
        assert_eq!(theme.paint(Role::Error), Theme::shipped("light").unwrap().paint(Role::Error));
        assert_eq!(theme.speakers.len(), Theme::shipped("light").unwrap().speakers.len());
    }

    #[test]
    fn each_mistake_is_named_and_costs_that_key_alone() {
        let (theme, said) = read(
            "inherits = \"drak\"\nlihgt = true\n[roles]\ncuee = \"red\"\ncue = \"redd\"\ntag = { fgg = 1, bold = 3 }\ntitle = \"blue\"\n",
        );
        assert_eq!(said[0], "t.toml:1:12: there is no theme \"drak\"; did you mean \"dark\"?");
        assert_eq!(said[1], "t.toml:2:1: there is no key \"lihgt\"; did you mean \"light\"?");
        assert_eq!(said[2], "t.toml:4:1: there is no role \"cuee\"; did you mean \"cue\"?");
        assert!(said[3].starts_with("t.toml:5:7: \"redd\" is no colour") && said[3].contains("\"red\"?"), "{said:?}");
        assert!(said[4].starts_with("t.toml:6:9: there is no attribute \"fgg\""), "{said:?}");
        assert_eq!(said[5], "t.toml:6:25: bold wants true or false, and this is a number");
        assert_eq!(said.len(), 6);
        assert_eq!(theme.paint(Role::Title).fg, Some(Colour::Indexed(4)));
    }

    #[test]
    fn a_users_theme_may_build_on_the_shipped_one_of_its_name_but_not_on_itself() {
        let mut user = |name: &str| match name {
            "dark" => Some(("mine/dark.toml".to_owned(), "inherits = \"dark\"\n[roles]\ncue = \"red\"".to_owned())),
            "a" => Some(("a.toml".to_owned(), "inherits = \"b\"".to_owned())),
            "b" => Some(("b.toml".to_owned(), "inherits = \"a\"".to_owned())),
            _ => None,
        };
        let (dark, said) = Theme::load("dark", &mut user).unwrap();
        assert_eq!((dark.paint(Role::Cue).fg, said.len()), (Some(Colour::Indexed(1)), 0));
        assert_eq!(dark.paint(Role::Tag), Theme::shipped("dark").unwrap().paint(Role::Tag));
        assert_eq!(Theme::load("a", &mut user).unwrap().1.len(), 1, "a circle is named once");
    }
}
