//! What is noted on the store as a whole: its memo, and the steps of its codebook, in a TOML file of their own.

use super::NoteId;
use super::codebook::{Retag, Step};
use crate::config::Diagnostic;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

const HEAD: &str = "\
# What belongs to all articles of this store: a memo, and the last changes of the codebook, so that they can be undone.
";

/// How many steps of the codebook are kept. Each keeps the text of the codebook.
const MOST: usize = 60;

/// The project.
#[derive(Debug, Clone, Default)]
pub struct Project {
    memo: Option<String>,
    /// The steps of the codebook that were made, oldest first.
    pub done: Vec<Step>,
    /// Those that were taken back, the one to make again first last.
    pub undone: Vec<Step>,
    document: DocumentMut,
}

impl Project {
    /// Reads the file. What cannot be read is named with its place.
    pub fn parse(text: &str, file: &str) -> (Self, Vec<Diagnostic>) {
        let document = match text.parse::<DocumentMut>() {
            Ok(document) => document,
            Err(error) => {
                let at = error.span().map_or(0, |at| at.start);
                let found = Diagnostic::at(file, text, at, error.message().replace('\n', ", ")).of_whole_file();
                return (Self::default(), vec![found]);
            }
        };
        let mut found = Vec::new();
        let memo = document.get("memo").and_then(|item| {
            let memo = item.as_str().map(str::to_owned);
            if memo.is_none() {
                let at = text.find("memo").unwrap_or(0);
                found.push(Diagnostic::at(file, text, at, "memo must be a string"));
            }
            memo
        });
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for table in document.get("step").and_then(Item::as_array_of_tables).into_iter().flatten() {
            let list = if table.get("undone").and_then(Item::as_bool) == Some(true) { &mut undone } else { &mut done };
            match step(table) {
                Some(step) => list.push(step),
                // Older steps cannot be reached past one that cannot be read.
                None => list.clear(),
            }
        }
        (Self { memo: memo.filter(|memo| !memo.trim().is_empty()), done, undone, document }, found)
    }

    /// Returns the memo.
    pub fn memo(&self) -> Option<&str> {
        self.memo.as_deref()
    }

    /// Writes the memo; an empty one takes it away.
    pub fn set_memo(&mut self, memo: &str) {
        self.memo = Some(memo.trim().to_owned()).filter(|memo| !memo.is_empty());
        self.head();
        match &self.memo {
            Some(memo) => drop(self.document.insert("memo", toml_edit::value(memo))),
            None => drop(self.document.remove("memo")),
        }
    }

    /// Remembers a step that was made; what was taken back before can no longer be made again.
    pub fn push(&mut self, step: Step) {
        self.undone.clear();
        self.done.push(step);
    }

    /// Returns the text of the file.
    pub fn text(&mut self) -> String {
        let skip = self.done.len().saturating_sub(MOST);
        let steps = self.done.iter().skip(skip).map(|step| table(step, false));
        let steps: ArrayOfTables = steps.chain(self.undone.iter().map(|step| table(step, true))).collect();
        self.document.remove("step");
        if !steps.is_empty() {
            self.head();
            self.document.insert("step", Item::ArrayOfTables(steps));
        }
        self.document.to_string()
    }

    fn head(&mut self) {
        if self.document.as_table().is_empty() {
            self.document.insert("version", toml_edit::value(1));
            if let Some(mut key) = self.document.key_mut("version") {
                key.leaf_decor_mut().set_prefix(HEAD);
            }
        }
    }
}

fn table(step: &Step, undone: bool) -> Table {
    let mut out = Table::new();
    out.insert("name", toml_edit::value(&step.name));
    out.insert("at", toml_edit::value(step.at.to_string()));
    if undone {
        out.insert("undone", toml_edit::value(true));
    }
    let retags = step.retags.iter().map(|retag| {
        let mut table = InlineTable::new();
        table.insert("from", retag.from.as_str().into());
        if let Some(to) = &retag.to {
            table.insert("to", to.as_str().into());
        }
        if let Some(only) = &retag.only {
            table.insert("only", Value::Array(only.iter().map(NoteId::to_string).collect()));
        }
        Value::from(table)
    });
    out.insert("notes", toml_edit::value(retags.collect::<Array>()));
    out.insert("codebook", toml_edit::value(&step.text));
    if let Some(memo) = &step.memo {
        out.insert("memo", toml_edit::value(memo));
    }
    out
}

fn step(table: &Table) -> Option<Step> {
    let string = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let name = string("name")?;
    let mut retags = Vec::new();
    for value in table.get("notes")?.as_array()? {
        let fields = value.as_inline_table()?;
        let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        let only = match fields.get("only") {
            Some(list) => Some(list.as_array()?.iter().map(|id| id.as_str()?.parse().ok()).collect::<Option<_>>()?),
            None => None,
        };
        retags.push(Retag { name: name.clone(), from: text("from")?, to: text("to"), only });
    }
    Some(Step { at: string("at")?.parse().ok()?, retags, text: string("codebook")?, memo: string("memo"), name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memo_and_steps_come_back_and_what_a_person_wrote_stays() {
        let mut project = Project::default();
        assert_eq!(project.text(), "");
        project.set_memo(" Why we read these.\nAll of them. ");
        let only = Some([NoteId::from_u128(7)].into());
        let retag = Retag { name: "split".into(), from: "a".into(), to: Some("b".into()), only };
        let step = Step {
            name: "split".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
            retags: vec![retag],
            text: "x\n\"".into(),
            memo: None,
        };
        project.push(step.clone());
        project.undone.push(Step { name: "other".into(), retags: Vec::new(), memo: Some("old\n".into()), ..step });
        let text = project.text().replace("memo =", "# mine\nmemo =").replace("version = 1", "version = 1\nour = 3");
        let (mut again, found) = Project::parse(&text, "p.toml");
        assert!(found.is_empty());
        assert_eq!((again.memo(), &again.done), (Some("Why we read these.\nAll of them."), &project.done));
        assert_eq!(again.undone, project.undone);
        again.set_memo("");
        let text = again.text();
        assert!(text.contains("our = 3") && !text.contains("Why we read") && text.contains("[[step]]"), "{text}");
        assert!(Project::parse("memo = 3", "p.toml").1[0].to_string().starts_with("p.toml:1:1: memo must"));
    }
}
