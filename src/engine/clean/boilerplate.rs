//! Lines that are not of the article: advertisements, photo credits, share and subscribe lines, links to other pieces.
//!
//! Marked, never removed. A line must be such a line from end to end, so that an article about advertisements keeps its own.

/// No such line is longer, in bytes.
const LONGEST: usize = 120;

/// Finds boilerplate in the clean `text`, as bytes; `joined` tells that its lines were joined, so that it stands between
/// sentences.
pub fn find(text: &str, joined: bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
        if end - start <= LONGEST {
            let line = &text[start..end];
            let trimmed = line.trim();
            if !trimmed.is_empty() && is_boilerplate(trimmed) {
                let from = start + (line.len() - line.trim_start().len());
                found.push((from, from + trimmed.len()));
            }
        }
        start = end + 1;
    }
    if joined {
        between_sentences(text, &mut found);
    }
    found
}

/// Tells whether `line` is boilerplate from end to end.
fn is_boilerplate(line: &str) -> bool {
    let mut buffer = [0; LONGEST];
    let bytes = line.as_bytes();
    let Some(low) = buffer.get_mut(..bytes.len()) else { return false };
    low.copy_from_slice(bytes);
    low.make_ascii_lowercase();
    let Ok(low) = std::str::from_utf8(low) else { return false };
    let bare = low.trim_matches(|c: char| !c.is_alphanumeric());
    // What ends in a stop is a sentence, if a short one.
    if low.ends_with('.') && !low.ends_with("...") && !bare.ends_with("all rights reserved") {
        return false;
    }
    WHOLE.binary_search(&bare).is_ok() || begins(low, bare) || is_credit(line) || is_count(bare)
}

/// Whole lines, in order; case and marks at the ends do not count.
const WHOLE: &[&str] = &[
    "ad",
    "ad feedback",
    "advert",
    "advertisement",
    "advertisement - continue reading below",
    "advertising",
    "advertorial",
    "all rights reserved",
    "also read",
    "article continues after advertisement",
    "article continues below",
    "back to top",
    "click here to subscribe",
    "click to enlarge",
    "close",
    "comments",
    "continue reading",
    "continue reading below",
    "continue reading the main story",
    "don't miss",
    "don’t miss",
    "editor's picks",
    "editors' picks",
    "editor’s picks",
    "email",
    "email this",
    "email this article",
    "email this story",
    "email this story to a friend",
    "enlarge this image",
    "facebook",
    "free newsletter",
    "get the newsletter",
    "getty images",
    "hide caption",
    "image",
    "images",
    "leave a comment",
    "listen to this article",
    "load more",
    "loading",
    "log in",
    "more",
    "more coverage",
    "more news",
    "more on this story",
    "more stories",
    "more top stories",
    "most popular",
    "most read",
    "most viewed",
    "newsletter",
    "newsletter sign up",
    "newsletter signup",
    "open in app",
    "photo",
    "photos",
    "play video",
    "popular now",
    "post a comment",
    "print",
    "print this article",
    "promoted content",
    "read also",
    "read full story",
    "read more",
    "recommended",
    "recommended for you",
    "recommended stories",
    "recommended videos",
    "related",
    "related articles",
    "related content",
    "related coverage",
    "related links",
    "related news",
    "related posts",
    "related stories",
    "related topics",
    "related video",
    "related videos",
    "save",
    "save article",
    "scroll to continue",
    "see also",
    "see more",
    "share",
    "share on facebook",
    "share on twitter",
    "share this",
    "share this article",
    "share this page",
    "share this post",
    "share this story",
    "show caption",
    "show comments",
    "show more",
    "sign in",
    "sign up",
    "sign up for our newsletter",
    "sign up now",
    "skip advertisement",
    "skip to content",
    "skip to main content",
    "slideshow",
    "sponsored",
    "sponsored content",
    "story continues below",
    "story continues below advertisement",
    "subscribe",
    "subscribe now",
    "subscribe to our newsletter",
    "thank you for reading",
    "toggle caption",
    "top stories",
    "trending",
    "trending now",
    "tweet",
    "tweet this",
    "twitter",
    "up next",
    "video",
    "videos",
    "view all comments",
    "view comments",
    "view gallery",
    "view more",
    "watch live",
    "watch now",
    "watch the video",
    "watch the video below",
    "watch video",
    "write a comment",
    "you may also like",
    "you might also like",
];

