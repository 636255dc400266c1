//! What a disk that stopped in the middle may hold.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::{fs, io};

use crate::tape::{Step, Tape};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// A file on the way to the disk.
#[derive(Clone, Debug, Default)]
struct File {
    /// As of the last sync.
    durable: Vec<u8>,
    /// What was asked since, oldest first.
    pending: Vec<Change>,
}

#[derive(Clone, Debug)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate { length: usize },
}

/// A change to the folder on its way to the disk.
#[derive(Clone, Debug)]
enum Entry {
    Made { name: String, file: usize },
    Gone { name: String },
}

/// The folder: files by number, since one name can belong to several files one after the other.
#[derive(Clone, Debug, Default)]
struct Folder {
    files: Vec<File>,
    /// Which file a name means to the program.
    names: BTreeMap<String, usize>,
    /// Which file a name means on the disk.
    durable: BTreeMap<String, usize>,
    pending: Vec<Entry>,
}

impl Folder {
    fn of(before: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut folder = Self::default();
        for (name, bytes) in before {
            folder.durable.insert(name.clone(), folder.files.len());
            folder.files.push(File { durable: bytes.clone(), pending: vec![] });
        }
        folder.names = folder.durable.clone();
        folder
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Create { name } => {
                let file = self.files.len();
                self.files.push(File::default());
                self.names.insert(name.clone(), file);
                self.pending.push(Entry::Made { name: name.clone(), file });
            }
            Step::Delete { name, durable } => {
                self.names.remove(name);
                self.pending.push(Entry::Gone { name: name.clone() });
                if *durable {
                    self.sync();
                }
            }
            Step::Write { name, at, bytes } => {
                self.file(name).pending.push(Change::Write { at: *at, bytes: bytes.clone() });
            }
            Step::Truncate { name, length } => self.file(name).pending.push(Change::Truncate { length: *length }),
            Step::Sync { name, folder } => {
                self.file(name).sync();
                if *folder {
                    self.sync();
                }
            }
        }
    }

    fn file(&mut self, name: &str) -> &mut File {
        let number = *self.names.get(name).expect("only files that are there are written to");
        &mut self.files[number]
    }

    fn sync(&mut self) {
        let all = self.pending.len();
        self.durable = self.entries(all);
        self.pending.clear();
    }

    /// The names on the disk when this many of the pending changes have arrived.
    fn entries(&self, arrived: usize) -> BTreeMap<String, usize> {
        let mut names = self.durable.clone();
        for entry in &self.pending[..arrived] {
            match entry {
                Entry::Made { name, file } => names.insert(name.clone(), *file),
                Entry::Gone { name } => names.remove(name),
            };
        }
        names
    }
}

impl File {
    fn sync(&mut self) {
        for change in std::mem::take(&mut self.pending) {
            match change {
                Change::Write { at, bytes } => {
                    grow(&mut self.durable, at + bytes.len());
                    self.durable[at..at + bytes.len()].copy_from_slice(&bytes);
                }
                Change::Truncate { length } => self.durable.resize(length, 0),
            }
        }
    }

    /// The file when the power has gone: each sector as it was after some of the pending changes, and as long as it was
    /// after some of them.
    fn left(&self, luck: &mut Luck<'_>) -> Vec<u8> {
        let all = self.pending.len();
        let mut sectors: HashMap<usize, usize> = HashMap::new();
        let lengths = self.lengths();
        let mut image = self.durable.clone();
        grow(&mut image, lengths.iter().copied().max().unwrap_or(0));
        for (number, change) in self.pending.iter().enumerate() {
            match change {
                Change::Write { at, bytes } => {
                    let mut done = 0;
                    while done < bytes.len() {
                        let sector = (at + done) / SECTOR;
                        let part = (SECTOR - (at + done) % SECTOR).min(bytes.len() - done);
                        if *sectors.entry(sector).or_insert_with(|| luck.arrived(all)) > number {
                            image[at + done..at + done + part].copy_from_slice(&bytes[done..done + part]);
                        }
                        done += part;
                    }
                }
                Change::Truncate { length } => {
                    let mut from = *length;
                    while from < image.len() {
                        let end = ((from / SECTOR + 1) * SECTOR).min(image.len());
                        if *sectors.entry(from / SECTOR).or_insert_with(|| luck.arrived(all)) > number {
                            image[from..end].fill(0);
                        }
                        from = end;
                    }
                }
            }
        }
        image.resize(lengths[luck.arrived(all)], 0);
        image
    }

    /// How long the file was before the first pending change and after each.
    fn lengths(&self) -> Vec<usize> {
        let mut length = self.durable.len();
        let after = self.pending.iter().map(|change| {
            length = match change {
                Change::Write { at, bytes } => length.max(at + bytes.len()),
                Change::Truncate { length } => *length,
            };
            length
        });
        std::iter::once(self.durable.len()).chain(after).collect()
    }
}

fn grow(bytes: &mut Vec<u8>, length: usize) {
    if bytes.len() < length {
        bytes.resize(length, 0);
    }
}

