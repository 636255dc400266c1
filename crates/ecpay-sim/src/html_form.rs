//! Forms and links out of a page, for a simulated customer: tolerant of how tags are written, strict about what is sent.

use ecpay::fields::Fields;

/// A form as a browser would fill it in by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) id: String,
    /// As written; may be relative or empty.
    pub(crate) action: String,
    pub(crate) posts: bool,
    /// Names and values of inputs that have a name; of radio buttons the checked ones only.
    inputs: Vec<(String, String)>,
}

impl Form {
    /// Puts a value where a person would type it.
    pub(crate) fn fill(&mut self, name: &str, value: &str) {
        match self.inputs.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.inputs.push((name.to_owned(), value.to_owned())),
        }
    }

    pub(crate) fn body(&self) -> String {
        self.inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Fields>().to_form()
    }
}

/// Every form on a page, in order.
pub(crate) fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    let mut select: Option<String> = None;
    for tag in tags(html) {
        match tag.name.as_str() {
            "form" => {
                inside = true;
                forms.push(Form {
                    id: tag.attribute("id").unwrap_or_default(),
                    action: tag.attribute("action").unwrap_or_default(),
                    posts: tag.attribute("method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
                    inputs: Vec::new(),
                });
            }
            "/form" => inside = false,
            _ if !inside => {}
            "input" => {
                let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
                let off = matches!(kind.as_str(), "radio" | "checkbox") && tag.attribute("checked").is_none();
                let button = matches!(kind.as_str(), "submit" | "button" | "image" | "reset");
                if let (false, false, Some(name)) = (off, button, tag.attribute("name")) {
                    add(&mut forms, name, tag.attribute("value").unwrap_or_default());
                }
            }
            "select" => select = tag.attribute("name"),
            "/select" => select = None,
            "option" => {
                if let Some(name) = &select {
                    let first = !forms.last().is_some_and(|form| form.inputs.iter().any(|(known, _)| known == name));
                    if first {
                        add(&mut forms, name.clone(), tag.attribute("value").unwrap_or_default());
                    }
                }
            }
            _ => {}
        }
    }
    forms
}

/// The address of the first link that carries `attribute="value"`.
pub(crate) fn link_with(html: &str, attribute: &str, value: &str) -> Option<String> {
    let mut links = tags(html).filter(|tag| tag.name == "a");
    links.find(|tag| tag.attribute(attribute).as_deref() == Some(value)).and_then(|tag| tag.attribute("href"))
}

/// Whether any element has this id.
pub(crate) fn has_id(html: &str, id: &str) -> bool {
    tags(html).any(|tag| tag.attribute("id").as_deref() == Some(id))
}

/// The value of an attribute of the element with this id.
pub(crate) fn attribute_of(html: &str, id: &str, name: &str) -> Option<String> {
    tags(html).find(|tag| tag.attribute("id").as_deref() == Some(id)).and_then(|tag| tag.attribute(name))
}

/// `href` on a page at `base`, both as browsers resolve them, without `..`.
pub(crate) fn resolve(base: &str, href: &str) -> String {
    if href.contains("://") {
        return href.to_owned();
    }
    let scheme_end = base.find("://").map_or(0, |at| at + 3);
    let origin_end = base[scheme_end..].find('/').map_or(base.len(), |at| scheme_end + at);
    let path_end = base.find(['?', '#']).unwrap_or(base.len());
    match href {
        "" => base[..path_end].to_owned(),
        _ if href.starts_with('/') => format!("{}{href}", &base[..origin_end]),
        _ => {
            let folder_end = base[..path_end].rfind('/').map_or(path_end, |at| at + 1).max(origin_end);
            let slash = if base[..folder_end].ends_with('/') { "" } else { "/" };
            format!("{}{slash}{href}", &base[..folder_end])
        }
    }
}

fn add(forms: &mut [Form], name: String, value: String) {
    if let Some(form) = forms.last_mut() {
        form.inputs.push((name, value));
    }
}

struct Tag<'a> {
    /// Lower case, with the slash of a closing tag.
    name: String,
    rest: &'a str,
}