/// How a line of another kind begins. The rest of the line is a title, a name, or an address.
fn begins(low: &str, bare: &str) -> bool {
    let words = low.split_whitespace().count();
    let with_colon = [
        "read more",
        "read also",
        "also read",
        "see also",
        "read next",
        "related",
        "more",
        "watch",
        "listen",
        "photos",
        "photo",
        "image",
        "picture",
        "video",
        "credit",
        "caption",
        "source photo",
        "recommended",
        "don't miss",
        "sign up",
        "subscribe",
    ]
    .iter()
    .any(|start| low.strip_prefix(start).is_some_and(|rest| rest.trim_start().starts_with(':')));
    if with_colon && words <= 16 {
        return true;
    }
    [
        "sign up for our ",
        "sign up for the ",
        "sign up to ",
        "subscribe to our ",
        "subscribe to the ",
        "click here to ",
        "click here for ",
        "like us on ",
        "follow us on ",
        "share this on ",
        "download our app",
        "download the app",
        "get our app",
        "join our newsletter",
        "photograph by ",
        "photo by ",
        "photo courtesy ",
        "image courtesy ",
        "picture by ",
        "copyright 1",
        "copyright 2",
        "copyright ©",
        "© 1",
        "© 2",
        "©1",
        "©2",
        "(c) 20",
        "more from ",
        "more in ",
        "read more about ",
        "have a tip?",
        "got a tip?",
    ]
    .iter()
    .any(|start| low.starts_with(start) && words <= 14)
        || bare.starts_with("follow ")
            && (bare.ends_with(" on twitter") || bare.ends_with(" on facebook") || bare.ends_with(" on instagram"))
        || bare.ends_with("all rights reserved") && words <= 14
}

/// Agencies that sign photographs.
const AGENCIES: [&str; 12] = [
    "getty images",
    "reuters",
    "associated press",
    "ap photo",
    "ap",
    "afp",
    "epa",
    "shutterstock",
    "istock",
    "bloomberg",
    "alamy",
    "pa wire",
];

/// Tells whether `line` is a photographer's name and an agency: `Ada Quill/Getty Images`, `(AP Photo/Ben Dell)`.
fn is_credit(line: &str) -> bool {
    let words = line.split_whitespace().count();
    if words > 8 || !line.contains('/') {
        return false;
    }
    let inner = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | ' '));
    let (Some(first), Some(last)) = (inner.split('/').next(), inner.rsplit('/').next()) else { return false };
    let agency = |part: &str| AGENCIES.iter().any(|name| part.trim().eq_ignore_ascii_case(name));
    (agency(first) || agency(last))
        && inner.split(['/', ' ']).all(|word| word.chars().next().is_none_or(|c| !c.is_lowercase()) || word == "via")
}

/// `12 comments`.
fn is_count(bare: &str) -> bool {
    let Some((count, rest)) = bare.split_once(' ') else { return false };
    count.bytes().all(|b| b.is_ascii_digit() || b == b',')
        && matches!(rest, "comments" | "comment" | "shares" | "retweets" | "likes")
}

/// Returns the length of the phrase that `tail`, at the start of a sentence, begins with. Only phrases of two words and more
/// count there, and `Advertisement`: no sentence begins so.
fn phrase(tail: &str) -> Option<usize> {
    let first = tail.as_bytes().first()?.to_ascii_lowercase();
    let from = WHOLE.partition_point(|phrase| phrase.as_bytes()[0] < first);
    let of_letter = WHOLE[from..].iter().take_while(|phrase| phrase.as_bytes()[0] == first);
    of_letter
        .filter(|phrase| tail.get(..phrase.len()).is_some_and(|part| part.eq_ignore_ascii_case(phrase)))
        .filter(|phrase| phrase.len() > 8 && phrase.contains(' ') || **phrase == "advertisement")
        .map(|phrase| phrase.len())
        .max()
}

