//! Runs the program, reads what it says, and acts as the browser on the other side.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use ecpay_sim::BoxFuture;
use ecpay_sim::customer::{Browser, Page};
use serde_json::Value;
use tempfile::TempDir;

/// Longer than anything here takes on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

/// A product of the sample shop: 15 dollars.
pub(crate) const WATER: &str = "4719910079193";

/// What a program that has ended said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert_eq!(self.err, "", "{self:?}");
        self
    }

    /// The one line on standard error of a command that failed.
    pub(crate) fn refusal(&self) -> &str {
        assert!(self.code.is_some_and(|code| code != 0), "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        assert!(self.err.starts_with("guitaictl: "), "{self:?}");
        &self.err
    }

    /// One object a line, and nothing else.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
    }

    pub(crate) fn last(&self) -> Value {
        self.objects().pop().unwrap_or_else(|| panic!("nothing was said: {self:?}"))
    }
}

/// A program that is running; it does not outlive its test.
pub(crate) struct Running {
    child: Child,
    lines: Receiver<String>,
    err: Receiver<String>,
    stdin: Option<ChildStdin>,
}

impl Running {
    pub(crate) fn start<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guitaictl"))
            .args(args)
            .env_remove("GUITAI_LOG")
            // No credential store of whoever runs the tests.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (to_lines, lines) = mpsc::channel();
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        thread::spawn(move || {
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|read| read > 0) {
                if to_lines.send(std::mem::take(&mut line)).is_err() {
                    return;
                }
            }
        });
        let (to_err, err) = mpsc::channel();
        let mut errors = child.stderr.take().expect("piped");
        thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            let _ = to_err.send(text);
        });
        let stdin = child.stdin.take();
        Self { child, lines, err, stdin }
    }

    /// Writes to its standard input, from a thread of its own: a pipe holds little.
    pub(crate) fn feed(&mut self, text: String) {
        let mut stdin = self.stdin.take().expect("fed once");
        thread::spawn(move || drop(stdin.write_all(text.as_bytes())));
    }

    pub(crate) fn stdin(&mut self) -> &mut ChildStdin {
        self.stdin.as_mut().expect("still open")
    }

    pub(crate) fn line(&mut self) -> String {
        match self.lines.recv_timeout(LONGEST) {
            Ok(line) => line.trim_end().to_owned(),
            Err(error) => panic!("no line: {error}"),
        }
    }

    pub(crate) fn object(&mut self) -> Value {
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"))
    }

    /// The next object that tells of this event.
    pub(crate) fn event(&mut self, name: &str) -> Value {
        loop {
            let object = self.object();
            if object["event"] == name {
                return object;
            }
        }
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it is there to be killed");
        self.child.wait().expect("it ends");
    }

    pub(crate) fn end(mut self) -> Said {
        drop(self.stdin.take());
        // Standard error is closed when it ends.
        let err = self.err.recv_timeout(LONGEST).expect("it ends in time");
        let out = self.lines.iter().collect();
        let code = self.child.wait().expect("it has ended").code();
        Said { code, out, err }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn run(args: &[&str]) -> Said {
    Running::start(args).end()
}

pub(crate) fn run_with(args: &[&str], stdin: &str) -> Said {
    let mut running = Running::start(args);
    running.feed(stdin.to_owned());
    running.end()
}

/// A till in a folder that passes.
pub(crate) struct Till(TempDir);

impl Till {
    /// With the settings a new till starts with, but for the pay page's port: any free one.
    pub(crate) fn new() -> Self {
        Self::with(|settings| settings)
    }

    pub(crate) fn with(change: impl FnOnce(String) -> String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = desk::settings::STARTING.replace("127.0.0.1:8688", "127.0.0.1:0");
        fs::write(folder.path().join("settings.toml"), change(settings)).expect("settings");
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.path("training/journal.sqlite")
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).expect("written");
        path.display().to_string()
    }

    fn args<'a>(&'a self, args: &[&'a str]) -> Vec<&'a str> {
        let home = self.0.path().to_str().expect("a plain path");
        args.iter().copied().chain(["--home", home]).collect()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        run(&self.args(args))
    }

    pub(crate) fn run_with(&self, args: &[&str], stdin: &str) -> Said {
        run_with(&self.args(args), stdin)
    }

    pub(crate) fn start(&self, args: &[&str]) -> Running {
        Running::start(self.args(args))
    }

    pub(crate) fn sell(&self, item: &str, pay: &str, more: &[&str]) -> Said {
        let args: Vec<&str> = ["sell", "--json", "--item", item, "--pay", pay].iter().chain(more).copied().collect();
        self.run(&args)
    }

    pub(crate) fn report(&self) -> Value {
        self.run(&["report", "x", "--json"]).good().last()
    }
}

/// A gateway in a process of its own.
pub(crate) struct Gateway {
    pub(crate) url: String,
    pub(crate) running: Running,
}

impl Gateway {
    pub(crate) fn start() -> Self {
        let mut running = Running::start(["simulate", "--port", "0"]);
        let urls = running.object();
        Self { url: urls["gateway"].as_str().expect("a URL").to_owned(), running }
    }

    pub(crate) fn orders(&self) -> Value {
        let (status, body) = exchange("GET", &format!("{}/_control/orders", self.url), "", "");
        assert_eq!(status, 200);
        serde_json::from_str(&body).expect("orders")
    }

    /// The gateway takes the money without anybody's browser.
    pub(crate) fn pay(&self, number: &str) {
        let url = format!("{}/_control/orders/{number}/pay", self.url);
        let (status, body) = exchange("POST", &url, "application/json", r#"{"method":"Credit"}"#);
        assert_eq!(status, 200, "{body}");
    }
}

/// A browser without anything but requests.
pub(crate) struct Plain;

impl Browser for Plain {
    fn get<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Page, String>> {
        Box::pin(async move { Ok(page(exchange("GET", url, "", ""))) })
    }

    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<Page, String>> {
        let body = String::from_utf8(body).expect("a form is text");
        Box::pin(async move { Ok(page(exchange("POST", url, "application/x-www-form-urlencoded", &body))) })
    }
}

fn page((status, html): (u16, String)) -> Page {
    Page { status, location: None, html }
}

pub(crate) fn get(url: &str) -> String {
    let (status, body) = exchange("GET", url, "", "");
    assert_eq!(status, 200, "{body}");
    body
}

fn exchange(verb: &str, url: &str, kind: &str, body: &str) -> (u16, String) {
    let rest = url.strip_prefix("http://").expect("a plain URL");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    stream.set_read_timeout(Some(LONGEST)).expect("a bound");
    let length = body.len();
    write!(
        stream,
        "{verb} /{path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, body.to_owned())
}

/// The text of a PDF without its white space: where a line breaks is the paper's business.
pub(crate) fn text_of(pdf: &Path) -> String {
    let said = Command::new("pdftotext").arg(pdf).arg("-").output().expect("pdftotext is there");
    assert!(said.status.success(), "{said:?}");
    String::from_utf8(said.stdout).expect("text").split_whitespace().collect()
}
