//! One paper's conversation with a printer that may or may not answer: how are you, here is a paper, is it out?

use std::time::{Duration, Instant};

use paper::escpos::status::{self, DONE, Health, QUESTIONS};

use crate::trouble::{Trouble, Why, of_net};
use crate::{Patience, Printed};

/// Bytes there, a few back. Every wait ends.
pub(crate) trait Line {
    /// Hands over all bytes, or says why not.
    fn send(&mut self, bytes: &[u8], stall: Duration) -> Result<(), Why>;
    /// The next byte the printer says; nothing when it says none in time.
    fn hear(&mut self, patience: Duration) -> Result<Option<u8>, Why>;
}

impl Line for net::Wire {
    /// How long it may stall was said when it was opened.
    fn send(&mut self, bytes: &[u8], _stall: Duration) -> Result<(), Why> {
        net::Wire::send(self, bytes).map_err(of_net)
    }

    fn hear(&mut self, patience: Duration) -> Result<Option<u8>, Why> {
        net::Wire::hear(self, patience).map_err(of_net)
    }
}

/// Prints one paper.
pub(crate) fn print(line: &mut dyn Line, bytes: &[u8], patience: Patience) -> Result<Printed, Trouble> {
    let health = health(line, patience).map_err(Why::before)?;
    if let Some(health) = health.filter(|health| !health.prints()) {
        return Err(Why::Says(health).before());
    }
    if let Err(why) = line.send(bytes, patience.stall) {
        // It may be able to say what stopped it: that is what a person can mend.
        let said = self::health(line, patience).ok().flatten().filter(|health| !health.prints());
        return Err(said.map_or(why, Why::Says).after());
    }
    if health.is_none() {
        return Ok(Printed::Taken);
    }
    done(line, patience).map_err(Why::after)
}

/// Asks whether all of it was printed. A printer that runs out of paper does not answer, and then says so when asked how
/// it is.
fn done(line: &mut dyn Line, patience: Patience) -> Result<Printed, Why> {
    line.send(&DONE, patience.stall)?;
    let end = Instant::now() + patience.done;
    let mut answers = Vec::new();
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match line.hear(left.min(patience.answer))? {
            // The two kinds of answers differ in their fixed bits, so that it does not matter which comes first.
            Some(answer) => match status::read_done(answer) {
                Some(health) if health.prints() => return Ok(Printed::Said(health)),
                Some(health) => return Err(Why::Says(health)),
                None => answers.push(answer),
            },
            None => {
                answers.clear();
                for question in QUESTIONS {
                    line.send(&question, patience.stall)?;
                }
            }
        }
        if let Ok(answers) = <[u8; QUESTIONS.len()]>::try_from(answers.as_slice())
            && let Some(health) = status::read(answers).filter(|health| !health.prints())
        {
            return Err(Why::Says(health));
        }
        if Instant::now() >= end {
            return Err(Why::Silent);
        }
    }
}

/// Asks how the printer is; nothing when it does not answer.
pub(crate) fn health(line: &mut dyn Line, patience: Patience) -> Result<Option<Health>, Why> {
    let mut answers = [0; QUESTIONS.len()];
    for (question, answer) in QUESTIONS.iter().zip(&mut answers) {
        line.send(question, patience.stall)?;
        match line.hear(patience.answer)? {
            Some(said) => *answer = said,
            None => return Ok(None),
        }
    }
    Ok(status::read(answers))
}
