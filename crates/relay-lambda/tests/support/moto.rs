//! moto's server as a process of the test.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// DynamoDB with our table, and SNS with our topic.
pub struct Moto {
    child: Child,
    port: u16,
}

pub const TABLE: &str = "relay";
pub const TOPIC: &str = "arn:aws:sns:ap-east-2:123456789012:owner";

impl Moto {
    /// Starts one and makes the table as the template does.
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").expect("loopback").local_addr().expect("bound").port();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/dynamo.py");
        let child = Command::new(python())
            .args([script, &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("python starts");
        let mut moto = Self { child, port };
        moto.wait();
        let table = serde_json::json!({
            "TableName": TABLE,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [
                { "AttributeName": "d", "AttributeType": "S" },
                { "AttributeName": "s", "AttributeType": "S" }
            ],
            "KeySchema": [{ "AttributeName": "d", "KeyType": "HASH" }, { "AttributeName": "s", "KeyType": "RANGE" }]
        });
        let ttl = serde_json::json!({
            "TableName": TABLE,
            "TimeToLiveSpecification": { "Enabled": true, "AttributeName": "x" }
        });
        for (what, body) in [("CreateTable", table), ("UpdateTimeToLive", ttl)] {
            let target = format!("x-amz-target: DynamoDB_20120810.{what}\r\n");
            let status = moto.raw("dynamodb", &target, &body.to_string());
            assert!(status.contains(" 200 OK"), "{what}: {status}");
        }
        let made = moto.raw("sns", "", "Action=CreateTopic&Version=2010-03-31&Name=owner");
        assert!(made.contains(TOPIC), "{made}");
        moto
    }

    /// What a process needs to find it.
    pub fn env(&self) -> Vec<(&'static str, String)> {
        let here = format!("http://127.0.0.1:{}/", self.port);
        vec![
            ("AWS_REGION", "ap-east-2".to_owned()),
            ("AWS_ACCESS_KEY_ID", "testing".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "testing".to_owned()),
            ("AWS_ENDPOINT_URL_DYNAMODB", here.clone()),
            ("AWS_ENDPOINT_URL_SNS", here),
            ("RELAY_TABLE", TABLE.to_owned()),
            ("RELAY_TOPIC", TOPIC.to_owned()),
        ]
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// One request; moto does not look at the signature, only at which service it names.
    pub fn raw(&self, service: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("moto answers");
        let kind = if service == "sns" { "application/x-www-form-urlencoded" } else { "application/x-amz-json-1.0" };
        let request = format!(
            "POST / HTTP/1.1\r\nHost: {service}.ap-east-2.amazonaws.com\r\nConnection: close\r\nContent-Type: {kind}\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential=testing/20261121/ap-east-2/{service}/aws4_request, \
             SignedHeaders=host, Signature=0\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn wait(&mut self) {
        let until = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().expect("a child");
            assert!(ended.is_none(), "moto did not start: `scripts/setup.sh test` installs it ({ended:?})");
            assert!(Instant::now() < until, "moto does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The Python that has moto (and so boto3): the one that scripts/setup.sh made for the tests, else the machine's own.
pub fn python() -> PathBuf {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let own = root.join("target/relay-tools/bin/python");
    if own.exists() { own } else { PathBuf::from("python3") }
}
