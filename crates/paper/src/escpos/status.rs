//! What a printer says of itself: what it is asked, and what its answers mean.

/// `DLE EOT 1` to `4`: the printer, why it is off line, what is wrong with it, its paper. Answered at once, whatever else
/// it is doing.
pub const QUESTIONS: [[u8; 3]; 4] = [[0x10, 0x04, 1], [0x10, 0x04, 2], [0x10, 0x04, 3], [0x10, 0x04, 4]];

/// `GS r 1`: answered when everything sent before it has been printed.
pub const DONE: [u8; 3] = [0x1D, 0x72, 1];

/// How a printer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Health {
    /// It prints.
    Ready,
    /// It prints, and the roll is nearly used up.
    PaperLow,
    /// The roll is used up.
    PaperOut,
    /// Its cover is open.
    CoverOpen,
    /// Something in it is broken or jammed.
    Faulty,
    /// It does not print and does not say why.
    Offline,
}

impl Health {
    /// Whether a paper would come out now.
    #[must_use]
    pub const fn prints(self) -> bool {
        matches!(self, Self::Ready | Self::PaperLow)
    }
}

/// What the answers to [`QUESTIONS`] mean together, in their order; nothing when any is not such an answer.
#[must_use]
pub fn read(answers: [u8; 4]) -> Option<Health> {
    // Bits 0, 1, 4 and 7 are fixed in every answer to DLE EOT.
    if answers.iter().any(|answer| answer & 0b1001_0011 != 0b0001_0010) {
        return None;
    }
    let [printer, offline, error, paper] = answers;
    let has = |answer: u8, bits: u8| answer & bits != 0;
    Some(if has(offline, 0x04) {
        Health::CoverOpen
    } else if has(offline, 0x20) || has(paper, 0x60) {
        Health::PaperOut
    } else if has(offline, 0x40) || has(error, 0x68) {
        Health::Faulty
    } else if has(printer, 0x08) {
        Health::Offline
    } else if has(paper, 0x0C) {
        Health::PaperLow
    } else {
        Health::Ready
    })
}

/// What the answer to [`DONE`] means: bits 4 and 7 are fixed in it.
#[must_use]
pub fn read_done(answer: u8) -> Option<Health> {
    if answer & 0b1001_0000 != 0 {
        return None;
    }
    Some(match answer & 0x0F {
        0 => Health::Ready,
        low if low & 0x0C != 0 => Health::PaperOut,
        _ => Health::PaperLow,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_says_what_is_wrong_with_it() {
        let cases = [
            ([0x12, 0x12, 0x12, 0x12], Health::Ready),
            ([0x12, 0x12, 0x12, 0x1E], Health::PaperLow),
            ([0x1A, 0x32, 0x12, 0x72], Health::PaperOut),
            ([0x1A, 0x16, 0x12, 0x12], Health::CoverOpen),
            // An open cover looks like missing paper to the sensor: the cover is what a person can see.
            ([0x1A, 0x36, 0x12, 0x7E], Health::CoverOpen),
            ([0x1A, 0x52, 0x1A, 0x12], Health::Faulty),
            ([0x1A, 0x12, 0x12, 0x12], Health::Offline),
        ];
        for (answers, health) in cases {
            assert_eq!(read(answers), Some(health), "{answers:02X?}");
        }
        assert_eq!(read([0x12, 0x12, 0x12, 0xFF]), None);
        assert_eq!(read([0; 4]), None);
    }

    #[test]
    fn the_answer_after_a_paper_is_about_the_roll() {
        assert_eq!(read_done(0x00), Some(Health::Ready));
        assert_eq!(read_done(0x03), Some(Health::PaperLow));
        assert_eq!(read_done(0x0C), Some(Health::PaperOut));
        assert_eq!(read_done(0x12), None);
    }
}
