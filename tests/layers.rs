//! The floors of the house: which module may name which, read from the sources themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// From the ground up. A module may name only what stands on a lower floor than itself.
const FLOORS: &[&[&str]] = &[
    &["text", "config", "source"],
    &["engine"],
    &["annotation"],
    &["app", "store", "export"],
    &["ui"],
    &["runtime"],
    &["cli"],
];

/// Floors that know no terminal, file, clock, chance or environment.
const PURE: &[&str] = &["text", "engine", "annotation"];

/// What they must not name, as paths.
const WORLD: &[&str] = &[
    "ratatui",
    "crossterm",
    "rustix",
    "signal_hook",
    "tempfile",
    "directories",
    "std::fs",
    "std::env",
    "std::time",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "jiff::Zoned::now",
    "Timestamp::now",
    "Zoned::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
];

/// What only `runtime` may name: what reads a terminal and takes signals.
const TERMINAL: &[&str] = &["crossterm", "signal_hook", "rustix::termios", "rustix::event", "rustix::process"];

#[test]
fn no_module_names_what_stands_above_or_beside_it() {
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        let Some(own) = floor(&module) else { continue };
        for path in paths(&code) {
            let mut parts = path.split("::");
            if parts.next() != Some("crate") {
                continue;
            }
            let named = parts.next().unwrap_or_default();
            if named != module && floor(named).is_none_or(|other| other >= own) {
                wrong.push(format!("{}: {module} must not name {path}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pure_floors_know_nothing_of_the_world() {
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        let forbidden: &[&str] = if PURE.contains(&module.as_str()) {
            WORLD
        } else if ["runtime", "cli"].contains(&module.as_str()) {
            &[]
        } else {
            TERMINAL
        };
        for path in paths(&code) {
            let names = |world: &&&str| path == **world || path.starts_with(&format!("{world}::"));
            if let Some(world) = forbidden.iter().find(names) {
                wrong.push(format!("{}: {module} must not name {world}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_files_of_a_folder_import_each_other() {
    let mut imports: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    let all: BTreeSet<PathBuf> = sources().into_iter().map(|(file, ..)| file).collect();
    for (file, _, code) in sources() {
        if file.file_name().is_some_and(|name| name == "mod.rs") {
            continue;
        }
        for path in paths(&code) {
            let Some(rest) = path.strip_prefix("super::") else { continue };
            let folder = file.parent().unwrap_or(Path::new(""));
            let name = rest.split("::").next().unwrap_or_default();
            let target = folder.join(format!("{name}.rs"));
            if all.contains(&target) {
                imports.entry(file.clone()).or_default().insert(target);
            }
        }
    }
    let both: Vec<String> = imports
        .iter()
        .flat_map(|(file, targets)| targets.iter().map(move |target| (file, target)))
        .filter(|(file, target)| file < target && imports.get(*target).is_some_and(|back| back.contains(*file)))
        .map(|(file, target)| format!("{} and {} import each other", file.display(), target.display()))
        .collect();
    assert!(both.is_empty(), "{}", both.join("\n"));
}

#[test]
fn the_reading_of_paths_can_fail() {
    let code = strip(
        "use crate::{ui::draw, text as t}; // crate::cli\nlet a = \"crate::cli\"; std::fs::read(x); 'a: loop {} '\"';",
    );
    let mut found = paths(&code);
    found.sort();
    found.retain(|path| path.contains("::"));
    assert_eq!(found, ["crate::text", "crate::ui::draw", "std::fs::read"]);
    let code = strip("#[cfg(test)]\nmod tests { use std::fs; }\nuse std::{io::{self, Read}, env};");
    let mut found = paths(&code);
    found.retain(|path| path.starts_with("std"));
    assert_eq!(found, ["std::io", "std::io::Read", "std::env"]);
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Every source file with its module on the top level and its code without comments, strings and tests.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("an entry of src").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let below = path.strip_prefix(&root).expect("it is below src");
                let first = below.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
                if floor(&first).is_some() && path.file_stem().is_some_and(|stem| stem != "tests") {
                    let code = strip(&std::fs::read_to_string(&path).expect("a source is UTF-8"));
                    found.push((path, first, code));
                }
            }
        }
    }
    assert!(found.len() > 40, "only {} sources", found.len());
    found.sort();
    found
}

/// Blanks out comments, strings and `#[cfg(test)]` modules.
fn strip(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    let here = |at: usize, text: &str| text.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c));
    while at < chars.len() {
        let before = at;
        if here(at, "//") {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if here(at, "/*") {
            while at < chars.len() && !here(at, "*/") {
                at += 1;
            }
            at = (at + 2).min(chars.len());
        } else if let Some(hashes) = raw_string(&chars, at) {
            let end = format!("\"{}", "#".repeat(hashes));
            at += hashes + 2;
            while at < chars.len() && !here(at, &end) {
                at += 1;
            }
            at = (at + end.len()).min(chars.len());
        } else if chars[at] == '"' {
            at += 1;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if chars[at] == '\'' && (here(at + 2, "'") || here(at + 1, "\\")) {
            at += 2;
            while at < chars.len() && chars[at] != '\'' {
                at += 1;
            }
            at += 1;
        }
        if at == before {
            out.push(chars[at]);
            at += 1;
        } else {
            out.push(' ');
        }
    }
    without_tests(&out)
}

fn raw_string(chars: &[char], at: usize) -> Option<usize> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if chars[at] != 'r' || (at > 0 && word(chars[at - 1]) && chars[at - 1] != 'b') {
        return None;
    }
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn without_tests(code: &str) -> String {
    let (mut out, mut rest) = (String::new(), code);
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        rest = &rest[at + "#[cfg(test)]".len()..];
        // The item that follows: up to its `;`, or over its braces.
        let mut depth = 0;
        let end = rest.char_indices().find(|&(_, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0 && (c == ';' || c == '}')
        });
        rest = end.map_or("", |(at, _)| &rest[at + 1..]);
    }
    out + rest
}

/// Every path that the code names, with the groups of `use` spelled out.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(|c: char| c.is_alphabetic() || c == '_') {
        let (path, behind) = path_at(&rest[at..]);
        if let Some(group) = behind.strip_prefix("::{") {
            let length = spell_out(&path, group, &mut found);
            rest = &group[length..];
        } else {
            found.push(path);
            rest = behind;
        }
    }
    found
}

/// Reads `a::b::c` and returns it with what is behind.
fn path_at(text: &str) -> (String, &str) {
    let mut end = 0;
    loop {
        let word = text[end..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(text.len(), |n| end + n);
        end = word;
        let joined = text[end..]
            .strip_prefix("::")
            .is_some_and(|next| next.starts_with(|c: char| c.is_alphabetic() || c == '_'));
        if !joined {
            return (text[..end].to_owned(), &text[end..]);
        }
        end += 2;
    }
}

/// Spells a group out that follows `prefix::{`; returns its length with the closing brace.
fn spell_out(prefix: &str, group: &str, found: &mut Vec<String>) -> usize {
    let mut at = 0;
    while at < group.len() {
        let c = group[at..].chars().next().expect("there is more");
        if c == '}' {
            return at + 1;
        }
        if c.is_alphabetic() || c == '_' {
            let (path, behind) = path_at(&group[at..]);
            at = group.len() - behind.len();
            let whole = if path == "self" { prefix.to_owned() } else { format!("{prefix}::{path}") };
            if let Some(inner) = behind.strip_prefix("::{") {
                at += 3 + spell_out(&whole, inner, found);
            } else {
                found.push(whole);
                // What it is called here is no path.
                let renamed = group[at..].trim_start();
                if let Some(alias) = renamed.strip_prefix("as ") {
                    at = group.len() - path_at(alias.trim_start()).1.len();
                }
            }
        } else {
            at += c.len_utf8();
        }
    }
    at
}
