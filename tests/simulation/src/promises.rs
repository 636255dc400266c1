//! What must hold after every step, said of the till from outside: by what it shows, by its journal, and by what the
//! gateway and the drawer say.

use std::collections::BTreeMap;

use ecpay::Fields;
use journal::Journal;
use register::view::{Notice, TaskKind, View, XReport};
use register::{Received, Register, Relay};
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::payment::{Attempt, Door, Funds, Standing};
use till::refund::Refund;
use till::sale::{Receipt, Sale, SalePhase, Tender};

use super::mail;
use super::world::{Held, Kind, Letter, World};

macro_rules! hold {
    ($what:expr, $($words:tt)+) => {
        if !$what {
            return Err(format!($($words)+));
        }
    };
}

pub(crate) mod money_back;

fn words(error: impl std::fmt::Display) -> String {
    format!("the till cannot be looked at: {error}")
}

/// Everything that can be seen after a step.
pub(crate) fn after_step(world: &mut World) -> Held<View> {
    let view = world.look()?;
    hold!(view.stopped.is_none(), "the till has stopped: {:?}", view.stopped);
    the_cart_adds_up(&view)?;
    remember(world, &view)?;
    let books = books(world)?;
    for attempt in books.attempts.values() {
        an_attempt_keeps_its_promises(world, attempt, &view)?;
    }
    for sale in books.sales.values() {
        a_sale_keeps_its_promises(world, sale, &books.attempts)?;
    }
    the_report_adds_up(world, &books)?;
    a_relay_is_believed_while_it_answers(world, &view)?;
    if world.cast.refunds() {
        money_back::goes_back_once(world, &books, &view)?;
    }
    world.known.books = books;
    Ok(view)
}

fn the_cart_adds_up(view: &View) -> Held {
    let lines: i64 = view.cart.lines.iter().map(|line| line.unit_price * i64::from(line.quantity)).sum();
    hold!(view.cart.total == lines, "the cart comes to {} and its lines to {lines}", view.cart.total);
    hold!(
        view.cart.due == view.cart.total - view.cart.paid || view.cart.paid > view.cart.total,
        "{} owed of {} with {} paid",
        view.cart.due,
        view.cart.total,
        view.cart.paid
    );
    Ok(())
}

/// Learns the names of what is new; what has a name already may not get it again.
fn remember(world: &mut World, view: &View) -> Held {
    if let Some(shown) = &view.attempt {
        let number: AttemptNumber = shown.number.parse().map_err(|error| format!("{error}"))?;
        let sale: SaleNumber = shown.sale.parse().map_err(|error| format!("{error}"))?;
        let known = world.known.attempts.entry(number).or_insert_with(|| sale.clone());
        hold!(*known == sale, "attempt {} has changed its sale from {known} to {sale}", shown.number);
        world.known.sales.insert(sale);
    }
    for text in view.cart.sale.iter().chain(view.closed.iter().map(|closed| &closed.sale)) {
        world.known.sales.insert(text.parse().map_err(|error| format!("{error}"))?);
    }
    for task in &view.tasks {
        if task.what == TaskKind::PaymentDenied
            && let Some(number) = &task.attempt
        {
            world.known.denied.insert(number.parse().map_err(|error| format!("{error}"))?);
        }
    }
    Ok(())
}

/// What the journal says of all that the model knows. A stream is read again when it has had another event: the rest of
/// it cannot change.
#[derive(Clone, Default)]
pub(crate) struct Books {
    seq: u64,
    pub(crate) attempts: BTreeMap<AttemptNumber, Attempt>,
    pub(crate) sales: BTreeMap<SaleNumber, Sale>,
    pub(crate) refunds: BTreeMap<RefundNumber, Refund>,
    report: Option<XReport>,
}

