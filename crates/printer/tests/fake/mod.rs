//! A printer on a port of this machine that behaves as it is told, and keeps what it was sent.

#![allow(dead_code, reason = "each story needs some of its moods")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// How it behaves for one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Prints, and says so.
    Good,
    /// Prints, and never says anything.
    Mute,
    /// Says that it is out of paper.
    OutOfPaper,
    /// Runs out of paper after so many bytes, and says so when asked.
    RunsOutAfter(usize),
    /// Takes so many bytes, then no more.
    StallsAfter(usize),
    /// Takes so many bytes, then is gone.
    DropsAfter(usize),
    /// Takes everything, answers about itself, and never says that it is done.
    NeverDone,
}

/// It.
pub(crate) struct FakePrinter {
    pub(crate) address: String,
    /// What each connection sent to be printed, without the questions.
    sheets: Arc<Mutex<Vec<Vec<u8>>>>,
    serving: JoinHandle<Vec<TcpStream>>,
}

impl FakePrinter {
    /// One that takes as many connections as there are moods.
    pub(crate) fn with(moods: &[Mood]) -> Self {
        Self::at("127.0.0.1:0", moods)
    }

    pub(crate) fn at(address: &str, moods: &[Mood]) -> Self {
        let listener = TcpListener::bind(address).expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let sheets = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&sheets);
        let moods = moods.to_vec();
        let serving = thread::spawn(move || {
            // A connection that has stalled stays open, and silent, for as long as the printer is there.
            let mut stalled = Vec::new();
            for mood in moods {
                let (mut stream, _) = listener.accept().expect("a connection");
                let sheet = serve(&mut stream, mood);
                kept.lock().expect("kept").push(sheet);
                if matches!(mood, Mood::StallsAfter(_)) {
                    stalled.push(stream);
                }
            }
            stalled
        });
        Self { address, sheets, serving }
    }

    /// What came out for each connection, once all of them are over.
    pub(crate) fn sheets(self) -> Vec<Vec<u8>> {
        let _stalled = self.serving.join().expect("the printer worked");
        self.sheets.lock().expect("kept").clone()
    }
}

fn serve(stream: &mut TcpStream, mood: Mood) -> Vec<u8> {
    let mut sheet = Vec::new();
    let mut pending: Vec<u8> = Vec::new();
    let mut buffer = [0; 1024];
    loop {
        let limit = match mood {
            Mood::StallsAfter(n) | Mood::DropsAfter(n) => Some(n),
            _ => None,
        };
        if limit.is_some_and(|limit| sheet.len() >= limit) {
            return sheet;
        }
        // Not a byte more than it takes.
        let room = limit.map_or(buffer.len(), |limit| limit - sheet.len()).min(buffer.len());
        let read = match stream.read(&mut buffer[..room]) {
            Ok(0) | Err(_) => return sheet,
            Ok(read) => read,
        };
        pending.extend(&buffer[..read]);
        answer(stream, &mut pending, &mut sheet, mood);
    }
}

/// Takes questions out of what was sent and answers them; the rest is paper. A question's bytes never stand in a paper of
/// these tests.
fn answer(stream: &mut TcpStream, pending: &mut Vec<u8>, sheet: &mut Vec<u8>, mood: Mood) {
    let out = match mood {
        Mood::OutOfPaper => true,
        Mood::RunsOutAfter(n) => sheet.len() + pending.len() > n,
        _ => false,
    };
    while !pending.is_empty() {
        let reply = match pending.as_slice() {
            [0x10] | [0x10, 0x04] | [0x1D] | [0x1D, 0x72] => return,
            [0x10, 0x04, n, ..] => Some(match (n, out) {
                (1, true) => 0x1A,
                (2, true) => 0x32,
                (4, true) => 0x72,
                _ => 0x12,
            }),
            // Off line it executes nothing, this neither.
            [0x1D, 0x72, ..] if out || mood == Mood::NeverDone => {
                pending.drain(..3.min(pending.len()));
                continue;
            }
            [0x1D, 0x72, _, ..] => Some(0x00),
            _ => None,
        };
        match reply {
            Some(reply) => {
                pending.drain(..3);
                if mood != Mood::Mute {
                    let _gone = stream.write_all(&[reply]);
                }
            }
            None => sheet.push(pending.remove(0)),
        }
    }
}
