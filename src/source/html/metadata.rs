//! The date that a web page states: in its metadata, or in the markup of its text.

use dom_query::{Document, NodeRef};
use jiff::civil::Date;

/// Names of metadata that tell when an article was published, the surest first, in lower case. From schema.org, Open Graph,
/// Dublin Core, and the systems that newspapers publish with (Parse.ly, Sailthru, Swiftype, Chartbeat).
const PUBLISHED: [&str; 24] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "published_at",
    "publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "ptime",
    "cxenseparse:recs:publishtime",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "dcsext.articlefirstpublished",
    "originalpublicationdate",
    "article.created",
    "date",
];

/// Forms of a date that is not written as ISO 8601 or RFC 2822.
const FORMS: [&str; 5] = ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d"];

/// Returns the day on which the page says that it was published: its metadata, structured data (JSON-LD), or an element with
/// such a date (`itemprop="datePublished"`, `<time pubdate>`, else the first `<time>` with a day).
pub fn date(document: &Document) -> Option<Date> {
    let root = document.root();
    let mut stated: Option<(usize, Date)> = None;
    let (mut marked, mut timed, mut structured) = (None, None, None);
    for node in root.descendants_it().filter(NodeRef::is_element) {
        let name = node.node_name();
        match name.as_deref() {
            Some("meta") => {
                for attribute in ["property", "name", "itemprop"] {
                    let Some(says) = node.attr(attribute) else { continue };
                    let says = says.to_ascii_lowercase();
                    let Some(rank) = PUBLISHED.iter().position(|name| *name == says) else { continue };
                    if let Some(day) = node.attr("content").and_then(|content| day(&content)) {
                        stated = Some(stated.map_or((rank, day), |before| before.min((rank, day))));
                    }
                }
            }
            Some("script") if structured.is_none() => {
                if node.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) {
                    structured = serde_json::from_str(&node.text()).ok().as_ref().and_then(published);
                }
            }
            _ => {
                let time = name.as_deref() == Some("time");
                let says =
                    marked.is_none() && node.attr("itemprop").is_some_and(|property| &*property == "datePublished");
                if says || (time && marked.is_none() && node.has_attr("pubdate")) {
                    let written = node.attr("datetime").or_else(|| node.attr("content")).unwrap_or_else(|| node.text());
                    marked = day(&written);
                } else if time && timed.is_none() {
                    timed = node.attr("datetime").and_then(|written| day(&written));
                }
            }
        }
    }
    stated.map(|(_, day)| day).or(structured).or(marked).or(timed)
}

/// Looks for `datePublished` in structured data, at most a few levels down (`@graph`, lists).
fn published(data: &serde_json::Value) -> Option<Date> {
    let mut level = vec![data];
    for _ in 0..4 {
        let mut below = Vec::new();
        for value in level {
            match value {
                serde_json::Value::Object(fields) => {
                    if let Some(day) = fields.get("datePublished").and_then(|date| day(date.as_str()?)) {
                        return Some(day);
                    }
                    below.extend(fields.values());
                }
                serde_json::Value::Array(values) => below.extend(values),
                _ => {}
            }
        }
        level = below;
    }
    None
}

/// Reads the day of a date as metadata write it: ISO 8601 with or without a time, eight digits, RFC 2822, or in English. The day
/// is the one written, in the place of the paper.
pub fn day(written: &str) -> Option<Date> {
    let written = written.trim();
    let iso = written.get(..10).and_then(|day| day.parse().ok());
    let digits = || {
        let digits = written.get(..8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let rest = &written.as_bytes()[8..];
        (rest.is_empty() || rest[0] == b'T').then_some(digits)?.parse().ok()
    };
    let mail = || Some(jiff::fmt::rfc2822::parse(written).ok()?.date());
    let english = || FORMS.iter().find_map(|form| Date::strptime(form, written).ok());
    iso.or_else(digits).or_else(mail).or_else(english)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn days_are_read_as_metadata_write_them() {
        for written in [
            "2017-06-04",
            "2017-06-04T23:30:00-07:00",
            " 2017-06-04 10:00:00",
            "20170604",
            "20170604T120000Z",
            "Sun, 04 Jun 2017 23:30:00 GMT",
            "June 4, 2017",
            "Jun 4, 2017",
            "4 June 2017",
            "2017/06/04",
        ] {
            assert_eq!(day(written), Some(civil::date(2017, 6, 4)), "{written}");
        }
        for written in ["", "soon", "2017", "2017-13-40", "201706041", "ééééééééééé", "06/04/2017"] {
            assert_eq!(day(written), None, "{written}");
        }
    }

    #[test]
    fn the_surest_statement_counts() {
        let says = |page: &str| date(&Document::from(page));
        let meta = r#"<meta name="date" content="2020-01-01"><meta property="article:published_time" content="2017-06-04T10:00Z">"#;
        assert_eq!(says(meta), Some(civil::date(2017, 6, 4)));
        let structured = r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"datePublished": "2017-06-05"}]}</script>
            <time datetime="2021-01-01">today</time>"#;
        assert_eq!(says(structured), Some(civil::date(2017, 6, 5)));
        assert_eq!(
            says(r#"<time datetime="2021-02-03T10:00">now</time><time pubdate datetime="2017-06-06">then</time>"#),
            Some(civil::date(2017, 6, 6))
        );
        assert_eq!(says(r#"<span itemprop="datePublished">June 7, 2017</span>"#), Some(civil::date(2017, 6, 7)));
        assert_eq!(says("<p>June 7, 2017"), None);
    }
}
