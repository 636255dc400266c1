//! Bytes into commands. Whatever is not in the command reference, or not in its range there, stops the test.

use super::{Align, Command, QrFunction};

pub(crate) fn parse(bytes: &[u8]) -> Vec<Command> {
    let mut reader = Reader { bytes, at: 0 };
    let mut commands = Vec::new();
    while reader.at < bytes.len() {
        commands.push(reader.command());
    }
    commands
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn command(&mut self) -> Command {
        let start = self.at;
        match self.next() {
            0x0A => Command::LineFeed,
            0x10 => match [self.next(), self.next()] {
                [0x04, n @ 1..=4] => Command::AskNow(n),
                other => panic!("DLE {other:02X?} at {start}"),
            },
            0x1B => self.escape(start),
            0x1C => match self.next() {
                b'&' => Command::ChineseOn,
                other => panic!("FS {other:02X} at {start}"),
            },
            0x1D => self.group(start),
            byte if byte < 0x20 => panic!("control byte {byte:02X} at {start}"),
            _ => {
                // The second byte of a pair can be anything from 40 up, never a control byte.
                while self.at < self.bytes.len() && self.bytes[self.at] >= 0x20 {
                    self.at += 1;
                }
                Command::Text(self.bytes[start..self.at].to_vec())
            }
        }
    }

    fn escape(&mut self, start: usize) -> Command {
        match self.next() {
            b'@' => Command::Initialise,
            b'd' => Command::Feed(self.next()),
            b'E' => Command::Bold(self.next() & 1 == 1),
            b'a' => Command::Align(match self.next() {
                0 | 48 => Align::Left,
                1 | 49 => Align::Centre,
                2 | 50 => Align::Right,
                n => panic!("ESC a {n} at {start}"),
            }),
            b'p' => {
                let pin = self.within(0..=1, start);
                Command::Pulse { pin, on: self.next(), off: self.next() }
            }
            b'B' => Command::Beep { times: self.within(1..=9, start), length: self.within(1..=9, start) },
            other => panic!("ESC {other:02X} at {start}"),
        }
    }

    fn group(&mut self, start: usize) -> Command {
        match self.next() {
            b'!' => {
                let n = self.next();
                assert_eq!(n & 0b1000_1000, 0, "GS ! {n:02X} at {start}");
                Command::Size { across: (n >> 4) + 1, down: (n & 7) + 1 }
            }
            b'v' => {
                assert_eq!([self.next(), self.next()], [b'0', 0], "GS v at {start}");
                let (across, rows) = (self.word(), self.word());
                assert!((1..=128).contains(&across) && (1..=4095).contains(&rows), "GS v 0 {across} {rows}");
                let bits = self.take(across * rows);
                // The printer would obey these at once, in the middle of an image too.
                let at_once = |pair: &[u8]| pair[0] == 0x10 && [0x04, 0x05, 0x14].contains(&pair[1]);
                assert!(!bits.windows(2).any(at_once), "an image with a DLE command in it, at {start}");
                Command::Image { across, rows, bits }
            }
            b'(' => {
                assert_eq!(self.next(), b'k', "GS ( at {start}");
                let length = self.word();
                let body = self.take(length);
                assert_eq!(body[0], 49, "GS ( k of another symbol at {start}");
                Command::Qr(match (body[1], &body[2..]) {
                    (65, [model @ 49..=51, 0]) => QrFunction::Model(*model),
                    (67, [module @ 1..=16]) => QrFunction::Module(*module),
                    (69, [level @ 48..=51]) => QrFunction::Level(*level),
                    (80, [48, data @ ..]) if !data.is_empty() && data.len() <= 7089 => QrFunction::Store(data.to_vec()),
                    (81, [48]) => QrFunction::Print,
                    other => panic!("GS ( k {other:?} at {start}"),
                })
            }
            b'h' => Command::BarHeight(self.within(1..=255, start)),
            b'w' => Command::BarWidth(self.within(2..=6, start)),
            b'H' => Command::BarText(self.within(0..=3, start)),
            b'k' => {
                let system = self.within(65..=73, start);
                let length = usize::from(self.within(1..=255, start));
                Command::Bars { system, data: self.take(length) }
            }
            b'V' => Command::Cut { how: self.within(65..=66, start), feed: self.next() },
            b'r' => Command::Ask(self.within(1..=2, start)),
            other => panic!("GS {other:02X} at {start}"),
        }
    }

    fn next(&mut self) -> u8 {
        let byte = *self.bytes.get(self.at).expect("a command ends in the middle");
        self.at += 1;
        byte
    }

    fn within(&mut self, range: std::ops::RangeInclusive<u8>, start: usize) -> u8 {
        let n = self.next();
        assert!(range.contains(&n), "{n} is out of {range:?} in the command at {start}");
        n
    }

    fn word(&mut self) -> usize {
        usize::from(u16::from_le_bytes([self.next(), self.next()]))
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let taken = self.bytes.get(self.at..self.at + length).expect("a command ends in the middle").to_vec();
        self.at += length;
        taken
    }
}
