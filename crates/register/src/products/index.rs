//! Names laid end to end, so that one pass with a good substring search answers a keystroke: a hundred thousand names are
//! some three megabytes, which is less than a millisecond of work and needs no structure that could be out of step.

use memchr::memmem;
use till::catalogue::Product;

use super::{Found, sounds};

/// What a search looks through.
#[derive(Default)]
pub(super) struct Index {
    names: Lines,
    pinyin: Lines,
    zhuyin: Lines,
    /// Codes and barcodes in lower case, in their order, each with the place of its product.
    codes: Vec<(String, usize)>,
}

impl Index {
    pub(super) fn of(products: &[Product]) -> Self {
        let lower = |product: &Product| product.name.to_lowercase();
        let mut codes: Vec<(String, usize)> = Vec::with_capacity(products.len() * 2);
        for (at, product) in products.iter().enumerate() {
            codes.push((product.code.as_str().to_lowercase(), at));
            codes.extend(product.barcodes.iter().map(|barcode| (barcode.as_str().to_lowercase(), at)));
        }
        codes.sort_unstable();
        Self {
            names: Lines::of(products.iter().map(lower)),
            pinyin: Lines::of(products.iter().map(|product| sounds::pinyin(&product.name))),
            zhuyin: Lines::of(products.iter().map(|product| sounds::zhuyin(&product.name))),
            codes,
        }
    }

    /// Finds what is wanted, in lower case, best first, until there is enough.
    pub(super) fn look_up(&self, wanted: &str, found: &mut Found) {
        if wanted.contains('\n') {
            return;
        }
        let letters = wanted.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let bopomofo = wanted.chars().all(|letter| ('ㄅ'..='ㄩ').contains(&letter));
        self.names.beginning(wanted, found);
        self.names.having(wanted, found);
        if letters {
            self.codes_beginning(wanted, found);
            self.pinyin.beginning(wanted, found);
            // One letter is in half of all names: that is no search.
            if wanted.len() > 1 {
                self.pinyin.having(wanted, found);
            }
        } else {
            self.codes_beginning(wanted, found);
        }
        if bopomofo {
            self.zhuyin.beginning(wanted, found);
            self.zhuyin.having(wanted, found);
        }
    }

    fn codes_beginning(&self, wanted: &str, found: &mut Found) {
        let from = self.codes.partition_point(|(code, _)| code.as_str() < wanted);
        for (_, at) in self.codes[from..].iter().take_while(|(code, _)| code.starts_with(wanted)) {
            if found.is_full() {
                return;
            }
            found.put(*at);
        }
    }
}

/// Texts laid end to end, each after a line end.
#[derive(Default)]
struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    fn of(lines: impl Iterator<Item = String>) -> Self {
        let mut all = Self::default();
        for line in lines {
            all.starts.push(all.text.len());
            all.text.push('\n');
            all.text.push_str(&line);
        }
        all
    }

    fn beginning(&self, wanted: &str, found: &mut Found) {
        self.find(&format!("\n{wanted}"), found);
    }

    fn having(&self, wanted: &str, found: &mut Found) {
        self.find(wanted, found);
    }

    fn find(&self, wanted: &str, found: &mut Found) {
        for at in memmem::find_iter(self.text.as_bytes(), wanted.as_bytes()) {
            if found.is_full() {
                return;
            }
            found.put(self.starts.partition_point(|start| *start <= at) - 1);
        }
    }
}
