//! Starts a driver program on a free port and asks it for a session.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::time::Duration;

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::{Instant, interval, timeout};

use super::Page;
use crate::process::Group;
use crate::{Failure, Outcome};

/// Time for a driver to take connections, on a busy machine.
const START: Duration = Duration::from_secs(30);
/// Time for the browser or app to open its first window.
pub(super) const SESSION: Duration = Duration::from_secs(90);
/// A port found free may be taken before the driver gets it.
const ATTEMPTS: u32 = 3;

/// A driver that takes connections, with a folder for its log and its browser's profile.
pub(super) struct Driver {
    name: &'static str,
    port: u16,
    group: Group,
    folder: TempDir,
}

impl Driver {
    /// Starts `program --port=N`; `prepare` sets its environment.
    pub(super) async fn start(program: &'static str, prepare: impl Fn(&mut Command)) -> Outcome<Self> {
        let mut last = Failure::new("it was never started");
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let folder = tempfile::tempdir().map_err(|cause| Failure::new(format!("no temporary folder: {cause}")))?;
            let mut command = Command::new(program);
            command.arg(format!("--port={port}"));
            prepare(&mut command);
            let group = Group::start(program, &mut command, &folder.path().join("driver.log"))?;
            let mut driver = Self { name: program, port, group, folder };
            match driver.wait_until_open().await {
                Ok(()) => return Ok(driver),
                Err(cause) => last = cause,
            }
        }
        Err(last)
    }

    /// A folder that goes away with the session.
    pub(super) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Asks for a session with `options` under the vendor's name for them.
    pub(super) async fn session(self, vendor: &str, options: Value, patience: Duration) -> Outcome<Page> {
        let mut capabilities = Map::new();
        capabilities.insert(vendor.to_owned(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{}", self.port);
        let answer = timeout(patience, builder.connect(&address)).await;
        let trouble = match answer {
            Ok(Ok(client)) => return Ok(Page::new(client, self.group, self.folder)),
            Ok(Err(cause)) => format!("{} gave no session: {cause}", self.name),
            Err(_) => format!("{} gave no session within {} s", self.name, patience.as_secs()),
        };
        Err(Failure::new(format!("{trouble}\n{}", self.group.last_words())))
    }

    async fn wait_until_open(&mut self) -> Outcome<()> {
        let end = Instant::now() + START;
        let mut beat = interval(Duration::from_millis(20));
        while Instant::now() < end {
            beat.tick().await;
            if !self.group.is_running() {
                break;
            }
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_ok() {
                return Ok(());
            }
        }
        Err(Failure::new(format!("{} takes no connections; {}", self.name, self.group.last_words())))
    }
}

fn free_port() -> Outcome<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|cause| Failure::new(format!("no free port: {cause}")))
}
