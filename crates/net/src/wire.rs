//! A plain connection to a device on the shop's own network, such as a printer at port 9100: bytes there, a few back.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use crate::error::{ExchangeError, NetCause};

/// Where printers listen ("JetDirect", "raw").
const PRINTER_PORT: u16 = 9100;
/// A name can have several addresses; more than these are not tried.
const ADDRESSES_MAX: usize = 4;
/// What is handed over at once. A printer that has stopped is noticed after at most this much.
const PIECE: usize = 4 * 1024;

/// How long a device is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireTimeouts {
    /// For the connection.
    pub connect: Duration,
    /// For the next few kilobytes to be taken.
    pub stall: Duration,
}

/// An open connection. It is closed when dropped.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    sent: bool,
}

impl Wire {
    /// Connects to `192.168.1.50`, `192.168.1.50:9100`, `fd00::50`, `[fd00::50]:9100` or a name.
    ///
    /// # Errors
    /// Always [`ExchangeError::NotSent`].
    pub fn open(address: &str, timeouts: WireTimeouts) -> Result<Self, ExchangeError> {
        let not_sent = |cause| ExchangeError::NotSent { cause };
        let found = addresses(address).ok_or(not_sent(NetCause::Dns))?;
        let mut cause = NetCause::Dns;
        for address in found.into_iter().take(ADDRESSES_MAX) {
            let stream = match TcpStream::connect_timeout(&address, timeouts.connect) {
                Ok(stream) => stream,
                Err(error) => {
                    cause = if is_timeout(error.kind()) { NetCause::Timeout } else { NetCause::Connect };
                    continue;
                }
            };
            let ready = stream.set_write_timeout(Some(timeouts.stall)).and_then(|()| stream.set_nodelay(true));
            return ready.map(|()| Self { stream, sent: false }).map_err(|_| not_sent(NetCause::Connect));
        }
        Err(not_sent(cause))
    }

    /// Sends everything. That it was sent does not say that it has arrived: only an answer does.
    ///
    /// # Errors
    /// [`ExchangeError::NotSent`] while nothing at all has been sent on this connection.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), ExchangeError> {
        for piece in bytes.chunks(PIECE) {
            let mut rest = piece;
            while !rest.is_empty() {
                match self.stream.write(rest) {
                    Ok(0) => return Err(self.failed(NetCause::Broken)),
                    Ok(taken) => {
                        self.sent = true;
                        rest = rest.get(taken..).unwrap_or_default();
                    }
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(error) if is_timeout(error.kind()) => return Err(self.failed(NetCause::Timeout)),
                    Err(_) => return Err(self.failed(NetCause::Broken)),
                }
            }
        }
        Ok(())
    }

    /// The next byte the device says; nothing when it says none in time.
    ///
    /// # Errors
    /// When the connection is gone.
    pub fn hear(&mut self, patience: Duration) -> Result<Option<u8>, ExchangeError> {
        let mut byte = [0];
        let patience = patience.max(Duration::from_millis(1));
        let heard = self.stream.set_read_timeout(Some(patience)).and_then(|()| self.stream.read(&mut byte));
        match heard {
            Ok(1) => Ok(byte.first().copied()),
            Err(error) if is_timeout(error.kind()) || error.kind() == ErrorKind::Interrupted => Ok(None),
            _ => Err(self.failed(NetCause::Broken)),
        }
    }

    fn failed(&self, cause: NetCause) -> ExchangeError {
        if self.sent { ExchangeError::MaybeSent { cause } } else { ExchangeError::NotSent { cause } }
    }
}

impl Drop for Wire {
    /// What was sent is let through before the connection goes.
    fn drop(&mut self) {
        let _gone_already = self.stream.shutdown(Shutdown::Write);
    }
}

fn addresses(text: &str) -> Option<Vec<SocketAddr>> {
    let text = text.trim();
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(vec![SocketAddr::new(address, PRINTER_PORT)]);
    }
    if let Ok(address) = text.parse::<SocketAddr>() {
        return Some(vec![address]);
    }
    let found = if text.contains(':') { text.to_socket_addrs() } else { (text, PRINTER_PORT).to_socket_addrs() };
    found.ok().map(Iterator::collect)
}

/// What a timeout of a socket is called differs between systems.
fn is_timeout(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_port_is_a_printers() {
        let cases = [
            ("192.168.1.50", "192.168.1.50:9100"),
            ("192.168.1.50:9101", "192.168.1.50:9101"),
            ("fd00::50", "[fd00::50]:9100"),
            ("[fd00::50]:9101", "[fd00::50]:9101"),
        ];
        for (text, address) in cases {
            assert_eq!(addresses(text), Some(vec![address.parse().expect("an address")]), "{text}");
        }
    }
}
