//! One parser held to one promise, over its kept samples and many cases bent from them.
//!
//! `GUITAI_FUZZ` says how many cases each parser gets, `GUITAI_SEED` which ones; the same numbers are the same cases. A
//! case that breaks the promise is cut down to what matters and printed as a file to keep.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::bend::bent;
use super::kept::{Kept, folder, kept, written};

/// How many cases each parser gets in `make test`.
const USUAL: usize = 2_000;

/// No case takes longer, on any machine that a till runs on: they take microseconds.
const LONGEST: Duration = Duration::from_secs(5);

/// Chance from one number (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    /// One of `0..bound`; 0 of nothing.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).expect("small");
        usize::try_from(self.next() % bound).expect("below a usize")
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Holds a parser to a promise. `made` makes the bytes of a kept sample: signs it, for those that are signed.
///
/// # Panics
/// With the shortest bytes that break it.
pub(crate) fn hold(
    parser: &str,
    made: impl Fn(&[u8]) -> Vec<u8>,
    mut promise: impl FnMut(&[u8]) -> Result<(), String>,
) {
    let mut samples = kept(parser);
    for sample in &mut samples {
        sample.bytes = made(&sample.bytes);
        if let Err(broken) = tried(&mut promise, &sample.bytes) {
            panic!("{parser}/{}: {broken}", sample.name);
        }
    }
    let cases = number("GUITAI_FUZZ").unwrap_or(USUAL);
    let mut dice = Dice(u64::try_from(number("GUITAI_SEED").unwrap_or(1)).expect("a seed"));
    let (began, mut slowest) = (Instant::now(), Duration::ZERO);
    for _ in 0..cases {
        let bytes = bent(&samples, &mut dice);
        let at = Instant::now();
        let outcome = tried(&mut promise, &bytes);
        let took = at.elapsed();
        slowest = slowest.max(took);
        let outcome = outcome.and_then(|()| if took > LONGEST { Err(format!("it took {took:?}")) } else { Ok(()) });
        if let Err(broken) = outcome {
            fail(parser, &mut promise, bytes, &broken);
        }
    }
    told(parser, &samples, cases, began.elapsed(), slowest);
}

/// A panic is a broken promise like any other.
fn tried(promise: &mut impl FnMut(&[u8]) -> Result<(), String>, bytes: &[u8]) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| promise(bytes))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("it panics: {}", text.unwrap_or("without a word")))
    })
}

fn fail(parser: &str, promise: &mut impl FnMut(&[u8]) -> Result<(), String>, mut bytes: Vec<u8>, broken: &str) -> ! {
    let mut piece = bytes.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at + piece <= bytes.len() {
            let mut shorter = bytes.clone();
            shorter.drain(at..at + piece);
            if tried(promise, &shorter).is_err() { bytes = shorter } else { at += piece }
        }
        piece /= 2;
    }
    let why = tried(promise, &bytes).err().unwrap_or_else(|| broken.to_owned());
    panic!(
        "{parser}: {why}\n--- keep this in {}/ once it is fixed ---\n{}\n---",
        folder(parser).display(),
        written(&bytes)
    );
}

/// Past the test's own capture: `make test` shows how much was tried.
fn told(parser: &str, samples: &[Kept], cases: usize, took: Duration, slowest: Duration) {
    let text = format!(
        "bad bytes: {parser}: {cases} cases bent from {} kept samples in {:.1} s, the slowest {:.1} ms\n",
        samples.len(),
        took.as_secs_f64(),
        slowest.as_secs_f64() * 1_000.0
    );
    // A closed standard error fails no test.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}