/// The books as of now.
pub(crate) fn books(world: &mut World) -> Held<Books> {
    let mut books = std::mem::take(&mut world.known.books);
    let journal = world.till_ref().journal();
    let seq = journal.head().seq;
    let mut news = Vec::new();
    if books.seq != seq || books.report.is_none() {
        for stream in journal.streams_after_for_tests(books.seq) {
            match stream.split_once('/') {
                Some(("attempt", number)) => drop(books.attempts.remove(&number.parse().map_err(words)?)),
                Some(("sale", number)) => drop(books.sales.remove(&number.parse().map_err(words)?)),
                Some(("refund", number)) => {
                    let number: RefundNumber = number.parse().map_err(words)?;
                    books.refunds.remove(&number);
                    news.push(number);
                }
                _ => {}
            }
        }
        books.report = Some(world.till_ref().report_x(world.now()).map_err(words)?);
        books.seq = seq;
    }
    world.known.refunds.extend(news);
    let journal = world.till_ref().journal();
    for number in &world.known.refunds {
        if books.refunds.contains_key(number) {
            continue;
        }
        let refund = journal.refund(number).map_err(words)?;
        let refund = refund.ok_or_else(|| format!("refund {number} is no longer in the journal"))?;
        books.refunds.insert(number.clone(), refund);
    }
    for number in world.known.attempts.keys() {
        if books.attempts.contains_key(number) {
            continue;
        }
        let attempt = journal.attempt(number).map_err(words)?;
        let attempt = attempt.ok_or_else(|| format!("attempt {number} is no longer in the journal"))?;
        books.attempts.insert(number.clone(), attempt);
    }
    for number in &world.known.sales {
        if books.sales.contains_key(number) {
            continue;
        }
        let sale = journal.sale(number).map_err(words)?;
        books.sales.insert(number.clone(), sale.ok_or_else(|| format!("sale {number} is no longer in the journal"))?);
    }
    Ok(books)
}

fn an_attempt_keeps_its_promises(world: &mut World, attempt: &Attempt, view: &View) -> Held {
    let number = &attempt.terms.number;
    let moved = world.gateway.moved(number.as_str());
    let has_task = |id: &str| view.tasks.iter().any(|task| task.id == format!("{id}/{number}"));
    hold!(
        attempt.terms.sale == world.known.attempts[number],
        "attempt {number} is for {} and not for {}",
        attempt.terms.sale,
        world.known.attempts[number]
    );
    if attempt.is_paid() {
        let real = moved == attempt.terms.amount.as_dollars();
        hold!(real || world.known.lied.contains(number), "{number} is paid, and the gateway has moved {moved}");
        hold!(attempt.funds != Funds::None, "the money of {number} is nowhere");
        world.known.paid.insert(number.clone());
    } else {
        hold!(!world.known.paid.contains(number), "{number} was paid and is not any more");
        hold!(attempt.funds == Funds::None, "{number} is not paid, and its money is {:?}", attempt.funds);
        if attempt.is_live() {
            let shown = view.attempt.as_ref().is_some_and(|shown| shown.number == number.as_str());
            hold!(shown, "{number} can be paid and nobody can cancel it");
        }
        if attempt.can_have_been_paid() && !attempt.watch.ended {
            let question = till::payment::due(attempt, &world.setup.rules);
            hold!(question.is_some(), "{number} can have been paid and nothing is planned");
        }
    }
    if matches!(attempt.funds, Funds::Unapplied(_)) {
        hold!(has_task("money"), "the money of {number} counts nowhere, and nobody is asked");
    }
    if !attempt.alarms.is_empty() {
        let of_this = format!("alarm/{number}/");
        let told = view.tasks.iter().filter(|task| task.id.starts_with(&of_this)).count();
        hold!(told == attempt.alarms.len(), "{number} has alarms {:?}, and {told} are told", attempt.alarms);
    }
    Ok(())
}

