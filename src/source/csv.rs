//! CSV: one article a row, with a header that names the columns (`text`, and `id`, `date`, `title` where there are any).

use super::{Article, Kind, SourceError};
use jiff::civil::Date;
use std::path::Path;

/// What the column with the text may be called, in any case.
const TEXT: [&str; 6] = ["text", "raw", "content", "body", "article", "articlebody"];

/// Hands every row to `each`, as an article or as what is wrong with it. The separator is a comma, semicolon or tab:
/// the one that the header has most of, or the one that a first line `sep=;` names.
pub fn parse(
    text: &str,
    path: Option<&Path>,
    each: &mut dyn FnMut(Result<Article, SourceError>) -> std::io::Result<()>,
) -> Result<std::io::Result<()>, SourceError> {
    let bad = |line: usize, reason: String| SourceError::Line { line, column: 1, reason };
    let first = text.lines().next().unwrap_or("");
    let named = first.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    let body = if named.is_some() { text.split_once('\n').map_or("", |(_, body)| body) } else { text };
    let skipped = usize::from(named.is_some());
    let header_line = body.split(['\n', '\r']).next().unwrap_or("");
    let most =
        [b',', b';', b'\t'].into_iter().rev().max_by_key(|&c| memchr::memchr_iter(c, header_line.as_bytes()).count());
    let separator = named.or(most).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(body.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(error) => return Err(bad(1, error.to_string())),
    };
    let column = |name: &str| header.iter().position(|known| known == name);
    let Some(text_name) = TEXT.into_iter().find(|name| column(name).is_some()) else {
        return Err(bad(1 + skipped, "the header names no column text".to_owned()));
    };
    if header.iter().filter(|name| *name == text_name).count() > 1 {
        return Err(bad(1 + skipped, format!("the header names the column {text_name} twice")));
    }
    let columns = [column(text_name), column("id"), column("title"), column("date")];
    let unclosed = memchr::memchr_iter(b'"', body.as_bytes()).count() % 2 == 1;
    let mut row = csv::StringRecord::new();
    let mut number = 0;
    loop {
        match reader.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = error.position().map_or(number, |at| at.line() as usize) + skipped;
                if let Err(error) = each(Err(bad(line, error.to_string()))) {
                    return Ok(Err(error));
                }
                continue;
            }
        }
        number += 1;
        let line = row.position().map_or(number + 1, |at| at.line() as usize) + skipped;
        let [text, id, title, date] = columns.map(|n| n.and_then(|n| row.get(n)));
        let given = |value: Option<&str>| value.filter(|value| !value.trim().is_empty()).map(str::to_owned);
        let article = match text {
            None => Err(bad(line, format!("the row has {} fields, and none for {text_name}", row.len()))),
            Some(text) => {
                let mut notices = Vec::new();
                if row.len() != header.len() {
                    notices.push(format!("line {line}: the row has {} fields, not {}", row.len(), header.len()));
                }
                if text.contains('\0') {
                    notices.push(format!("line {line}: the text holds NUL bytes"));
                }
                if unclosed && reader.position().byte() >= body.len() as u64 {
                    notices.push(format!("line {line}: an unclosed quotation mark; the rest of the file is one field"));
                }
                let day: Option<Date> = date.and_then(|date| date.trim().get(..10)?.parse().ok());
                if let (Some(date), None) = (given(date), day) {
                    notices.push(format!("line {line}: the date {date:?} is not YYYY-MM-DD and is left out"));
                }
                let id = given(id).unwrap_or_else(|| format!("row-{number}"));
                let path = path.map(Path::to_owned);
                Ok(Article { id, path, title: given(title), date: day, text: text.into(), kind: Kind::Csv, notices })
            }
        };
        if let Err(error) = each(article) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut rows = Vec::new();
        parse(text, None, &mut |row| {
            rows.push(match row {
                Ok(article) => format!("{}={}{}", article.id, article.text, article.notices.join("!")),
                Err(error) => error.to_string(),
            });
            Ok(())
        })
        .map_err(|error| error.to_string())?
        .map_err(|error| error.to_string())?;
        Ok(rows)
    }

    #[test]
    fn reads_rows() {
        assert_eq!(read("id,text\n1,\"a \"\"b\"\"\nc\"\n").as_deref(), Ok(&["1=a \"b\"\nc".to_owned()][..]));
        assert_eq!(read("sep=;\nText;x\r\na,b;2\r\n").as_deref(), Ok(&["row-1=a,b".to_owned()][..]));
        assert_eq!(read("id\ttext\r1\tx\r").as_deref(), Ok(&["1=x".to_owned()][..]));
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(read("id,titel\n1,x\n").is_err_and(|error| error.contains("no column text")));
        assert!(read("text,text\n1,x\n").is_err_and(|error| error.contains("twice")));
        let rows = read("id,title,text\n1,t,x\n2,y\n3,a,b,c\n").unwrap_or_default();
        assert!(rows[1].contains("line 3") && rows[2].contains("4 fields"), "{rows:?}");
        assert!(read("id,text\n1,\"a").unwrap_or_default()[0].contains("unclosed"));
    }
}
