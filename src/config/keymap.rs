//! Which keys do what: a table a scope, from key sequences to the names of actions.

use super::key::Key;
use std::collections::BTreeMap;

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