fn a_sale_keeps_its_promises(world: &mut World, sale: &Sale, attempts: &BTreeMap<AttemptNumber, Attempt>) -> Held {
    let number = &sale.number;
    let paid = sale.paid().as_dollars();
    let net = sale.totals.net.as_dollars();
    hold!(paid <= net || sale.phase != SalePhase::Closed, "{number} came to {net} and took {paid}");
    let mut counted = Vec::new();
    for tender in &sale.tenders {
        let Tender::Online { attempt, amount, .. } = tender else { continue };
        hold!(!counted.contains(&attempt), "{attempt} counts twice toward {number}");
        counted.push(attempt);
        let known =
            attempts.get(attempt).ok_or_else(|| format!("{number} was paid by {attempt}, which nobody made"))?;
        hold!(known.terms.sale == *number, "{number} was paid by {attempt}, which is another sale's");
        hold!(known.terms.amount == *amount, "{attempt} counts {amount:?} of {:?}", known.terms.amount);
        hold!(
            known.funds == Funds::Applied(number.clone()),
            "{attempt} counts toward {number} and is {:?}",
            known.funds
        );
    }
    for attempt in attempts.values().filter(|attempt| attempt.funds == Funds::Applied(number.clone())) {
        hold!(counted.contains(&&attempt.terms.number), "{} says it counts toward {number}", attempt.terms.number);
    }
    match sale.phase {
        SalePhase::Closed => {
            hold!(paid == net, "{number} is closed with {paid} of {net}");
            let before = *world.known.closed.entry(number.clone()).or_insert(net);
            hold!(before == net, "{number} was closed at {before} and is {net} now");
        }
        SalePhase::Open | SalePhase::Voided => {
            hold!(sale.receipt == Receipt::NotYet, "{number} is {:?} and has a receipt", sale.phase);
            hold!(!world.known.closed.contains_key(number), "{number} was closed and is {:?}", sale.phase);
            hold!(sale.phase == SalePhase::Open || paid == 0, "{number} was given up with {paid} in it");
        }
    }
    Ok(())
}

/// A page is shown at the relay only while the relay answers, and the screen says when it does not.
fn a_relay_is_believed_while_it_answers(world: &World, view: &View) -> Held {
    let Some(relay) = &world.relay else { return Ok(()) };
    let said = relay.mailman.said;
    let there = view.attempt.as_ref().is_some_and(|shown| mail::is_there(&shown.link));
    hold!(!there || said == Relay::Answers, "the page is shown at a relay of which the till knows {said:?}");
    let away = view.notices.iter().any(|notice| matches!(notice, Notice::RelayAway { .. }));
    hold!(away == (said == Relay::Away), "the relay is {said:?}, and the screen says away: {away}");
    Ok(())
}

fn the_report_adds_up(world: &World, books: &Books) -> Held {
    let Books { attempts, sales, report: Some(report), .. } = books else { return Err("no report".to_owned()) };
    hold!(report.cross_foot.agrees, "the report does not add up: {:?}", report.cross_foot);
    let closed: i64 = world.known.closed.values().sum();
    hold!(report.net == closed, "the report says {} and the sales come to {closed}", report.net);
    let cash: i64 = report.tenders.iter().filter(|tender| tender.tender == "cash").map(|tender| tender.amount).sum();
    hold!(cash == world.known.cash, "the report has {cash} in cash and the drawer {}", world.known.cash);
    let money = |wanted: &dyn Fn(&Attempt) -> bool| -> i64 {
        attempts.values().filter(|attempt| wanted(attempt)).map(|attempt| attempt.terms.amount.as_dollars()).sum()
    };
    let waiting = money(&|attempt| matches!(attempt.funds, Funds::Unapplied(_)));
    hold!(report.unapplied == waiting, "the report has {} unapplied, and {waiting} is", report.unapplied);
    let is_closed = |sale: &SaleNumber| sales.get(sale).is_some_and(|sale| sale.phase == SalePhase::Closed);
    let online = money(&|attempt| matches!(&attempt.funds, Funds::Applied(sale) if is_closed(sale)));
    let reported = report.net - cash;
    hold!(reported == online, "the report has {reported} from the gateway, and {online} counts");
    Ok(())
}

