//! The one table of everything the reader can do: help, hints, the `:` finder and the keymap's test are made from it.

/// Where a key means something. The names are the tables of a keymap file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everywhere but where you type.
    Global,
    /// In Raw and Clean.
    Text,
    /// In Speakers.
    Speakers,
    /// In Timeline.
    Timeline,
    /// While selecting text.
    Visual,
    /// While moving the edges of a quotation.
    Edges,
    /// In the comparison of two coders.
    Compare,
    /// In the list of articles.
    Library,
    /// In a list to choose from.
    Picker,
    /// In a line to type.
    Input,
    /// In the memo editor.
    Memo,
    /// In a window that is only read.
    Pager,
    /// In the codebook.
    Codebook,
    /// In the list of what was found.
    Found,
    /// Where a letter is asked for.
    Letter,
    /// In the list of places that are about to be tagged.
    Preview,
}

impl Scope {
    /// Every scope, in the order of the help.
    pub const ALL: [Self; 16] = [
        Self::Global,
        Self::Text,
        Self::Speakers,
        Self::Timeline,
        Self::Visual,
        Self::Edges,
        Self::Compare,
        Self::Library,
        Self::Picker,
        Self::Input,
        Self::Memo,
        Self::Pager,
        Self::Codebook,
        Self::Found,
        Self::Letter,
        Self::Preview,
    ];

    /// Returns the name of its table in a keymap file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Text => "text",
            Self::Speakers => "speakers",
            Self::Timeline => "timeline",
            Self::Visual => "visual",
            Self::Edges => "edges",
            Self::Compare => "compare",
            Self::Library => "library",
            Self::Picker => "picker",
            Self::Input => "input",
            Self::Memo => "memo",
            Self::Pager => "pager",
            Self::Codebook => "codebook",
            Self::Found => "found",
            Self::Letter => "letter",
            Self::Preview => "preview",
        }
    }

    /// Returns its heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Text => "In Raw and Clean",
            Self::Speakers => "In Speakers",
            Self::Timeline => "In Timeline",
            Self::Visual => "Selecting text",
            Self::Edges => "Moving edges",
            Self::Compare => "In the comparison of two coders",
            Self::Library => "In the list of articles",
            Self::Picker => "In a list",
            Self::Input => "In a line to type",
            Self::Memo => "In a memo",
            Self::Pager => "In a window",
            Self::Codebook => "In the codebook",
            Self::Found => "In the list of what was found",
            Self::Letter => "Where a letter is asked for",
            Self::Preview => "In a list of places to tag",
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its name in a keymap file.
    pub name: &'static str,
    /// Where it can be bound.
    pub scopes: &'static [Scope],
    /// The word or two of a hint.
    pub short: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
}

macro_rules! actions {
    ($($variant:ident $name:literal [$($scope:ident)+] $short:literal, $about:literal;)+) => {
        /// Something the reader can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $(#[doc = $about] $variant,)+
        }

        /// Every action, in the order of the help.
        pub const ACTIONS: &[ActionInfo] = &[
            $(ActionInfo {
                action: Action::$variant,
                name: $name,
                scopes: &[$(Scope::$scope),+],
                short: $short,
                about: $about,
            },)+
        ];
    };
}

