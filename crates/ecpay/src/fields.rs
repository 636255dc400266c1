//! Names and values as ECPay sends them: an ordered list, read from a form or from a raw reply.

use std::fmt;

/// The longest message that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// The most fields a message may have.
pub const MAX_FIELDS: usize = 200;

/// An ordered list of names and values. `Debug` prints the names only: values can be card data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

/// A message that cannot be taken apart. Says nothing about its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldsError {
    /// More than [`MAX_BYTES`].
    #[error("the message is longer than 64 kB")]
    TooLong,
    /// More than [`MAX_FIELDS`].
    #[error("the message has more than 200 fields")]
    TooMany,
    /// A name or value is not UTF-8.
    #[error("the message is not UTF-8")]
    NotUtf8,
    /// A name occurs twice: a signature over it could be read two ways.
    #[error("a field occurs twice")]
    Duplicate,
}

impl Fields {
    /// No fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads `application/x-www-form-urlencoded`, the form of notices (doc 2878): `+` is a space, `%xx` a byte,
    /// empty values stay. A `%` that starts no escape stands for itself, as in browsers.
    ///
    /// # Errors
    /// [`FieldsError`].
    pub fn from_form(body: &[u8]) -> Result<Self, FieldsError> {
        Self::collect(body, decode)
    }

    /// Reads the body of a query reply (doc 2890): the same shape, but values are raw, so that `+` and `%` stand
    /// for themselves.
    ///
    /// # Errors
    /// [`FieldsError`].
    pub fn from_raw(text: &str) -> Result<Self, FieldsError> {
        Self::collect(text.as_bytes(), |part| String::from_utf8(part.to_vec()).map_err(|_| FieldsError::NotUtf8))
    }

    /// The value of the field with exactly this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value, unless the field is absent or blank.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Adds a field at the end. Does not look for an older one of that name.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Takes the field out and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes `application/x-www-form-urlencoded` as a browser does. This is the transport; it has nothing to do
    /// with the encoding inside a CheckMacValue.
    #[must_use]
    pub fn to_form(&self) -> String {
        let mut form = String::new();
        for (name, value) in self.iter() {
            if !form.is_empty() {
                form.push('&');
            }
            encode(name, &mut form);
            form.push('=');
            encode(value, &mut form);
        }
        form
    }

    /// Writes `name=value&name=value` without any encoding, the form of query replies.
    #[must_use]
    pub fn to_raw(&self) -> String {
        self.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// The same names and values after form decoding, for a reply that turns out to be encoded.
    ///
    /// # Errors
    /// [`FieldsError::NotUtf8`] or [`FieldsError::Duplicate`] if that is what decoding leaves.
    pub(crate) fn decoded(&self) -> Result<Self, FieldsError> {
        Self::from_form(self.to_raw().as_bytes())
    }

    fn collect(body: &[u8], text_of: impl Fn(&[u8]) -> Result<String, FieldsError>) -> Result<Self, FieldsError> {
        if body.len() > MAX_BYTES {
            return Err(FieldsError::TooLong);
        }
        let mut fields = Self::new();
        for part in body.split(|b| *b == b'&').filter(|part| !part.is_empty()) {
            if fields.len() == MAX_FIELDS {
                return Err(FieldsError::TooMany);
            }
            let (name, value) = match part.iter().position(|b| *b == b'=') {
                Some(at) => (&part[..at], &part[at + 1..]),
                None => (part, &[][..]),
            };
            let name = text_of(name)?;
            if fields.get(&name).is_some() {
                return Err(FieldsError::Duplicate);
            }
            fields.push(name, text_of(value)?);
        }
        Ok(fields)
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Undoes form encoding, which is also PHP's `urlencode`.
pub(crate) fn decode(part: &[u8]) -> Result<String, FieldsError> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (*first, tail) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => match (nibble(*high), nibble(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            (byte, _) => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| FieldsError::NotUtf8)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

fn encode(text: &str, form: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => form.push(char::from(byte)),
            b' ' => form.push('+'),
            _ => {
                form.push('%');
                form.push(char::from(HEX[usize::from(byte >> 4)]));
                form.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded_and_keeps_blank_values() {
        let fields = Fields::from_form("a=1+2&b=&c=%E8%8C%B6%2B&d&&e=x=y&f=100%&g=%zz".as_bytes()).unwrap();
        let expected: Fields =
            [("a", "1 2"), ("b", ""), ("c", "茶+"), ("d", ""), ("e", "x=y"), ("f", "100%"), ("g", "%zz")]
                .into_iter()
                .collect();
        assert_eq!(fields, expected);
        assert_eq!(fields.filled("b"), None);
        assert_eq!(fields.get("b"), Some(""));
    }

    #[test]
    fn a_raw_reply_keeps_plus_and_percent() {
        let fields = Fields::from_raw("ItemName=A+B%20c&d=2026/07/02 21:27:45").unwrap();
        assert_eq!(fields.get("ItemName"), Some("A+B%20c"));
        assert_eq!(fields.get("d"), Some("2026/07/02 21:27:45"));
    }

    #[test]
    fn a_name_may_occur_once() {
        assert_eq!(Fields::from_form(b"a=1&a=1"), Err(FieldsError::Duplicate));
        assert_eq!(Fields::from_form(b"a=1&%61=2"), Err(FieldsError::Duplicate));
        assert_eq!(Fields::from_raw("a=1&a="), Err(FieldsError::Duplicate));
        assert!(Fields::from_form(b"a=1&A=2").is_ok());
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(Fields::from_form(b"a=%ff"), Err(FieldsError::NotUtf8));
        assert_eq!(Fields::from_form(b"a=\xe8\x8c"), Err(FieldsError::NotUtf8));
    }

    #[test]
    fn a_message_is_bounded() {
        let many = |n: usize| (0..n).map(|i| format!("f{i}=")).collect::<Vec<_>>().join("&");
        assert_eq!(Fields::from_form(many(200).as_bytes()).unwrap().len(), 200);
        assert_eq!(Fields::from_form(many(201).as_bytes()), Err(FieldsError::TooMany));
        let long = |n: usize| format!("a={}", "x".repeat(n - 2));
        assert!(Fields::from_raw(&long(MAX_BYTES)).is_ok());
        assert_eq!(Fields::from_raw(&long(MAX_BYTES + 1)), Err(FieldsError::TooLong));
    }

    #[test]
    fn debug_shows_no_value() {
        let fields = Fields::from_form(b"card4no=2222").unwrap();
        assert_eq!(format!("{fields:?}"), r#"{"card4no"}"#);
    }

    #[test]
    fn the_form_is_the_browsers() {
        let fields: Fields = [("d", "2026/01/05 12:34:56"), ("t", "茶~*")].into_iter().collect();
        assert_eq!(fields.to_form(), "d=2026%2F01%2F05+12%3A34%3A56&t=%E8%8C%B6%7E*");
    }
}