/// A receipt says that goods were paid for.
pub(crate) fn receipt_may_be_made(world: &World, number: &SaleNumber) -> Held {
    let sale = world.till_ref().journal().sale(number).map_err(words)?;
    let sale = sale.ok_or_else(|| format!("a receipt for {number}, which is no sale"))?;
    hold!(sale.phase == SalePhase::Closed, "a receipt for {number}, which is {:?}", sale.phase);
    for tender in &sale.tenders {
        let Tender::Online { attempt, amount, .. } = tender else { continue };
        let moved = world.gateway.moved(attempt.as_str());
        let real = moved == amount.as_dollars();
        hold!(real || world.known.lied.contains(attempt), "a receipt for {number}, and {attempt} moved {moved}");
    }
    Ok(())
}

/// The gateway is asked about what was recorded, and never while it wants to be left alone.
pub(crate) fn may_be_asked(world: &World, number: &AttemptNumber, form: &str) -> Held {
    let now = world.now().unix_ms();
    let silent = world.silent_until.is_some_and(|until| now < until);
    hold!(!silent, "{number} is asked about at {now}, before {:?}", world.silent_until);
    let attempt = world.till_ref().journal().attempt(number).map_err(words)?;
    let asked = attempt.and_then(|attempt| attempt.watch.asked);
    hold!(asked == Some(world.now()), "{number} is asked about, and that is not in the journal ({asked:?})");
    let form = Fields::from_form(form.as_bytes()).map_err(|error| format!("{error}"))?;
    hold!(form.get("MerchantTradeNo") == Some(number.as_str()), "a question about {number} names another");
    Ok(())
}

/// What was acknowledged is in the journal.
pub(crate) fn was_received(world: &mut World, letter: &Letter, received: Received) -> Held {
    let number: AttemptNumber = letter.number.parse().map_err(|error| format!("{error}"))?;
    let attempt = world.till_ref().journal().attempt(&number).map_err(words)?;
    match letter.kind {
        Kind::Refused => {
            hold!(received == Received::Refused, "a message not to be believed about {number} was {received:?}");
        }
        Kind::Paid | Kind::Other | Kind::Odd | Kind::Lie => {
            hold!(received != Received::Refused, "the gateway's word about {number} was refused");
        }
    }
    let Some(attempt) = attempt else { return Ok(()) };
    if letter.kind == Kind::Paid && letter.door == Door::Notice {
        hold!(attempt.is_paid(), "{number}: the notice is acknowledged, and the journal does not say paid");
    }
    if letter.kind == Kind::Lie && letter.door == Door::Notice && attempt.is_paid() {
        world.known.paid.insert(number);
    }
    Ok(())
}

/// Before money is asked for: nobody pays twice because the till guessed.
pub(crate) fn may_collect(world: &mut World, sale: Option<&SaleNumber>) -> Held<bool> {
    let Some(sale) = sale else { return Ok(true) };
    let blocks = |attempt: &Attempt| {
        let waits = matches!(attempt.funds, Funds::Unapplied(_));
        attempt.terms.sale == *sale && (waits || (attempt.is_unknown() && !attempt.released))
    };
    let books = books(world)?;
    let free = !books.attempts.values().any(blocks);
    world.known.books = books;
    Ok(free)
}