actions! {
    Accept "accept" [Global] "accept", "Accept the quotation and go to the next open one";
    Reject "reject" [Global] "reject", "Reject it: this is no quotation";
    Reopen "reopen" [Global] "reopen", "Take the decision back: the quotation is open again";
    Speaker "speaker" [Global] "speaker", "Choose who said it, or type a new name";
    Tag "tag" [Global Codebook] "tag", "Give it a tag, or take one off";
    TagByKey "tag_by_key" [Global] "tag by key", "Give it the tag of the key that follows, or take it off";
    RepeatTag "repeat_tag" [Global] "same tag", "Give it the tag that was given last";
    TagEvery "tag_every" [Global Visual] "tag every", "Tag every place where a phrase stands, looked through first";
    TagStretch "tag_stretch" [Visual] "tag", "Tag the selected text, whether it is a quotation or not";
    Memo "memo" [Global Codebook] "memo", "Write a memo on it";
    Date "date" [Global] "date", "Say when it was said";
    Edges "edges" [Global] "edges", "Move where it begins or ends";
    Remove "remove" [Global Codebook] "remove", "Take off what is pointed at; else remove or reject it";
    Addressee "addressee" [Global] "to whom", "Say to whom it was said";
    Topic "topic" [Global] "about what", "Say about what it was said";
    NextRole "next_role" [Text] "role", "From the words to the cue, the source, to whom, about what";
    PreviousRole "previous_role" [Text] "role back", "To the part before";
    CycleQuote "cycle_quote" [Text] "nested", "To the next quotation at this place: nested or overlapping";
    NextPassage "next_passage" [Text] "passage", "To the next tagged passage";
    Why "why" [Global] "why", "Show why the program thinks so: rule, evidence, date";
    Copy "copy" [Global Visual] "copy", "Copy the quotation with its citation, or the selected text";
    Select "select" [Global Visual] "select", "Select text for a new quotation; again to drop the start at the cursor";
    Undo "undo" [Global Codebook Compare] "undo", "Undo the last step, also where it was made in another article";
    Redo "redo" [Global Codebook Compare] "redo", "Redo the step undone last";
    History "history" [Global] "history", "List the steps made in this article, and go back or forward to any";
    Compare "compare" [Global] "compare", "Compare with another coder, disagreement by disagreement";
    NextDisagreement "next_disagreement" [Compare] "next", "The next disagreement";
    PreviousDisagreement "previous_disagreement" [Compare] "previous", "The disagreement before";
    AdoptTheirs "adopt_theirs" [Compare] "take theirs", "Take over what the other coder says, into your notes";
    AdoptMine "adopt_mine" [Compare] "give mine", "Write what you say into the other coder's notes";
    NextQuote "next_quote" [Global Text] "next", "Next quotation";
    PreviousQuote "previous_quote" [Global Text] "previous", "Previous quotation";
    NextOpen "next_open" [Global] "next open", "Next quotation that is not decided";
    LeastSure "least_sure" [Global] "least sure", "The open quotation the program is least sure of";
    OnlyOpen "only_open" [Global] "undecided", "Review only what is not decided, or all again";
    OnlySpeaker "only_speaker" [Global] "this speaker", "Review only this speaker's quotations, or all again";
    LeastSureFirst "least_sure_first" [Global] "doubts first", "Review the least sure first, or in the text's order again";
    EveryQuote "every_quote" [Global] "review all", "Review every quotation in the order of the text again";
    Down "down" [Global Visual Picker Pager Codebook Found Preview] "down", "Down: the next row";
    Up "up" [Global Visual Picker Pager Codebook Found Preview] "up", "Up: the row before";
    Left "left" [Timeline Visual Edges] "earlier", "Left: what was said before, the character before";
    Right "right" [Timeline Visual Edges] "later", "Right: what was said next, the next character";
    WordRight "word_right" [Visual Edges] "word", "To the next word";
    WordLeft "word_left" [Visual Edges] "word back", "To the word before";
    SentenceRight "sentence_right" [Text Visual Edges] "sentence", "To the next sentence";
    SentenceLeft "sentence_left" [Text Visual Edges] "sentence back", "To the sentence before";
    TakeWord "take_word" [Visual] "take word", "Select the word at the cursor";
    TakeSentence "take_sentence" [Visual] "take sentence", "Select the sentence at the cursor";
    TakeParagraph "take_paragraph" [Visual] "take paragraph", "Select the paragraph at the cursor";
    TakeQuote "take_quote" [Visual] "take quotation", "Select the quotation at the cursor; again the one around";
    TakeMarks "take_marks" [Visual Edges] "marks", "Take the quotation marks around the cursor";
    OtherEnd "other_end" [Visual Edges] "other end", "Go to the other end";
    MakeQuote "make_quote" [Visual] "new quote", "Make the selected text a quotation";
    AddPart "add_part" [Visual] "add part", "Make the selected text a part of the selected quotation";
    MakeCue "make_cue" [Visual] "cue", "Make the selected text the cue of the selected quotation";
    MakeSource "make_source" [Visual] "source", "Make it the source: who says so, as written";
    MakeAddressee "make_addressee" [Visual] "to whom", "Make it whom the quotation was said to";
    MakeTopic "make_topic" [Visual] "about what", "Make it what the quotation is about";
    DropPart "drop_part" [Edges] "drop part", "Take this part off the quotation";
    Keep "keep" [Edges] "keep", "Keep the edges as they are now";
    ScrollDown "scroll_down" [Global] "row down", "Scroll the text a row down";
    ScrollUp "scroll_up" [Global] "row up", "Scroll the text a row up";
    PageDown "page_down" [Global Picker Pager Codebook Found Preview] "page down", "A page down";
    PageUp "page_up" [Global Picker Pager Codebook Found Preview] "page up", "A page up";
    HalfPageDown "half_page_down" [Global Pager] "half down", "Half a page down";
    HalfPageUp "half_page_up" [Global Pager] "half up", "Half a page up";
    First "first" [Global Visual Pager Codebook Found Preview Compare] "first", "To the beginning";
    Last "last" [Global Visual Pager Codebook Found Preview Compare] "last", "To the end";
    Search "search" [Global Visual] "search", "Search in the text";
    NextMatch "next_match" [Global Visual] "next match", "Next place that was found";
    PreviousMatch "previous_match" [Global Visual] "previous match", "Previous place that was found";
    SearchThis "search_this" [Global Visual] "search this", "Search for the selected words, or for the speaker's name";
    FindHere "find_here" [Global] "find here", "List what is found in this article: text, quotations, tags, speakers, memos";
    FindAll "find_all" [Global] "find in all", "List what is found in all articles and their notes";
    FoundList "found_list" [Global] "found", "List again what was found";
    GoHit "go_hit" [Found] "go there", "Go to the place";
    OtherKind "other_kind" [Input Found] "other kind", "Search for words, a regex or fuzzily; list one kind of place only";
    SetMark "set_mark" [Global] "mark", "Mark this place with the letter that follows";
    GoMark "go_mark" [Global] "to mark", "Go to the mark of the letter that follows";
    MarkList "mark_list" [Global] "marks", "List the marks";
    JumpBack "jump_back" [Global] "back", "Back to where you were before the last jump";
    JumpForward "jump_forward" [Global] "forward", "Forward again in the jump list";
    Open "open" [Speakers] "open", "Open the speaker: show where it is named";
    Close "close" [Speakers Pager Codebook Found Compare] "close", "Close what is open";
    Rename "rename" [Speakers Codebook] "rename", "Give the speaker, or the tag, another name everywhere";
    Merge "merge" [Speakers Codebook] "merge", "Make the speaker, or the tag, one with another";
    Alias "alias" [Speakers] "add name", "Add a name by which the speaker goes";
    Split "split" [Speakers Codebook] "split", "Give a part of the speaker, or of the tag, to another";
    NotAPerson "not_a_person" [Speakers] "nobody", "Mark the speaker as nobody who speaks";
    ZoomIn "zoom_in" [Timeline] "nearer", "Stretch the days about the selected quotation";
    ZoomOut "zoom_out" [Timeline] "farther", "Show more days again";
    ZoomAll "zoom_all" [Timeline] "all days", "Show all days";
    PanLeft "pan_left" [Timeline] "earlier days", "Show the days before those in sight";
    PanRight "pan_right" [Timeline] "later days", "Show the days after those in sight";
    Order "order" [Timeline] "order", "List by when it was said, or as it stands in the text";
    NextPane "next_pane" [Global] "next pane", "Next pane";
    PreviousPane "previous_pane" [Global] "previous pane", "Previous pane";
    PaneRaw "pane_raw" [Global] "Raw", "To Raw: the text as it came";
    PaneClean "pane_clean" [Global] "Clean", "To Clean: the text repaired";
    PaneSpeakers "pane_speakers" [Global] "Speakers", "To Speakers: who is quoted";
    PaneTimeline "pane_timeline" [Global] "Timeline", "To Timeline: when it was said";
    Zoom "zoom" [Global] "zoom", "Give the pane the whole screen, or give it back";
    Library "library" [Global] "articles", "List the articles";
    NextArticle "next_article" [Global] "next article", "Next article";
    PreviousArticle "previous_article" [Global] "previous article", "Previous article";
    NextUnfinished "next_unfinished" [Global] "next to do", "Next article that is not done";
    PreviousUnfinished "previous_unfinished" [Global] "last to do", "The article before that is not done";
    SortList "sort_list" [Library] "sort", "Sort by another thing: order, name, status, progress, date, least sure";
    HideDone "hide_done" [Library] "hide done", "Leave out the articles that are done, or show them again";
    Done "done" [Global] "done", "Mark the article as done, or no longer";
    Flag "flag" [Global] "flag", "Flag the article, or take the flag off";
    ArticleMemo "article_memo" [Global] "article memo", "Write a memo on the article";
    SpeakerMemo "speaker_memo" [Global] "speaker memo", "Write a memo on the speaker";
    ProjectMemo "project_memo" [Global] "project memo", "Write a memo on the project: all articles of the store";
    MemoList "memo_list" [Global] "memos", "List all memos";
    ArticleDate "article_date" [Global] "article date", "Say of which day the article is";
    Ledger "ledger" [Global] "repairs", "Repairs and suspect places: look at each, or leave a class as it was";
    LeaveRepair "leave_repair" [Text] "leave", "Leave the repair that is pointed at as it was";
    Codebook "codebook" [Global] "codebook", "Open the codebook: the tree of tags";
    AddTag "add_tag" [Codebook] "add", "Add a tag beside the chosen one";
    AddBelow "add_below" [Codebook] "add below", "Add a tag below the chosen one";
    Recolour "recolour" [Codebook] "colour", "Give the tag another colour";
    KeyOfTag "key_of_tag" [Codebook] "key", "Give the tag the key that follows";
    Describe "describe" [Codebook] "describe", "Describe when to give the tag, and when not";
    MoveTag "move_tag" [Codebook] "move under", "Put the tag under another";
    TagRoles "tag_roles" [Codebook] "roles", "Say on which parts of an attribution the tag may stand";
    ImportTags "import_tags" [Codebook] "import", "Take over the tags of a .qdc or .csv file";
    Export "export" [Global Codebook] "export", "Export the annotations, or the codebook";
    Help "help" [Global Visual Edges Compare] "keys", "Show the keys of where you are";
    Actions "actions" [Global] "find action", "Find any action by its name";
    Tour "tour" [Global] "tour", "Begin the tour of ten keys, or leave it";
    Mouse "mouse" [Global] "mouse", "Take the mouse, or leave it to the terminal";
    Redraw "redraw" [Global] "redraw", "Draw the screen anew";
    Suspend "suspend" [Global] "suspend", "Stop until the shell continues the program";
    Toggle "toggle" [Preview] "on or off", "Switch the place on or off";
    ToggleAll "toggle_all" [Preview] "all or none", "Switch all places off, or on";
    Confirm "confirm" [Picker Input Preview] "take", "Take what is chosen or typed";
    Cancel "cancel" [Visual Edges Picker Input Memo Letter Preview] "cancel", "Leave without changing anything";
    KeepMemo "keep_memo" [Memo] "keep", "Keep the memo";
    Quit "quit" [Global] "quit", "Leave the program";
}

