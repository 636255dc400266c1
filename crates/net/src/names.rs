//! Host names to addresses: the operating system's resolver, with `localhost` settled here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::is_localhost;

/// A name had no address. Marks the failure in the library's error chain.
#[derive(Debug, thiserror::Error)]
#[error("host name not found")]
pub(crate) struct NameNotFound;

/// The operating system's resolver.
pub(crate) struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = if is_localhost(name.as_str()) { loopback() } else { look_up(name.as_str()).await? };
            let addrs: Addrs = Box::new(found.into_iter());
            Ok(addrs)
        })
    }
}

async fn look_up(name: &str) -> Result<Vec<SocketAddr>, NameNotFound> {
    let found: Vec<_> = tokio::net::lookup_host((name, 0)).await.map_err(|_| NameNotFound)?.collect();
    if found.is_empty() { Err(NameNotFound) } else { Ok(found) }
}

/// IPv4 first: what the till itself serves listens there.
fn loopback() -> Vec<SocketAddr> {
    [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)].map(|ip| SocketAddr::new(ip, 0)).to_vec()
}
