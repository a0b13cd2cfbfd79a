//! Web pages: the article in each is found as a person would copy it, and no page is too odd to be read.

use proptest::prelude::*;
use std::path::Path;
use whosaid::source::{Article, Kind, single};

fn read(page: &[u8]) -> Article {
    single(page, Kind::Html, None).expect("a page is read")
}

#[test]
fn the_article_is_told_from_the_rest_of_the_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    for (name, title, date) in [
        ("paper", "Council backs harbour bridge after night of argument", jiff::civil::date(2019, 3, 14)),
        ("old", "Ferry strike enters third week", jiff::civil::date(2004, 11, 2)),
        ("interview", "\"I never learned to swim\"", jiff::civil::date(2021, 8, 20)),
    ] {
        let file = |ending: &str| std::fs::read(folder.join(name).with_extension(ending)).expect("the page is there");
        let article = read(&file("html"));
        assert_eq!(&*article.text, String::from_utf8_lossy(&file("txt")), "{name}");
        assert_eq!((article.title.as_deref(), article.date), (Some(title), Some(date)), "{name}");
        assert_eq!((article.kind, &article.notices[..]), (Kind::Html, &[][..]), "{name}");
    }
}

#[test]
fn a_page_without_an_article_is_read_whole() {
    let nested = |times: usize| format!("{}<p>Far down.", "<div>".repeat(times));
    assert_eq!(&*read(nested(1_000).as_bytes()).text, "Far down.\n");
    let error = single(nested(1_000_000).as_bytes(), Kind::Html, None).expect_err("it would take hours");
    assert!(error.to_string().contains("thousands deep"));
    let many = format!("<nav>Home</nav>{}", "<p>One of many lines that nobody will ever read, alas.".repeat(21_000));
    let article = read(many.as_bytes());
    assert!(article.text.len() > 1_000_000 && !article.text.contains("Home"));
    assert!(article.notices[0].contains("all its text is read"), "{:?}", article.notices);
    for page in ["", "<html>", "<title>a</title>", "<script>a</script>", "<!-- a -->"] {
        assert_eq!(&*read(page.as_bytes()).text, "", "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever stands in a page, it is read; what is text by itself is there to its last letter.
    #[test]
    fn no_page_is_too_odd(parts in proptest::collection::vec(0usize..24, 0..60)) {
        const PARTS: [&str; 24] = [
            "<p>", "</p>", "<div class=comment>", "</div>", "<article>", "</article>", "<table><tr><td>", "</table>", "<b>", "</i>",
            "word ", "A sentence, and its end. ", "<br>", "<!--", "-->", "<script>", "</script>", "&quot;", "&#x1F642;", "<",
            "<blockquote class=tweet>", "</blockquote>", "<li>", "\u{0}",
        ];
        let page: String = parts.iter().map(|&part| PARTS[part]).collect();
        let _ = single(page.as_bytes(), Kind::Html, None);
    }
}