/// How lucky the shop is with what was not synced.
struct Luck<'a> {
    below: &'a mut dyn FnMut(u64) -> u64,
    /// Of ten sectors, how many are up to date.
    kept: u64,
    /// Of ten sectors, how many are as of the last sync; the others are as of some moment between.
    lost: u64,
}

impl<'a> Luck<'a> {
    fn draw(below: &'a mut dyn FnMut(u64) -> u64) -> Self {
        // Everything, nothing, nearly everything, nearly nothing, and a thorough mess.
        let (kept, lost) = [(10, 0), (0, 10), (9, 0), (8, 2), (1, 8), (5, 5), (3, 3)][index(below(7))];
        Self { below, kept, lost }
    }

    /// How many of the pending changes something has seen.
    fn arrived(&mut self, all: usize) -> usize {
        let draw = (self.below)(10);
        if draw < self.kept {
            all
        } else if draw < self.kept + self.lost {
            0
        } else {
            index((self.below)(u64::try_from(all).expect("a length fits") + 1))
        }
    }
}

fn index(drawn: u64) -> usize {
    usize::try_from(drawn).expect("smaller than a length")
}

/// Files as they are found when the power is back.
pub(crate) struct Left(BTreeMap<String, Vec<u8>>);

/// What may be left after so many steps of the tape.
pub(crate) fn left(tape: &Tape, after: usize, below: &mut dyn FnMut(u64) -> u64) -> Left {
    let mut folder = Folder::of(&tape.before);
    for step in &tape.steps[..after] {
        folder.take(step);
    }
    let mut luck = Luck::draw(below);
    let names = folder.entries(luck.arrived(folder.pending.len()));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, number) in names {
        let bytes = folder.files[number].left(&mut luck);
        files.insert(name, bytes);
    }
    if below(2) == 0 {
        // What the next start takes for the index must not matter.
        let logs: Vec<String> = files.keys().filter(|name| name.ends_with("-wal")).cloned().collect();
        for log in logs {
            let noise = (0..4_096).flat_map(|_| below(u64::MAX).to_le_bytes()).collect();
            files.insert(log.replace("-wal", "-shm"), noise);
        }
    }
    Left(files)
}

impl Left {
    pub(crate) fn write(&self, into: &Path) -> io::Result<()> {
        self.0.iter().try_for_each(|(name, bytes)| fs::write(into.join(name), bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tape(steps: Vec<Step>) -> Tape {
        Tape { before: BTreeMap::new(), steps }
    }

    fn write(at: usize, byte: u8, length: usize) -> Step {
        Step::Write { name: "f".into(), at, bytes: vec![byte; length] }
    }

    /// Every file this can leave, over many draws.
    fn found(tape: &Tape, after: usize) -> Vec<Option<Vec<u8>>> {
        let mut state = 1_u64;
        let mut below = move |bound: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % bound.min(1 << 31)
        };
        let mut found: Vec<_> = (0..2_000).map(|_| left(tape, after, &mut below).0.get("f").cloned()).collect();
        found.sort();
        found.dedup();
        found
    }

    #[test]
    fn what_was_synced_stays_and_what_was_not_is_kept_lost_or_torn() {
        let sync = Step::Sync { name: "f".into(), folder: true };
        let tape = tape(vec![
            Step::Create { name: "f".into() },
            write(0, 1, 2 * SECTOR),
            sync,
            write(0, 2, SECTOR),
            write(SECTOR, 3, SECTOR),
        ]);
        assert_eq!(found(&tape, 3), [Some(vec![1; 2 * SECTOR])], "synced");
        let both = |first: u8, second: u8| Some([vec![first; SECTOR], vec![second; SECTOR]].concat());
        // Either sector, in any order.
        assert_eq!(found(&tape, 5), [both(1, 1), both(1, 3), both(2, 1), both(2, 3)]);
    }

    #[test]
    fn a_file_nobody_synced_is_there_or_not_and_as_long_as_it_ever_was() {
        let tape = tape(vec![Step::Create { name: "f".into() }, write(0, 7, SECTOR), write(SECTOR, 7, SECTOR)]);
        let lengths: Vec<_> = found(&tape, 3).into_iter().map(|file| file.map(|bytes| bytes.len())).collect();
        for length in [None, Some(0), Some(SECTOR), Some(2 * SECTOR)] {
            assert!(lengths.contains(&length), "{length:?}");
        }
    }

    #[test]
    fn a_deleted_file_is_gone_for_good_only_once_the_folder_was_synced() {
        let made = [Step::Create { name: "f".into() }, write(0, 7, 4), Step::Sync { name: "f".into(), folder: true }];
        for (durable, left) in [(false, vec![None, Some(vec![7; 4])]), (true, vec![None])] {
            let gone = Step::Delete { name: "f".into(), durable };
            let tape = tape(made.iter().cloned().chain([gone]).collect());
            assert_eq!(found(&tape, 4), left, "folder synced: {durable}");
        }
    }
}