impl Action {
    /// Tells whether it needs the article that was asked for: typed before that is there, it waits. It would fall on the
    /// article that is still shown, or on nothing.
    pub fn needs_article(self) -> bool {
        matches!(
            self,
            Self::Accept
                | Self::Reject
                | Self::Reopen
                | Self::Remove
                | Self::Speaker
                | Self::Tag
                | Self::TagByKey
                | Self::RepeatTag
                | Self::TagEvery
                | Self::Memo
                | Self::Date
                | Self::Edges
                | Self::Addressee
                | Self::Topic
                | Self::Select
                | Self::NextQuote
                | Self::PreviousQuote
                | Self::NextOpen
                | Self::LeastSure
                | Self::Rename
                | Self::Merge
                | Self::Alias
                | Self::Split
                | Self::NotAPerson
                | Self::SetMark
                | Self::Compare
                | Self::Done
                | Self::Flag
                | Self::ArticleMemo
                | Self::SpeakerMemo
                | Self::ArticleDate
        )
    }

    /// Returns its row of the table.
    pub fn info(self) -> &'static ActionInfo {
        // The table and the enum are made from one list, so the row is always there.
        ACTIONS.iter().find(|info| info.action == self).unwrap_or(&ACTIONS[0])
    }

    /// Returns the action of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        ACTIONS.iter().find(|info| info.name == name).map(|info| info.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Code, Keymap};
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn the_keymap_names_every_action_in_its_scopes_and_no_other() {
        let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for info in ACTIONS {
            for scope in info.scopes {
                expected.entry(scope.name().to_owned()).or_default().insert(info.name.to_owned());
            }
        }
        let named = Keymap::names();
        for (scope, actions) in &expected {
            assert_eq!(named.get(scope), Some(actions), "scope {scope}");
        }
        assert_eq!(named.len(), expected.len());
    }

    #[test]
    fn where_one_types_no_character_is_a_key() {
        let keymap = Keymap::shipped();
        for scope in [Scope::Picker, Scope::Input, Scope::Memo] {
            for (keys, action) in &keymap.scopes[scope.name()] {
                let typed = matches!(keys[0], crate::config::Key { code: Code::Char(_), ctrl: false, alt: false, .. });
                assert!(!typed, "{action} in {}", scope.name());
            }
        }
    }

    #[test]
    fn names_are_told_apart() {
        let names: BTreeSet<&str> = ACTIONS.iter().map(|info| info.name).collect();
        assert_eq!(names.len(), ACTIONS.len());
        assert!(ACTIONS.iter().all(|info| Action::from_name(info.name) == Some(info.action)));
    }
}
