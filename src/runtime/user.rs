//! What the user has set: the files of the configuration folder, and what the environment says.

use crate::config::{Depth, Diagnostic, Keymap, Settings, Theme};
use std::path::{Path, PathBuf};

/// The user's settings, read.
#[derive(Debug)]
pub struct User {
    /// The folder they come from; `None` where the system names none.
    pub folder: Option<PathBuf>,
    /// The files that were there.
    pub files: Vec<PathBuf>,
    /// The keys.
    pub keymap: Keymap,
    /// The habits.
    pub settings: Settings,
    /// Every mistake in these files.
    pub mistakes: Vec<Diagnostic>,
}

impl User {
    /// Reads the user's keymap and settings. The themes are only looked at when one is asked for.
    pub fn read() -> Self {
        let folder = folder();
        let mut user = Self {
            files: Vec::new(),
            keymap: Keymap::default(),
            settings: Settings::shipped(),
            mistakes: Vec::new(),
            folder,
        };
        user.keymap = match user.file("keymap.toml") {
            Some((file, text)) => {
                let (keymap, mistakes) = Keymap::with_user(&file, &text);
                user.mistakes.extend(mistakes);
                keymap
            }
            None => Keymap::shipped(),
        };
        if let Some((file, text)) = user.file("settings.toml") {
            let folder = user.folder.clone();
            let mut is_theme = |name: &str| {
                Theme::shipped_names().any(|known| known == name)
                    || theme_file(folder.as_deref(), name).is_some_and(|file| file.is_file())
            };
            let (settings, mistakes) = Settings::with_user(&file, &text, &mut is_theme);
            user.settings = settings;
            user.mistakes.extend(mistakes);
        }
        user
    }

    /// Returns the theme of this name; where there is none, the first that is shipped.
    pub fn theme(&mut self, name: &str) -> Theme {
        let (theme, mistakes) = self.load(name);
        self.mistakes.extend(mistakes);
        theme
    }

    /// Reads every theme of the user's, for `check-config`.
    pub fn check_themes(&mut self) {
        let Some(folder) = self.folder.as_deref().map(|folder| folder.join("themes")) else { return };
        let mut names: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
        names.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
        names.sort();
        for file in names {
            if let Some(name) = file.file_stem().and_then(|stem| stem.to_str()) {
                let mistakes = self.load(name).1;
                self.mistakes.extend(mistakes);
                self.files.push(file);
            }
        }
        self.mistakes.dedup();
    }

    /// Returns the keymap or settings file that is not even TOML, where there is one.
    pub fn unreadable(&self) -> Option<String> {
        let mut files = self.files.iter().map(|file| file.display().to_string());
        files.find(|file| self.mistakes.iter().any(|mistake| mistake.unreadable && mistake.file == *file))
    }

    fn load(&self, name: &str) -> (Theme, Vec<Diagnostic>) {
        let mut mistakes = Vec::new();
        let mut user = |name: &str| {
            let file = theme_file(self.folder.as_deref(), name).filter(|file| file.is_file())?;
            read(&file).map_err(|mistake| mistakes.push(mistake)).ok()
        };
        let found = Theme::load(name, &mut user);
        let (theme, more) = found.unwrap_or_else(|| {
            (Theme::shipped_names().next().and_then(Theme::shipped).unwrap_or_default(), Vec::new())
        });
        mistakes.extend(more);
        (theme, mistakes)
    }

    /// Returns a file of the folder as what to call it and its text; one that cannot be read is a mistake.
    fn file(&mut self, name: &str) -> Option<(String, String)> {
        let file = self.folder.as_deref()?.join(name);
        if !file.exists() {
            return None;
        }
        self.files.push(file.clone());
        read(&file).map_err(|mistake| self.mistakes.push(mistake)).ok()
    }
}

fn read(file: &Path) -> Result<(String, String), Diagnostic> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file)
        .map_err(|error| Diagnostic::at(&name, "", 0, format!("cannot be read: {error}")).of_whole_file())?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            Err(Diagnostic::at(&name, &text, at, "this byte is no UTF-8: save the file as UTF-8").of_whole_file())
        }
    }
}

fn theme_file(folder: Option<&Path>, name: &str) -> Option<PathBuf> {
    // A name is a name: it leads nowhere else.
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    plain.then(|| folder.map(|folder| folder.join("themes").join(format!("{name}.toml"))))?
}

/// Returns the configuration folder: `WHOSAID_CONFIG`, else the system's place for this program.
fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("WHOSAID_CONFIG").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(directories::ProjectDirs::from("", "", "whosaid")?.config_dir().to_owned()))
}

/// What the environment says of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// `TERM`.
    pub term: String,
    /// How many colours there are.
    pub depth: Depth,
    /// Whether the user wants no colours at all (`NO_COLOR`, no-color.org).
    pub no_colour: bool,
    /// Whether the background is light, where `COLORFGBG` says so.
    pub light: Option<bool>,
    /// Whether the background's colour may be asked for.
    pub may_ask: bool,
}

impl Screen {
    /// Reads the environment.
    pub fn read() -> Self {
        Self::from(&|name| std::env::var(name).ok())
    }

    fn from(var: &dyn Fn(&str) -> Option<String>) -> Self {
        let term = var("TERM").unwrap_or_default();
        let colours = var("COLORTERM").unwrap_or_default();
        let depth = if matches!(colours.as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
            Depth::True
        } else if term.contains("256") || !colours.is_empty() {
            Depth::Indexed
        } else if ["kitty", "alacritty", "foot", "wezterm", "ghostty"].iter().any(|name| term.contains(name)) {
            // Over ssh COLORTERM is lost, and these have every colour.
            Depth::True
        } else {
            Depth::Sixteen
        };
        // rxvt's "foreground;background" or "foreground;default;background", numbers of the 16 colours.
        let light = var("COLORFGBG")
            .and_then(|pair| pair.rsplit(';').next()?.parse().ok())
            .map(|background: u8| matches!(background, 7 | 9..=15));
        // The Linux console takes the question for text.
        let may_ask = !term.starts_with("linux") && !term.starts_with("vt");
        Self { depth, no_colour: var("NO_COLOR").is_some_and(|value| !value.is_empty()), light, may_ask, term }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_what_the_terminal_can_do() {
        let screen = |pairs: &[(&str, &str)]| {
            Screen::from(&|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(screen(&[("TERM", "xterm-256color")]).depth, Depth::Indexed);
        assert_eq!(screen(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]).depth, Depth::True);
        assert_eq!(screen(&[("TERM", "xterm")]).depth, Depth::Sixteen);
        assert_eq!(screen(&[("TERM", "xterm-kitty")]).depth, Depth::True);
        assert_eq!(screen(&[("COLORFGBG", "0;15")]).light, Some(true));
        assert_eq!(screen(&[("COLORFGBG", "15;default;0")]).light, Some(false));
        assert_eq!(screen(&[("COLORFGBG", "15;default")]).light, None);
        assert!(!screen(&[("TERM", "linux")]).may_ask);
        assert!(screen(&[("NO_COLOR", "1")]).no_colour && !screen(&[("NO_COLOR", "")]).no_colour);
    }

    #[test]
    fn a_theme_name_leads_nowhere_else() {
        let folder = Some(Path::new("/c"));
        assert_eq!(theme_file(folder, "my one"), Some(PathBuf::from("/c/themes/my one.toml")));
        for name in ["../dark", "a/b", "", "a.b"] {
            assert_eq!(theme_file(folder, name), None, "{name}");
        }
    }
}
