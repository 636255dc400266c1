//! What can happen in an afternoon, and how each thing is done to the till.

use register::view::{self, TaskChoice, TaskKind, View};
use register::{CommandError, PageState};
use till::ids::SaleNumber;
use till::payment::{Door, Method};

use super::gateway::{Says, State, Submitted};
use super::world::{DAY, HOUR, Held, Kind, Letter, MINUTE, Phone, SECOND, Weather, World};
use super::{mail, promises, refunds};

macro_rules! steps {
    ($($(#[$doc:meta])* $part:ident: $($name:ident $often:literal,)*;)*) => {
        /// One thing that happens.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Step { $($($name),*),* }

        impl Step {
            $($(#[$doc])* pub(crate) const $part: &[(Self, u64)] = &[$((Self::$name, $often)),*];)*
        }
    };
}

steps! {
    /// What happens in every afternoon, and how often beside the rest.
    SELLING:
    Scan 30, Quantity 6, Remove 4, Clear 3, Cash 8, Online 22, Cancel 10, CheckNow 6, Release 6, Resolve 12,
    Dismiss 3, Copy 2, LookAround 2,
    OpenPage 24, OpenOldPage 4, Submit 26, PayNow 26, Decline 6, Pending 5, TakeCode 6, BankDecides 6,
    Wait 24, WaitLong 8, WaitDays 2,
    Weather 6, ClockJump 2, Repeat 6, Lie 3, Odd 3, Forge 3, DiskFull 3, DiskFree 6, Kill 5, KillTorn 3, Restart 3,
    ;
    /// What happens besides where money goes back.
    REFUNDING: CardSale 14, Refund 14, RefundRetry 4, RefundDrop 3, HandOver 4, Evening 5,
    ;
    /// What happens besides where a relay is in the middle.
    RELAYING: RelayWeather 8, Junk 3, MailRound 6,
    ;
}

/// A step that does not fit what is there does nothing.
pub(crate) fn take(world: &mut World, step: Step, view: &View) -> Held<String> {
    let now = world.now();
    Ok(match step {
        Step::Scan => {
            let which = world.luck.between(1, 12);
            let many = if world.luck.percent(20) { "2*" } else { "" };
            let done = world.till().scan(&format!("{many}SIM{which:05}"));
            said(world, done)?
        }
        Step::Quantity => {
            let Some(line) = world.luck.pick(&view.cart.lines).map(|line| line.line) else { return Ok(nothing()) };
            let many = u32::try_from(world.luck.between(0, 6)).expect("few");
            let done = world.till().set_quantity(line, many);
            said(world, done)?
        }
        Step::Remove => {
            let Some(line) = world.luck.pick(&view.cart.lines).map(|line| line.line) else { return Ok(nothing()) };
            let done = world.till().remove(line);
            said(world, done)?
        }
        Step::Clear => {
            let done = world.till().clear(now);
            said(world, done)?
        }
        Step::Cash => cash(world, view)?,
        Step::Online => online(world, view)?,
        Step::Cancel => {
            let done = world.till().cancel_payment(now);
            said(world, done)?
        }
        Step::CheckNow => {
            let done = world.till().check_now(now);
            said(world, done)?
        }
        Step::Release => {
            let done = world.till().release("店長", "客人出示付款失敗畫面", now);
            said(world, done)?
        }
        Step::Resolve => resolve(world, view)?,
        Step::Dismiss => {
            let done = world.till().dismiss_closed();
            said(world, done)?
        }
        Step::Copy => copy(world)?,
        Step::LookAround => {
            let seen = world.till_ref().recent().map(|recent| recent.len());
            let seen = world.allowed(seen)?;
            format!("{seen:?} recent, {} found", world.till_ref().shelf().found("商品1").len())
        }
        Step::OpenPage => {
            let Some(shown) = &view.attempt else { return Ok(nothing()) };
            let link = shown.link.rsplit('/').next().unwrap_or_default().to_owned();
            open(world, &link, shown.method.into(), mail::is_there(&shown.link))?
        }
        Step::OpenOldPage => {
            let Some(phone) = world.luck.pick(&world.phones.clone()).cloned() else { return Ok(nothing()) };
            open(world, &phone.link, phone.method, phone.at_relay)?
        }
        Step::Submit => submit(world)?,
        Step::PayNow => match payable(world) {
            Some(number) => {
                world.pay(&number);
                format!("{number} paid")
            }
            None => nothing(),
        },
        Step::Decline => match payable(world).filter(|number| !has_code(world, number)) {
            Some(number) => {
                world.gateway.orders.get_mut(&number).expect("there").state = State::Declined;
                world.tell_about(&number, "10300099", Kind::Other);
                format!("{number} declined")
            }
            None => nothing(),
        },
        Step::Pending => match payable(world).filter(|number| !has_code(world, number)) {
            Some(number) => {
                world.gateway.orders.get_mut(&number).expect("there").state = State::Pending;
                world.tell_about(&number, "10300066", Kind::Other);
                format!("{number} pending")
            }
            None => nothing(),
        },
        Step::TakeCode => take_code(world),
        Step::BankDecides => bank_decides(world),
        Step::Wait => {
            let ms = world.luck.between(1, 90 * SECOND);
            world.pass(ms)?;
            format!("{ms} ms")
        }
        Step::WaitLong => {
            let ms = world.luck.between(MINUTE, 4 * HOUR);
            world.pass(ms)?;
            format!("{} min", ms / MINUTE)
        }
        Step::WaitDays => {
            let ms = world.luck.between(4 * HOUR, 3 * DAY);
            world.pass(ms)?;
            format!("{} h", ms / HOUR)
        }
        Step::Weather => {
            use Weather::{Fine, Garbage, MaybeSent, NotSent, Refusing, Slow};
            world.weather =
                *world.luck.pick(&[Fine, Fine, Fine, Slow, NotSent, MaybeSent, Refusing, Garbage]).expect("some");
            format!("{:?}", world.weather)
        }
        Step::ClockJump => {
            world.offset = world.luck.between(-3 * HOUR, 3 * HOUR);
            format!("{} min off", world.offset / MINUTE)
        }
        Step::Repeat => match world.luck.pick(&world.old.clone()).cloned() {
            Some(letter) => {
                let name = letter.number.clone();
                world.send(letter);
                name
            }
            None => nothing(),
        },
        Step::Lie => lie(world)?,
        Step::Odd => odd(world),
        Step::Forge => forge(world),
        Step::DiskFull => {
            let pages = u32::try_from(world.luck.between(0, 6)).expect("few");
            world.till_ref().journal().limit_growth_for_tests(Some(pages));
            world.disk_full = true;
            format!("{pages} pages left")
        }
        Step::DiskFree => {
            if !world.disk_full {
                return Ok(nothing());
            }
            world.till_ref().journal().limit_growth_for_tests(None);
            world.disk_full = false;
            "free again".to_owned()
        }
        Step::Kill | Step::KillTorn => {
            let before = world.look()?;
            world.kill(step == Step::KillTorn)?;
            let after = world.look()?;
            promises::same_after(&before, &after)?;
            "started again".to_owned()
        }
        Step::Restart => {
            let before = world.look()?;
            world.restart()?;
            let after = world.look()?;
            promises::same_after(&before, &after)?;
            "started again".to_owned()
        }
        Step::CardSale => card_sale(world)?,
        Step::Refund => refunds::ask(world)?,
        Step::RefundRetry => refunds::retry(world, view)?,
        Step::RefundDrop => refunds::give_up(world, view)?,
        Step::HandOver => refunds::hand_over(world, view)?,
        Step::Evening => refunds::evening(world)?,
        Step::RelayWeather => mail::weather(world),
        Step::Junk => match one_of_ours(world) {
            Some((_, terms)) => mail::junk(world, &terms.token)?,
            None => nothing(),
        },
        Step::MailRound => {
            world.mail_round()?;
            "a round".to_owned()
        }
    })
}

pub(crate) fn nothing() -> String {
    "-".to_owned()
}

/// A refusal is an answer; a failure is not. A refused command has recorded nothing.
pub(crate) fn said(world: &World, outcome: Result<(), CommandError>) -> Held<String> {
    Ok(match world.allowed(outcome)? {
        Ok(()) => "ok".to_owned(),
        Err(error) => format!("refused: {error}"),
    })
}

fn on_counter(view: &View) -> Option<SaleNumber> {
    view.cart.sale.as_ref().and_then(|sale| sale.parse().ok())
}

fn cash(world: &mut World, view: &View) -> Held<String> {
    let free = promises::may_collect(world, on_counter(view).as_ref())?;
    let received = view.cart.due + world.luck.between(-1, 500);
    let now = world.now();
    let head = promises::head(world.till());
    let done = world.till().pay_cash(received, now);
    let done = world.allowed(done)?;
    if done.is_err() && head != promises::head(world.till()) {
        return Err("cash was refused, and something was recorded".to_owned());
    }
    if done.is_ok() {
        if !free {
            return Err("cash was taken while nobody knows whether the customer has paid".to_owned());
        }
        if received < view.cart.due {
            return Err(format!("{received} was taken for {}", view.cart.due));
        }
        world.known.cash += view.cart.due;
    }
    Ok(format!("{received}: {done:?}"))
}

fn online(world: &mut World, view: &View) -> Held<String> {
    let method = *world.luck.pick(&Method::EVERY).expect("some");
    let method = if world.luck.percent(40) { Method::All } else { method };
    online_by(world, view, method)
}

/// Somebody comes, buys, pays with a card and goes, if the counter is free for it.
fn card_sale(world: &mut World) -> Held<String> {
    for _ in 0..world.luck.between(1, 3) {
        let which = world.luck.between(1, 12);
        let done = world.till().scan(&format!("SIM{which:05}"));
        world.allowed(done)?.ok();
    }
    let before = world.look()?;
    let asked = online_by(world, &before, Method::Credit)?;
    let Some(shown) = world.look()?.attempt else { return Ok(asked) };
    let link = shown.link.rsplit('/').next().unwrap_or_default().to_owned();
    // The page is put up, and the relay hears of it.
    world.pass(5 * SECOND)?;
    let phones = world.phones.len();
    open(world, &link, shown.method.into(), mail::is_there(&shown.link))?;
    if let Some(phone) = world.phones.get(phones).cloned() {
        submit_on(world, &phone)?;
        if payable_now(world).contains(&shown.number) {
            world.pay(&shown.number);
        }
    }
    let ms = world.luck.between(SECOND, 2 * MINUTE);
    world.pass(ms)?;
    Ok(format!("{}: {asked}", shown.number))
}

fn online_by(world: &mut World, view: &View, method: Method) -> Held<String> {
    let sale = on_counter(view);
    let free = promises::may_collect(world, sale.as_ref())?;
    let now = world.now();
    let head = promises::head(world.till());
    let till_and_chance = {
        let chance = std::mem::replace(&mut world.chance, super::luck::SeededChance::new(0));
        let done = world.till().pay_online(method.into(), now, &chance);
        world.chance = chance;
        done
    };
    let done = world.allowed(till_and_chance)?;
    if done.is_err() {
        if head != promises::head(world.till()) {
            return Err("a payment was refused, and something was recorded".to_owned());
        }
        return Ok(format!("{method:?}: {done:?}"));
    }
    if !free {
        return Err("the customer is asked to pay again while nobody knows whether they have".to_owned());
    }
    let after = world.look()?;
    let shown = after.attempt.ok_or("money was asked for, and nothing is shown")?;
    let number = shown.number.parse().map_err(|error| format!("{error}"))?;
    if world.known.attempts.contains_key(&number) || world.gateway.orders.contains_key(&shown.number) {
        return Err(format!("the number {number} is used a second time"));
    }
    if shown.amount != view.cart.due {
        return Err(format!("{} is asked for, and {} is owed", shown.amount, view.cart.due));
    }
    if view.cart.sale.is_none() && world.known.sales.iter().any(|known| known.as_str() == shown.sale) {
        return Err(format!("the sale number {} is used a second time", shown.sale));
    }
    Ok(format!("{method:?}: {number}"))
}

fn resolve(world: &mut World, view: &View) -> Held<String> {
    let Some(task) = world.luck.pick(&view.tasks).cloned() else { return Ok(nothing()) };
    let every = [TaskChoice::AcceptToSale, TaskChoice::RefundByHand, TaskChoice::Seen, TaskChoice::Retry];
    let choices = choices(world, &task);
    let offered = if choices.is_empty() || world.luck.percent(5) { &every[..] } else { &choices[..] };
    let choice = *world.luck.pick(offered).expect("some");
    let now = world.now();
    let done = world.till().resolve(&task.id, choice, now);
    if done.is_ok() && choice == TaskChoice::Seen {
        is_left_open(world, &task);
    }
    Ok(format!("{} {choice:?}: {}", task.id, said(world, done)?))
}

/// A person has taken note that nobody said how a payment ended.
fn is_left_open(world: &mut World, task: &view::Task) {
    if task.what == TaskKind::LeftOpen {
        world.known.left_open.extend(task.attempt.iter().filter_map(|number| number.parse().ok()));
    }
}

fn copy(world: &mut World) -> Held<String> {
    let closed: Vec<SaleNumber> = world.known.closed.keys().cloned().collect();
    let Some(sale) = world.luck.pick(&closed).cloned() else { return Ok(nothing()) };
    let next = world.till().next_copy(sale.as_str());
    let Ok((number, copy, _)) = world.allowed(next)? else {
        return Err(format!("{sale} is closed and has no receipt to copy"));
    };
    promises::receipt_may_be_made(world, &number)?;
    let now = world.now();
    let outcome = if world.luck.percent(10) { Err("no paper".to_owned()) } else { Ok(()) };
    let made = world.till().receipt_made(&number, copy, outcome, now);
    Ok(format!("{number} copy {copy}: {}", said(world, made)?))
}

fn open(world: &mut World, link: &str, method: Method, at_relay: bool) -> Held<String> {
    let until = world.t + 6 * HOUR;
    if at_relay {
        let Some(form) = mail::open(world, link) else { return Ok("the relay's page does not come".to_owned()) };
        let number = form.get("MerchantTradeNo").unwrap_or_default().to_owned();
        world.phones.push(Phone { link: link.to_owned(), form, method, until, at_relay });
        return Ok(format!("{number} on a phone, from the relay"));
    }
    let now = world.now();
    let page = world.till().page(link, now);
    let Ok(page) = world.allowed(page)? else { return Ok("the page does not come".to_owned()) };
    let page = page.ok_or_else(|| format!("{link} leads nowhere"))?;
    if page.state != PageState::Fresh {
        return Ok(format!("{:?}", page.state));
    }
    let number = page.fields.get("MerchantTradeNo").unwrap_or_default().to_owned();
    let opened = number.parse().ok().and_then(|number| world.till_ref().journal().attempt(&number).ok().flatten());
    if !opened.is_some_and(|attempt| attempt.watch.opened && attempt.is_live() && !attempt.is_paid()) {
        return Err(format!("{number} can be submitted, and the journal does not know it was handed out"));
    }
    world.phones.push(Phone { link: link.to_owned(), form: page.fields, method, until, at_relay });
    Ok(format!("{number} on a phone"))
}

fn submit(world: &mut World) -> Held<String> {
    let t = world.t;
    world.phones.retain(|phone| t < phone.until);
    let Some(phone) = world.luck.pick(&world.phones.clone()).cloned() else { return Ok(nothing()) };
    submit_on(world, &phone)
}

fn submit_on(world: &mut World, phone: &Phone) -> Held<String> {
    let t = world.t;
    if world.luck.percent(80) {
        if phone.at_relay {
            mail::submitted(world, &phone.link);
        } else {
            let told = world.till().page_submitted(&phone.link);
            world.allowed(told)?.ok();
        }
    }
    let concrete = [Method::Credit, Method::Twqr, Method::ApplePay, Method::Atm, Method::Cvs, Method::Barcode];
    let method = if phone.method == Method::All { *world.luck.pick(&concrete).expect("some") } else { phone.method };
    Ok(match world.gateway.submit(&phone.form, method, t) {
        Submitted::TakenByAnother => return Err("a number was used for two different orders".to_owned()),
        Submitted::Refused => return Err("the gateway does not accept the form".to_owned()),
        done => format!("{} {done:?}", phone.form.get("MerchantTradeNo").unwrap_or_default()),
    })
}

fn payable(world: &mut World) -> Option<String> {
    let numbers = payable_now(world);
    world.luck.pick(&numbers).cloned()
}

fn payable_now(world: &World) -> Vec<String> {
    world
        .gateway
        .payable(world.t)
        .into_iter()
        .filter(|number| {
            let order = &world.gateway.orders[number];
            // Who pays at a bank or a store has to have the code first.
            let later = matches!(order.method, Method::Atm | Method::Cvs | Method::Barcode);
            !later || matches!(order.state, State::Code { .. })
        })
        .collect()
}

fn has_code(world: &World, number: &str) -> bool {
    matches!(world.gateway.orders[number].state, State::Code { .. })
}

fn take_code(world: &mut World) -> String {
    let t = world.t;
    let waiting = |order: &&super::gateway::Order| {
        order.state == State::Submitted && matches!(order.method, Method::Atm | Method::Cvs | Method::Barcode)
    };
    let numbers: Vec<String> =
        world.gateway.orders.values().filter(waiting).map(|order| order.number.clone()).collect();
    let Some(number) = world.luck.pick(&numbers).cloned() else { return nothing() };
    let deadline = t + world.luck.between(HOUR, 6 * DAY);
    let order = world.gateway.orders.get_mut(&number).expect("there");
    order.state = State::Code { deadline: deadline - deadline % 1000 };
    let code = if order.method == Method::Atm { "2" } else { "10100073" };
    world.tell_about(&number, code, Kind::Other);
    format!("{number} has a code")
}

fn bank_decides(world: &mut World) -> String {
    let pending = |order: &&super::gateway::Order| order.state == State::Pending;
    let numbers: Vec<String> =
        world.gateway.orders.values().filter(pending).map(|order| order.number.clone()).collect();
    let Some(number) = world.luck.pick(&numbers).cloned() else { return nothing() };
    if world.luck.percent(60) {
        world.pay(&number);
        format!("{number} paid after all")
    } else {
        world.gateway.orders.get_mut(&number).expect("there").state = State::Declined;
        world.tell_about(&number, "10300099", Kind::Other);
        format!("{number} declined after all")
    }
}

/// One of the till's own attempts, with the name of its doors.
fn one_of_ours(world: &mut World) -> Option<(till::ids::AttemptNumber, till::payment::Terms)> {
    let numbers: Vec<till::ids::AttemptNumber> = world.known.attempts.keys().cloned().collect();
    let number = world.luck.pick(&numbers)?.clone();
    let attempt = world.till_ref().journal().attempt(&number).ok()??;
    Some((number, attempt.terms))
}

/// Somebody has the keys and says "paid".
fn lie(world: &mut World) -> Held<String> {
    let Some((number, terms)) = one_of_ours(world) else { return Ok(nothing()) };
    let amount = u32::try_from(terms.amount.as_dollars()).expect("an amount");
    let says = Says { amount: Some(amount), ..Says::code("1", world.t) };
    let body = world.gateway.notice(number.as_str(), &says);
    let door = if world.luck.percent(50) { Door::Browser } else { Door::Notice };
    if door == Door::Notice {
        world.known.lied.insert(number.clone());
    }
    world.send(Letter { due: 0, door, token: terms.token, number: number.to_string(), body, kind: Kind::Lie, told: 1 });
    Ok(format!("{number} through {door:?}"))
}

/// Another amount, or a payment that somebody simulated.
fn odd(world: &mut World) -> String {
    let Some((number, terms)) = one_of_ours(world) else { return nothing() };
    let simulated = world.luck.percent(40);
    let amount = u32::try_from(terms.amount.as_dollars()).expect("an amount");
    let other = if simulated { amount } else { amount.saturating_add(1) };
    let says = Says { amount: Some(other), simulated, ..Says::code("1", world.t) };
    let body = world.gateway.notice(number.as_str(), &says);
    let door = if world.luck.percent(50) { Door::Browser } else { Door::Notice };
    world.known.contradicted.insert(number.clone());
    world.send(Letter { due: 0, door, token: terms.token, number: number.to_string(), body, kind: Kind::Odd, told: 1 });
    format!("{number} {other} simulated={simulated}")
}

/// Wrong signature, another merchant, or a number that was never made.
fn forge(world: &mut World) -> String {
    let Some((number, terms)) = one_of_ours(world) else { return nothing() };
    let mut says = Says::code("1", world.t);
    let mut name = number.to_string();
    match world.luck.below(3) {
        0 => says.forged = true,
        1 => says.other_merchant = true,
        _ => name = "T1NEVERMADE".to_owned(),
    }
    let body = world.gateway.notice(&name, &says);
    let letter = Letter {
        due: 0,
        door: Door::Notice,
        token: terms.token,
        number: name.clone(),
        body,
        kind: Kind::Refused,
        told: 1,
    };
    world.send(letter);
    name
}

/// What a person here can do about a task: where no money goes back, none goes to a card.
fn choices(world: &World, task: &view::Task) -> Vec<TaskChoice> {
    let here = |choice: &TaskChoice| world.cast.refunds() || *choice != TaskChoice::RefundToCard;
    task.choices.iter().copied().filter(here).collect()
}

/// A manager who has seen enough, for the end of the day.
pub(crate) fn settle_tasks(world: &mut World, view: &View) -> Held {
    for task in &view.tasks {
        if refunds::settled_by_hand(world, view, task)? {
            continue;
        }
        let mut choices = choices(world, task);
        if task.what == TaskKind::LeftOpen {
            // They look at the gateway, and have the till ask where the money is.
            let paid = task.attempt.as_ref().is_some_and(|number| world.gateway.moved(number) > 0);
            choices.retain(|choice| *choice == if paid { TaskChoice::Retry } else { TaskChoice::Seen });
        }
        let choice = *world.luck.pick(&choices).ok_or_else(|| format!("nothing can be done about {}", task.id))?;
        let now = world.now();
        let done = world.till().resolve(&task.id, choice, now);
        if done.is_ok() && choice == TaskChoice::Seen {
            is_left_open(world, task);
        }
        // The one before may have settled this one too.
        match world.allowed(done)? {
            Ok(()) | Err(CommandError::UnknownTask { .. } | CommandError::ChoiceNotPossible) => {}
            Err(error) => return Err(format!("{} cannot be settled as offered: {error}", task.id)),
        }
    }
    let now = world.now();
    if view.attempt.as_ref().is_some_and(|attempt| attempt.can_cancel) {
        let done = world.till().cancel_payment(now);
        world.allowed(done)?.map_err(|error| format!("what can be cancelled cannot: {error}"))?;
    }
    if view.attempt.iter().chain(&view.watched).any(|attempt: &view::Attempt| attempt.held) {
        let done = world.till().release("店長", "一天結束", now);
        world.allowed(done)?.ok();
    }
    Ok(())
}