/// Everybody has talked: every dollar that moved is in the journal, and nothing is left open.
pub(crate) fn at_the_end(world: &mut World) -> Held {
    let view = after_step(world)?;
    // As the file has it, and not as it was remembered.
    world.known.books = Books::default();
    let books = books(world)?;
    let attempts = &books.attempts;
    let mut moved = 0;
    let mut journalled = 0;
    for (number, attempt) in attempts {
        let at_gateway = world.gateway.moved(number.as_str());
        let lied = world.known.lied.contains(number);
        if world.known.left_open.contains(number) && !attempt.is_paid() {
            // A person was told before the bank made up its mind, and no message ever came.
            hold!(attempt.watch.ended, "{number} was left open and is still watched");
        } else if !lied || at_gateway > 0 {
            moved += at_gateway;
            journalled += if attempt.is_paid() { attempt.terms.amount.as_dollars() } else { 0 };
            hold!(
                attempt.is_paid() == (at_gateway > 0),
                "the gateway has moved {at_gateway} for {number}, and the journal has it {:?}, asked {:?}",
                attempt.phase,
                attempt.watch
            );
        } else if attempt.is_paid() {
            hold!(world.known.denied.contains(number), "{number} was never paid, and nobody was told: {attempt:?}");
        }
        hold!(attempt.watch.ended, "{number} is {:?} and still watched after all these days", attempt.phase);
        hold!(
            attempt.is_paid() || matches!(attempt.standing, Standing::Withdrawn { .. }),
            "{number} is {:?} and still on the counter",
            attempt.phase
        );
    }
    hold!(moved == journalled, "the gateway has moved {moved}, and the journal has {journalled}");
    hold!(
        world.gateway.orders.keys().all(|number| number.parse().is_ok_and(|number| attempts.contains_key(&number))),
        "the gateway has an order that the till never made"
    );
    hold!(view.watched.is_empty(), "{} attempts are watched for ever", view.watched.len());
    money_back::is_back(world, &books)?;
    if let Some(relay) = &world.relay {
        let lost = relay.safe.values().find(|safe| !safe.taken).map(|safe| &safe.letter);
        hold!(lost.is_none(), "the relay said that {lost:?} is safe, and the till never had it");
        hold!(relay.mailman.said == Relay::Answers, "the relay is back, and the till has it {:?}", relay.mailman.said);
    }
    Ok(())
}

/// What a screen shows but for what a restart may change: revisions, moments of the next question, receipts under way.
fn lasting(view: &View) -> Vec<String> {
    let attempt = |attempt: &register::view::Attempt| {
        format!(
            "{} {} {} {:?} {:?} {} {}",
            attempt.number,
            attempt.sale,
            attempt.amount,
            attempt.state,
            // A till that has just come back does not know yet whether its relay answers.
            attempt.link.rsplit('/').next(),
            attempt.can_cancel,
            attempt.held
        )
    };
    let mut all = vec![format!("{:?}", view.cart)];
    all.extend(view.attempt.iter().map(attempt));
    all.extend(view.closed.iter().map(|closed| {
        format!("{} {} {} {:?} {}", closed.sale, closed.total, closed.closed_ms, closed.tenders, closed.change)
    }));
    all.extend(view.watched.iter().map(attempt));
    // A step that was under way is in doubt afterwards.
    let passing = [TaskKind::ReceiptFailed, TaskKind::RefundUnknown];
    let mut tasks: Vec<String> =
        view.tasks.iter().filter(|task| !passing.contains(&task.what)).map(|task| format!("{task:?}")).collect();
    tasks.sort();
    all.extend(tasks);
    all
}

/// What is read back is what was in memory.
pub(crate) fn same_after(before: &View, after: &View) -> Held {
    let (before, after) = (lasting(before), lasting(after));
    let differs = before.iter().zip(&after).find(|(before, after)| before != after);
    if let Some((before, after)) = differs {
        return Err(format!("a restart changed what is shown\n    from {before}\n    to   {after}"));
    }
    hold!(before.len() == after.len(), "a restart changed what is shown\n    from {before:?}\n    to   {after:?}");
    Ok(())
}

/// The journal proves itself, and nobody else can be read instead.
pub(crate) fn the_file_proves_itself(world: &World, sales_closed: u64) -> Held {
    let verified = journal::verify(&world.path()).map_err(|error| format!("the journal: {error}"))?;
    hold!(
        verified.closed == sales_closed,
        "{} sales closed in the file, {sales_closed} at the counter",
        verified.closed
    );
    let reader = Journal::open_read_only(&world.path()).map_err(|error| error.to_string())?;
    hold!(reader.head().map_err(words)? == verified.head, "the head is not the end of the chain");
    Ok(())
}

/// The head of the till's journal.
pub(crate) fn head(till: &Register) -> String {
    till.journal().head().hex()
}
