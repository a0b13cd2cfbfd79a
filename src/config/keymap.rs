//! Which keys do what: a table a scope, from key sequences to the names of actions.

use super::diagnostic::Diagnostic;
use super::document::{Document, Value, entries};
use super::key::{Key, parse_sequence, write_sequence};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeValue;

/// The keymap that is shipped. It lists every action, also those without a key.
const SHIPPED: &str = include_str!("../../assets/keymap.toml");

/// The bindings of every scope. Scopes and actions are names; the app says which exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    /// By scope, then by key sequence: the name of the action.
    pub scopes: BTreeMap<String, BTreeMap<Vec<Key>, String>>,
}

/// What a sequence of keys means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// The name of the action it is bound to.
    Action(&'a str),
    /// It begins longer sequences: the keys that may follow, with the action each leads to (or begins), sorted.
    Prefix(Vec<(Key, &'a str)>),
    /// Nothing.
    Unbound,
}

impl Keymap {
    /// Returns the keymap that is shipped.
    pub fn shipped() -> Self {
        Self::shipped_and_names().0
    }

    /// Returns the shipped keymap changed by a user's file, and the mistakes in it; each costs that key alone.
    ///
    /// An action that the file names loses its shipped keys in that scope and gets those of the file (`[]` takes all away).
    /// A shipped sequence that could no longer be reached, because the file binds its beginning, goes.
    pub fn with_user(file: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let (mut keymap, names) = Self::shipped_and_names();
        let (bindings, diagnostics) = parse(file, text, Some(&names));
        for binding in &bindings {
            if let Some(table) = keymap.scopes.get_mut(&binding.scope) {
                table.retain(|_, action| *action != binding.action);
            }
        }
        for Binding { scope, action, sequences } in bindings {
            let table = keymap.scopes.entry(scope).or_default();
            for sequence in sequences {
                // The file's own sequences never hide each other: `parse` sees to it.
                table.retain(|keys, _| !keys.starts_with(&sequence) && !sequence.starts_with(keys));
                table.insert(sequence, action.clone());
            }
        }
        (keymap, diagnostics)
    }

    /// Returns the names of the actions of every scope, with or without a key.
    pub fn names() -> BTreeMap<String, BTreeSet<String>> {
        Self::shipped_and_names().1
    }

    fn shipped_and_names() -> (Self, BTreeMap<String, BTreeSet<String>>) {
        let (mut keymap, mut names) = (Self::default(), BTreeMap::<_, BTreeSet<_>>::new());
        for Binding { scope, action, sequences } in parse("keymap.toml", SHIPPED, None).0 {
            let table = keymap.scopes.entry(scope.clone()).or_default();
            table.extend(sequences.into_iter().map(|sequence| (sequence, action.clone())));
            names.entry(scope).or_default().insert(action);
        }
        (keymap, names)
    }

    /// Looks `pressed` up in `scopes`, the first that knows it wins.
    pub fn lookup(&self, scopes: &[&str], pressed: &[Key]) -> Lookup<'_> {
        let tables: Vec<_> = scopes.iter().filter_map(|scope| self.scopes.get(*scope)).collect();
        if let Some(action) = tables.iter().find_map(|table| table.get(pressed)) {
            return Lookup::Action(action);
        }
        let mut next: BTreeMap<Key, &str> = BTreeMap::new();
        for (keys, action) in tables.iter().flat_map(|table| table.iter()) {
            if let Some(rest) = keys.strip_prefix(pressed)
                && let Some(&key) = rest.first()
            {
                next.entry(key).or_insert(action);
            }
        }
        if next.is_empty() { Lookup::Unbound } else { Lookup::Prefix(next.into_iter().collect()) }
    }

    /// Returns the sequences bound to `action` in `scope`, shortest first.
    pub fn keys_of(&self, scope: &str, action: &str) -> Vec<&[Key]> {
        let table = self.scopes.get(scope);
        let mut keys: Vec<&[Key]> = table
            .into_iter()
            .flatten()
            .filter(|(_, name)| name.as_str() == action)
            .map(|(keys, _)| keys.as_slice())
            .collect();
        keys.sort_by_key(|keys| keys.len());
        keys
    }
}

/// One line of a keymap file.
struct Binding {
    scope: String,
    action: String,
    sequences: Vec<Vec<Key>>,
}

/// Reads `[scope]` tables of `action = "keys"` or `action = ["keys", ...]`; `names` are the actions there are, where that is known.
fn parse(
    file: &str,
    text: &str,
    names: Option<&BTreeMap<String, BTreeSet<String>>>,
) -> (Vec<Binding>, Vec<Diagnostic>) {
    let (mut document, root) = Document::parse(file, text);
    let mut bindings = Vec::new();
    for scope in entries(&root) {
        if let Some(names) = names
            && !names.contains_key(scope.key)
        {
            document.unknown(scope.at, "scope", scope.key, names.keys().map(String::as_str));
            continue;
        }
        let mut taken: BTreeMap<Vec<Key>, &str> = BTreeMap::new();
        for entry in document.table(scope.value, &format!("the scope {:?}", scope.key)) {
            if let Some(actions) = names.and_then(|names| names.get(scope.key))
                && !actions.contains(entry.key)
            {
                let elsewhere = names.into_iter().flatten().find(|(_, actions)| actions.contains(entry.key));
                match elsewhere {
                    Some((other, _)) => document.say(
                        entry.at,
                        format!("the action {:?} belongs to [{other}], not to [{}]", entry.key, scope.key),
                    ),
                    None => document.unknown(entry.at, "action", entry.key, actions.iter().map(String::as_str)),
                }
                continue;
            }
            let mut sequences = Vec::new();
            for value in one_or_more(entry.value) {
                let Some(keys) = sequence(&mut document, value, text, entry.key) else { continue };
                let clash = taken.iter().find(|(other, _)| other.starts_with(&keys) || keys.starts_with(other));
                if let Some((other, action)) = clash {
                    let (is, other) = (write_sequence(&keys), write_sequence(other));
                    document.say(
                        value.span().start,
                        if is == other {
                            format!("{is:?} is already bound to {action:?} in this scope")
                        } else {
                            format!(
                                "{is:?} and {other:?} ({action}) begin alike, and only the shorter could be reached"
                            )
                        },
                    );
                    continue;
                }
                taken.insert(keys.clone(), entry.key);
                sequences.push(keys);
            }
            bindings.push(Binding { scope: scope.key.to_owned(), action: entry.key.to_owned(), sequences });
        }
    }
    (bindings, document.finish())
}

fn one_or_more<'v, 'a>(value: &'v Value<'a>) -> Vec<&'v Value<'a>> {
    match value.get_ref() {
        DeValue::Array(values) => values.iter().collect(),
        _ => vec![value],
    }
}

fn sequence(document: &mut Document<'_>, value: &Value<'_>, text: &str, action: &str) -> Option<Vec<Key>> {
    let written = document.string(value, &format!("the action {action:?}"))?;
    match parse_sequence(written) {
        Ok(keys) => Some(keys),
        Err(error) => {
            // One quotation mark stands before the text; only where it holds escapes is the column a little off.
            let start = value.span().start;
            let quotes = text[start..].chars().take_while(|&c| c == '"' || c == '\'').count().min(1);
            document.say(start + quotes + error.at, error.reason);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        parse_sequence(text).unwrap()
    }

    fn shown(file: &str) -> Vec<String> {
        Keymap::with_user("k.toml", file).1.iter().map(ToString::to_string).collect()
    }

    /// Some scope and two of its actions that have keys, so that the tests do not depend on what the shipped file says.
    fn sample() -> (String, [(String, Vec<Key>); 2]) {
        let keymap = Keymap::shipped();
        let (scope, table) = keymap.scopes.iter().max_by_key(|(_, table)| table.len()).unwrap();
        let mut seen = BTreeSet::new();
        let mut pairs = table.iter().filter(|(_, action)| seen.insert((*action).clone()));
        let mut next = || pairs.next().map(|(keys, action)| (action.clone(), keys.clone())).unwrap();
        (scope.clone(), [next(), next()])
    }

    #[test]
    fn the_shipped_keymap_has_no_mistake() {
        assert_eq!(parse("keymap.toml", SHIPPED, None).1, []);
        assert!(Keymap::shipped().scopes.values().map(BTreeMap::len).sum::<usize>() > 40);
    }

    #[test]
    fn a_users_file_rebinds_unbinds_and_takes_keys_over() {
        let (scope, [(first, old), (second, stolen)]) = sample();
        let stolen = write_sequence(&stolen);
        let (keymap, diagnostics) = Keymap::with_user("k", &format!("[{scope}]\n{first} = [\"<f9>\", {stolen:?}]\n"));
        assert_eq!(diagnostics, []);
        assert_eq!(keymap.lookup(&[&scope], &keys("<f9>")), Lookup::Action(&first));
        assert_eq!(keymap.lookup(&[&scope], &keys(&stolen)), Lookup::Action(&first), "taken from {second}");
        assert_ne!(keymap.lookup(&[&scope], &old), Lookup::Action(&first), "the shipped key is gone");
        let (keymap, _) = Keymap::with_user("k", &format!("[{scope}]\n{first} = []"));
        assert!(keymap.keys_of(&scope, &first).is_empty());
    }

    #[test]
    fn a_bound_beginning_hides_nothing_silently() {
        let (scope, [(first, _), (second, _)]) = sample();
        let (keymap, _) = Keymap::with_user("k", &format!("[{scope}]\n{first} = \"g\""));
        assert_eq!(keymap.lookup(&[&scope], &keys("g")), Lookup::Action(&first));
        assert!(!keymap.scopes[&scope].keys().any(|keys| keys.len() > 1 && keys[0] == Key::char('g')));
        let said = shown(&format!("[{scope}]\n{first} = \"<f9> a\"\n{second} = [\"<f9>\", \"<f9> a\", \"<f9> b\"]"));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("k.toml:3:") && said[0].contains("begin alike"), "{said:?}");
        assert!(said[1].contains("already bound"), "{said:?}");
    }

    #[test]
    fn each_mistake_is_named_with_its_place_and_costs_that_key_alone() {
        let (scope, [(first, _), (second, _)]) = sample();
        let wrong = format!("{first}x");
        let text = format!(
            "[{scope}]\n{wrong} = \"a\"\n{first} = [\"<f9>\", \"g ctrl-spcae\", 7]\n{second} = \"<f10>\"\n[nowhere]\na = \"b\"\n"
        );
        let (keymap, diagnostics) = Keymap::with_user("k.toml", &text);
        let said: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert_eq!(said[0], format!("k.toml:2:1: there is no action {wrong:?}; did you mean {first:?}?"));
        let column = text.lines().nth(2).unwrap().find("spcae").unwrap() + 1;
        assert_eq!(said[1], format!("k.toml:3:{column}: \"spcae\" is no key; did you mean \"space\"?"));
        assert!(said[2].contains("wants a text"), "{said:?}");
        assert!(said[3].starts_with("k.toml:5:2: there is no scope"), "{said:?}");
        assert_eq!(keymap.lookup(&[&scope], &keys("<f9>")), Lookup::Action(&first));
        assert_eq!(keymap.lookup(&[&scope], &keys("<f10>")), Lookup::Action(&second));
    }

    #[test]
    fn what_is_no_toml_is_named_and_the_rest_is_read() {
        let (scope, [(first, _), _]) = sample();
        let (keymap, diagnostics) = Keymap::with_user("k.toml", &format!("= broken\n[{scope}]\n{first} = \"<f9>\"\n"));
        assert!(diagnostics[0].to_string().starts_with("k.toml:1:"), "{diagnostics:?}");
        assert_eq!(keymap.lookup(&[&scope], &keys("<f9>")), Lookup::Action(&first));
    }
}
