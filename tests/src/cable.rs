//! A network cable on loopback that can be pulled out and put back: what the till has between itself and the gateway.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// A cable from an address of its own to the gateway's.
pub struct Cable {
    end: SocketAddr,
    gateway: SocketAddr,
    carrying: Option<JoinHandle<()>>,
}

impl Cable {
    /// Lays a cable to the gateway, plugged in.
    ///
    /// # Panics
    /// When loopback gives no port.
    pub async fn to(gateway: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let end = listener.local_addr().expect("a bound listener has an address");
        Self { end, gateway, carrying: Some(carry(listener, gateway)) }
    }

    /// The till's end of it.
    #[must_use]
    pub fn end(&self) -> SocketAddr {
        self.end
    }

    /// Pulls it out: what is under way breaks off, and what comes after reaches nobody.
    pub async fn pull(&mut self) {
        if let Some(carrying) = self.carrying.take() {
            carrying.abort();
            // Cancelled is what it is meant to be; the port is free once the task is gone.
            let _ = carrying.await;
        }
    }

    /// Puts it back.
    ///
    /// # Panics
    /// When another program has taken the port meanwhile.
    pub async fn plug_in(&mut self) {
        if self.carrying.is_none() {
            let listener = TcpListener::bind(self.end).await.expect("the cable's port is still free");
            self.carrying = Some(carry(listener, self.gateway));
        }
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        if let Some(carrying) = &self.carrying {
            carrying.abort();
        }
    }
}

/// Connections live in the task's own set, so that they end with it.
fn carry(listener: TcpListener, gateway: SocketAddr) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((mut near, _)) = listener.accept().await {
            connections.spawn(async move {
                if let Ok(mut far) = TcpStream::connect(gateway).await {
                    // Either side may hang up at any time.
                    let _ = copy_bidirectional(&mut near, &mut far).await;
                }
            });
            while connections.try_join_next().is_some() {}
        }
    })
}