impl Tag<'_> {
    /// The unescaped value of an attribute; empty for one without a value.
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.rest.trim_start();
        while !rest.is_empty() {
            let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let name = &rest[..name_end];
            rest = rest[name_end..].trim_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                let after = after.trim_start();
                (value, rest) = match after.chars().next() {
                    Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                    _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
                };
                rest = rest.trim_start();
            }
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescape(value));
            }
            if name_end == 0 && value.is_empty() {
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        None
    }
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let open = rest.find('<')?;
            rest = &rest[open + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let end = tag_end(rest)?;
            let inside = rest[..end].trim_end_matches('/');
            rest = &rest[end + 1..];
            let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
            let name = inside[..name_end].to_ascii_lowercase();
            if name == "script" || name == "style" {
                let close = format!("</{name}");
                let at = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
                rest = &rest[at..];
            }
            return Some(Tag { name, rest: &inside[name_end..] });
        }
    })
}

/// Where a tag ends: the first `>` outside quotes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end <= 10).and_then(|end| {
            let character = entity(&rest[1..end])?;
            Some((character, end + 1))
        });
        let (character, length) = entity.unwrap_or(('&', 1));
        plain.push(character);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(&hex[1..], 16),
            decimal => number(decimal, 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pay_page_gives_its_form_with_values_unescaped() {
        let page = r#"<!doctype html><meta charset="utf-8"><style>form{color:red}</style>
            <!-- <form action="/no"><input name=a></form> -->
            <form id="f" method='POST' action="https://gate.example/V5?a=1&amp;b=2" accept-charset=utf-8>
              <input type="hidden" name="ItemName" value="A &amp; B &lt;&quot;&#39;&#x8336;&gt;> c">
              <INPUT name=Plain value=1/2 /><input type=submit name=go value=x><input type="hidden" name="Empty" value="">
              <input type=radio name=sub value=a><input type=radio name=sub value=b checked>
              <select name="stages"><option value="0">x<option value="3">y</select>
              <button name="decision" value="pay">Pay</button>
            </form><script>document.write('<form action="/evil">')</script>"#;
        let found = forms(page);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].action, "https://gate.example/V5?a=1&b=2");
        assert!(found[0].posts);
        let inputs: Vec<(&str, &str)> = found[0].inputs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(
            inputs,
            [("ItemName", "A & B <\"'茶>> c"), ("Plain", "1/2"), ("Empty", ""), ("sub", "b"), ("stages", "0")]
        );
    }

    #[test]
    fn filling_in_replaces_or_adds() {
        let mut form = forms(r#"<form><input name="otp" value=""></form>"#).remove(0);
        form.fill("otp", "1234");
        form.fill("decision", "pay");
        assert_eq!(form.body(), "otp=1234&decision=pay");
        assert!(!form.posts);
    }

    #[test]
    fn links_and_ids_are_found() {
        let page =
            r#"<a class=way data-method="Credit" href="/x/Credit">card</a><div id="result" data-result=paid></div>"#;
        assert_eq!(link_with(page, "data-method", "Credit").as_deref(), Some("/x/Credit"));
        assert_eq!(link_with(page, "data-method", "ATM"), None);
        assert!(has_id(page, "result") && !has_id(page, "other"));
        assert_eq!(attribute_of(page, "result", "data-result").as_deref(), Some("paid"));
    }

    #[test]
    fn addresses_resolve_as_in_a_browser() {
        let base = "http://127.0.0.1:99/a/b?q=1#f";
        for (href, full) in [
            ("https://x.example/y", "https://x.example/y"),
            ("/c", "http://127.0.0.1:99/c"),
            ("c", "http://127.0.0.1:99/a/c"),
            ("", "http://127.0.0.1:99/a/b"),
        ] {
            assert_eq!(resolve(base, href), full);
        }
        assert_eq!(resolve("http://127.0.0.1:99", "c"), "http://127.0.0.1:99/c");
    }

    #[test]
    fn broken_markup_ends_without_a_panic() {
        for page in [
            "<",
            "<form",
            "<form action=\"x",
            "<input name=",
            "<form><input =x></form>",
            "<!--",
            "&#x;",
            "<a href='&#99999999;'>",
        ] {
            let _ = forms(page);
            let _ = link_with(page, "href", "x");
        }
    }
}