fn between_sentences(text: &str, found: &mut Vec<(usize, usize)>) {
    let mut more = Vec::new();
    let bytes = text.as_bytes();
    let stops = memchr::memchr3_iter(b'.', b'!', b'?', bytes).map(|at| at + 1);
    for stop in std::iter::once(0).chain(stops) {
        let tail = text[stop..].trim_start_matches(['”', '"', '’', ')', ' ', '\n']);
        let start = text.len() - tail.len();
        if !tail.starts_with(|c: char| c.is_ascii_uppercase()) || !begins_sentence(text, start) {
            continue;
        }
        if let Some(len) = phrase(tail) {
            let end = start + len + usize::from(tail[len..].starts_with([':', '.']));
            if ends_before_sentence(text, end) {
                more.push((start, end));
            }
        }
    }
    // `(AP Photo/Ben Dell)`, `Photo: Ben Dell/Getty Images`, `Ben Dell / Reuters`, `Follow Ben Dell on Twitter`.
    for slash in memchr::memchr_iter(b'/', text.as_bytes()) {
        if let Some((start, end)) = credit_about(text, slash) {
            more.push((start, end));
        }
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), b"Follow ") {
        let line = &text[at..text.len().min(floor(text, at + 60))];
        if let Some(end) =
            [" on Twitter", " on Facebook"].iter().find_map(|tail| line.find(tail).map(|i| at + i + tail.len()))
            && begins_sentence(text, at)
            && is_boilerplate(&text[at..end])
        {
            more.push((at, end));
        }
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), b"All rights reserved") {
        let end = at + "All rights reserved".len();
        let end = end + usize::from(text[end..].starts_with('.'));
        let from = floor(text, at.saturating_sub(70));
        if let Some(start) = text[from..at].rfind("Copyright").or_else(|| text[from..at].rfind('©')) {
            more.push((from + start, end));
        }
    }
    found.extend(more);
    found.sort_unstable();
    found.dedup_by(|next, last| next.0 < last.1);
}

fn credit_about(text: &str, slash: usize) -> Option<(usize, usize)> {
    let from = floor(text, slash.saturating_sub(40));
    let head = &text[from..slash];
    // The credit begins behind the sentence before it.
    let start = head.rfind(['.', '!', '?', '”', '"', '(', '\n']).map_or(from, |at| {
        let c = head[at..].chars().next().unwrap_or(' ');
        from + at + if c == '(' { 0 } else { c.len_utf8() }
    });
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let tail = &text[slash + 1..];
    let agency = AGENCIES.iter().find(|name| {
        tail.trim_start().get(..name.len()).is_some_and(|part| part.eq_ignore_ascii_case(name))
            && !tail.trim_start()[name.len()..].starts_with(char::is_alphanumeric)
    });
    let end = match agency {
        Some(name) => slash + 1 + (tail.len() - tail.trim_start().len()) + name.len(),
        None => slash + 1 + tail.find(')').filter(|&at| at < 40)?,
    };
    let end = end + usize::from(text[end..].starts_with(')'));
    let line = text.get(start..end)?;
    let bare = line.strip_prefix("Photo: ").or_else(|| line.strip_prefix("Photo by ")).unwrap_or(line);
    (start < slash && begins_sentence(text, start) && is_credit(bare)).then_some((start, end))
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn begins_sentence(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches([' ', '\n']);
    head.is_empty() || head.len() < at && head.ends_with(['.', '!', '?', '”', '"', '’', ')', ':'])
}

fn ends_before_sentence(text: &str, at: usize) -> bool {
    let tail = &text[at..];
    let rest = tail.trim_start_matches([' ', '\n']);
    rest.is_empty()
        || rest.len() < tail.len()
            && rest.starts_with(|c: char| {
                c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '(' | '[')
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, joined: bool) -> Vec<&str> {
        find(text, joined).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(WHOLE.is_sorted());
    }

    #[test]
    fn marks_lines_from_end_to_end() {
        let text = "The pier fell.\n\nAdvertisement\n\nPhoto: Ada Quill/Reuters\nREAD MORE: Who paid for the pier?\n(AP Photo/Ben Dell)\n\
                    14 comments\nFollow the Gazette on Twitter\nNobody was hurt.";
        assert_eq!(
            found(text, false),
            [
                "Advertisement",
                "Photo: Ada Quill/Reuters",
                "READ MORE: Who paid for the pier?",
                "(AP Photo/Ben Dell)",
                "14 comments",
                "Follow the Gazette on Twitter"
            ]
        );
    }

    #[test]
    fn leaves_sentences_about_such_things() {
        let text = "Advertisement spending fell.\nShare prices rose and people read more books.\nThe photo was taken by Reuters.\n\
                    More from the council is expected on Friday, when it will meet again in public.\nFollow the money, she said.";
        assert_eq!(found(text, true), [""; 0]);
    }

    #[test]
    fn finds_them_between_sentences() {
        let text = "The pier fell. Story continues below advertisement Nobody was hurt. Ada Quill/Getty Images The mayor came. \
                    (AP Photo/Ben Dell) She left.";
        assert_eq!(
            found(text, true),
            ["Story continues below advertisement", "Ada Quill/Getty Images", "(AP Photo/Ben Dell)"]
        );
    }
}
