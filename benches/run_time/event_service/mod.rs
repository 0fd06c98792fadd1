//! The emulated service as another process, so that the CPU time and the memory that a bench measures are the
//! client's alone: the bench starts itself once more with `--serve`, and tells it by lines what to do.
#![allow(dead_code, unreachable_pub, clippy::print_stdout, reason = "each bench uses a part")]

use std::io::{self, BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use vod_emulator::{Emulator, Options, samples};

/// What makes the bench play the service.
const SERVE: &str = "--serve";
const UNLIMITED: &str = "unlimited";
/// How often a feeding service looks whether events are wanted.
const FEED_PAUSE: Duration = Duration::from_millis(5);
/// How many events are published at a time while feeding.
const FEED_CHUNK: u64 = 500;

/// The figures of the service.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub published: u64,
    pub confirmed: u64,
    pub redelivered: u64,
    /// Calls that were answered.
    pub calls: u64,
    /// Calls that were answered with an error.
    pub failed: u64,
}

/// The service of a bench. It ends with its value.
pub struct EventService {
    process: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    pub endpoint: String,
    pub secret_id: String,
    pub secret_key: String,
}

impl EventService {
    /// Starts the service, with the rate limits of the specs or without.
    pub fn start(is_limited: bool) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the bench is a file"));
        command.arg(SERVE).stdin(Stdio::piped()).stdout(Stdio::piped());
        if !is_limited {
            command.arg(UNLIMITED);
        }
        let mut process = command.spawn().expect("the bench can run");
        let orders = process.stdin.take().expect("it is piped");
        let mut answers = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut answer = || answers.next().expect("the service lives").expect("it is text");
        let (endpoint, secret_id, secret_key) = (answer(), answer(), answer());
        Self { process, orders, answers, endpoint, secret_id, secret_key }
    }

    /// Publishes events until this many wait.
    pub fn fill(&mut self, waiting: u64) {
        self.order(&format!("fill {waiting}"));
    }

    /// Publishes this many events from now on, of which only so many wait at a time.
    pub fn feed(&mut self, events: u64, waiting: u64) {
        self.order(&format!("feed {events} {waiting}"));
    }

    pub fn figures(&mut self) -> Figures {
        let answer = self.order("figures");
        let mut numbers = answer.split(' ').map(|number| number.parse::<u64>().expect("it is a number"));
        let mut next = || numbers.next().expect("there are five");
        Figures { published: next(), confirmed: next(), redelivered: next(), calls: next(), failed: next() }
    }

    fn order(&mut self, order: &str) -> String {
        writeln!(self.orders, "{order}").expect("the service lives");
        self.answers.next().expect("the service lives").expect("it is text")
    }
}

impl Drop for EventService {
    fn drop(&mut self) {
        // It has ended already if these fail.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Plays the service if this process was started for that. Returns whether it was.
pub fn served() -> bool {
    let arguments: Vec<String> = std::env::args().collect();
    if !arguments.iter().any(|argument| argument == SERVE) {
        return false;
    }
    let is_limited = !arguments.iter().any(|argument| argument == UNLIMITED);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let options = Options { enforce_rate_limits: is_limited, ..Options::default() };
    let start = Emulator::builder().options(options).start();
    let emulator = runtime.block_on(start).expect("the emulator starts");
    println!("{}\n{}\n{}", emulator.endpoint(), emulator.secret_id(), emulator.secret_key());
    thread::scope(|scope| {
        for order in io::stdin().lines() {
            obey(&order.expect("it is text"), &emulator, scope);
        }
        // Whoever gave the orders is gone; a feed that still runs has nobody to feed.
        std::process::exit(0)
    })
}

fn obey<'scope>(order: &str, emulator: &'scope Emulator, scope: &'scope thread::Scope<'scope, '_>) {
    let words: Vec<&str> = order.split(' ').collect();
    let number = |position: usize| words[position].parse::<u64>().expect("it is a number");
    match words[0] {
        "fill" => {
            let waiting = emulator.state().queued as u64;
            publish(emulator, number(1).saturating_sub(waiting));
            println!("done");
        }
        "feed" => {
            let (events, waiting) = (number(1), number(2));
            scope.spawn(move || feed(emulator, events, waiting));
            println!("done");
        }
        _ => {
            let (state, calls) = (emulator.state(), emulator.calls());
            println!(
                "{} {} {} {} {}",
                state.published, state.confirmed, state.redelivered, calls.total, calls.failed
            );
        }
    }
}

fn feed(emulator: &Emulator, events: u64, waiting: u64) {
    let mut left = events;
    while left > 0 {
        if (emulator.state().queued as u64) < waiting {
            let chunk = left.min(FEED_CHUNK);
            publish(emulator, chunk);
            left -= chunk;
        } else {
            thread::sleep(FEED_PAUSE);
        }
    }
}

fn publish(emulator: &Emulator, count: u64) {
    for event in samples::events(count) {
        emulator.publish(event).expect("samples are events");
    }
}
