//! Who says what in small texts of many forms, as data: a text, words of a quotation in it, and whose they are.

use whosaid::engine::{Analysis, Cancel, Form, Options, Quote, analyze};

/// One text, and for each quotation some of its words and its speaker's name, `-` for somebody without a name.
struct Case {
    text: &'static str,
    said: &'static [(&'static str, &'static str)],
}

const CASES: &[Case] = &[
    // A surname that is a first name too tells no sex: `she` may be Kelly.
    Case {
        text: "Laura Kelly runs the bakery by the old bridge. Kelly has written to the council twice. \
               “We lose a third of our trade when it is shut,” she said.",
        said: &[("lose a third", "Laura Kelly")],
    },
    // A surname behind an initial that is a title too.
    Case {
        text: "“I was at the depot when the beam cracked,” said Peter T. King, a foreman. “Nobody told us a thing.”",
        said: &[("the beam cracked", "Peter T. King"), ("Nobody told us", "Peter T. King")],
    },
    // A role written like a name stands for whom the article gave it.
    Case {
        text: "Prime Minister Alan Whitcombe came to the valley on Friday.\n\n\
               “The money is there,” the Prime Minister said.",
        said: &[("money is there", "Alan Whitcombe")],
    },
    // Labels like names that come again are those of a conversation.
    Case {
        text: "Rosa: How did you begin to paint?\n\nTom: I began with house paint, because it was cheap.\n\n\
               Rosa: And who taught you the rest of it?\n\nTom: My aunt did, on Sundays, with a great deal of patience.",
        said: &[("taught you the rest", "Rosa"), ("aunt did", "Tom")],
    },
    // Lines that sign what stands before them.
    Case {
        text: "We asked readers what the library means to them.\n\n\
               I learned to read there, and so did my two sons, and we still go each week.\n\n— Maria Delgado, nurse\n\n\
               It is the only warm room in the street and I will miss it when it is closed.\n\n— Thomas Avery, retired",
        said: &[("learned to read", "Maria Delgado"), ("only warm room", "Thomas Avery")],
    },
    // A paragraph that a cue and a colon bring in.
    Case {
        text: "The club gave no reason. In a statement on Tuesday, Joan Castle said:\n\n\
               We have thought about this for months and we are sure that it is right for the players.",
        said: &[("thought about this", "Joan Castle")],
    },
    // `Q` and `A` are no names: who answers is whom the words before the first turn name.
    Case {
        text: "A talk with the painter Rosa Marsh\n\nRosa Marsh has painted the harbour for thirty years.\n\n\
               Q: How did you begin?\n\nA: I began with house paint, because it was cheap.\n\n\
               Q: Who taught you?\n\nA: My aunt did, on Sundays, with a great deal of patience.",
        said: &[("with house paint", "Rosa Marsh"), ("Who taught you", "-")],
    },
    // Behind labels of names, who asked and who answered.
    Case {
        text: "WEBB: What did the flood take first?\n\nMARSH: The shed, and then the pears, and then the wall.\n\n\
               WEBB: And what did you save?\n\nMARSH: The dog and the deeds.\n\n\
               Q: Will you stay?\n\nA: Where else would I go at my age?",
        said: &[("Will you stay", "WEBB"), ("Where else would", "MARSH")],
    },
    // Whom a quotation within a quotation does not name is whom the article named last, but for who speaks.
    Case {
        text: "Nora Quill waited for an answer from Peter Lamb, the builder, until the autumn.\n\n\
               “Then he said, ‘There will be no wall here before the spring comes.’ I could have wept,” Quill said.",
        said: &[("no wall here before", "Peter Lamb")],
    },
    // A title cut short is nobody's name.
    Case {
        text: "“The dam will hold, and I have told them so,” said former Gov. and party chairman Edward Lindqvist.",
        said: &[("dam will hold", "Edward Lindqvist")],
    },
    // A line with a dash signs the words in marks before it.
    Case {
        text: "Letters came from all over the valley.\n\n\
               “The bridge is the only way my children have to school.”\n\n- Hannah Osei, Millbrook",
        said: &[("only way my children", "Hannah Osei")],
    },
];

fn read(text: &str) -> Analysis {
    analyze(text, &Options::default(), &Cancel::default()).expect("nobody cancels")
}

fn holds(analysis: &Analysis, quote: &Quote, words: &str) -> bool {
    quote.spans.iter().any(|span| span.of(&analysis.clean.text).contains(words))
}

#[test]
fn everybody_gets_their_own_words() {
    let mut wrong = Vec::new();
    for case in CASES {
        let analysis = read(case.text);
        for (words, name) in case.said {
            // The innermost that holds them.
            let holding = analysis.quotes.iter().filter(|quote| holds(&analysis, quote, words));
            let quote = holding.min_by_key(|quote| quote.hull().len());
            let speaker = quote.and_then(|quote| quote.speaker).and_then(|id| analysis.speaker(id));
            let found = speaker.and_then(|speaker| speaker.name.as_deref()).unwrap_or("-");
            if quote.is_none() || found != *name {
                wrong.push(format!("‘{words}’: {found} for {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_table_of_counts_is_no_conversation() {
    let text = "The count so far.\n\nRosa Marsh: 1,204.\n\nTom Webb: 987.\n\nRosa Marsh: 1,455.\n\nTom Webb: 1,002.";
    assert!(read(text).quotes.iter().all(|quote| quote.form != Form::Transcript));
}
