//! The owner's inbox: a web address subscribed to the topic, which moto posts every message to.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::moto::{Moto, TOPIC};

/// What arrived there. moto posts while it answers whoever published, so what was published has arrived.
pub struct Inbox(Arc<Mutex<Vec<Value>>>);

impl Inbox {
    /// Subscribes one.
    pub fn of(moto: &Moto) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let port = listener.local_addr().expect("bound").port();
        let inbox = Self(Arc::default());
        let messages = Arc::clone(&inbox.0);
        // Ends with the test's process.
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                if let Some(message) = read(&mut stream) {
                    messages.lock().expect("unpoisoned").push(message);
                }
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        let endpoint = format!("http%3A%2F%2F127.0.0.1%3A{port}%2F");
        let asked = format!("Action=Subscribe&Version=2010-03-31&TopicArn={TOPIC}&Protocol=http&Endpoint={endpoint}");
        let answer = moto.raw("sns", "", &asked);
        assert!(answer.contains(" 200 OK"), "{answer}");
        inbox
    }

    /// Notifications so far, in order; moto's own confirmation of the subscription is none.
    pub fn messages(&self) -> Vec<Value> {
        let all = self.0.lock().expect("unpoisoned").clone();
        all.into_iter().filter(|message| message["Type"] == "Notification").collect()
    }
}

fn read(stream: &mut TcpStream) -> Option<Value> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut seen = Vec::new();
    let mut part = [0; 4096];
    loop {
        let n = stream.read(&mut part).ok()?;
        seen.extend_from_slice(&part[..n]);
        let end = seen.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&seen[..end]).to_ascii_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length:"))?.trim().parse::<usize>().ok()?;
            if seen.len() >= end + 4 + length {
                return serde_json::from_slice(&seen[end + 4..]).ok();
            }
        }
        if n == 0 {
            return None;
        }
    }
}
