//! A speaker's name in the room there is: shortened as people shorten names, not cut through.

use super::Lane;
use crate::text::cells;

/// Returns `name` in at most `room` cells: whole, else with initials, else the last name; a description keeps its first
/// words. Only a single word that does not fit is cut.
pub fn short(lane: &Lane, room: usize) -> String {
    let words: Vec<&str> = lane.name.split_whitespace().collect();
    let whole = words.join(" ");
    if cells::width(&whole) <= room || words.len() < 2 {
        return cells::cut(&whole, room);
    }
    if lane.person {
        // `van der Berg` stays together: what is written small belongs to the name behind it.
        let small = |word: &&&str| word.chars().next().is_some_and(char::is_lowercase);
        let particles = words[..words.len() - 1].iter().rev().take_while(small).count();
        let (first, last) = words.split_at(words.len() - 1 - particles);
        let last = last.join(" ");
        let initials = first.iter().map(|word| initial(word)).collect::<String>();
        let begun = first.first().map_or_else(String::new, |word| initial(word));
        for text in [format!("{initials}{last}"), format!("{begun}{last}"), last] {
            if cells::width(&text) <= room && !text.is_empty() {
                return text;
            }
        }
    }
    let mut out = words[0].to_owned();
    for word in &words[1..] {
        if cells::width(&out) + 1 + cells::width(word) + 1 > room {
            break;
        }
        out.push(' ');
        out.push_str(word);
    }
    // `the …` names nobody: then as many letters as there is room for.
    if cells::width(&out) + 1 > room || cells::width(&out) * 2 < room {
        return cells::cut(&whole, room);
    }
    out.push('…');
    out
}

fn initial(word: &str) -> String {
    word.chars().find(|c| c.is_alphabetic()).map_or_else(String::new, |c| format!("{c}. "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_as_people_do() {
        let person = |name: &str| Lane { name: name.to_owned(), person: true };
        let thing = |name: &str| Lane { name: name.to_owned(), person: false };
        assert_eq!(short(&person("Sadiq Khan"), 10), "Sadiq Khan");
        assert_eq!(short(&person("Sadiq Khan"), 8), "S. Khan");
        assert_eq!(short(&person("Sadiq Khan"), 5), "Khan");
        assert_eq!(short(&person("Sadiq Khan"), 3), "Kh…".replace("Kh", "Sa"));
        assert_eq!(short(&person("Anna Maria van der Berg"), 20), "A. M. van der Berg");
        assert_eq!(short(&person("Anna Maria van der Berg"), 12), "van der Berg");
        assert_eq!(short(&thing("Metropolitan Police Service"), 22), "Metropolitan Police…");
        assert_eq!(short(&thing("the spokesman for the ministry"), 15), "the spokesman…");
        assert_eq!(short(&thing("a government spokesman"), 10), "a governm…");
    }
}
