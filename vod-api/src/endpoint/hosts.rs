//! The hosts of a client: its endpoint and its failover endpoints.

use std::sync::Arc;

use tokio::time::Instant;

use super::{Endpoint, Endpoints, Target};
use crate::action::ServiceMeta;
use crate::endpoint::circuit_breaker::Permit;
use crate::error::Error;

/// The endpoint of a client with its backups, in the order in which they are preferred.
#[derive(Debug)]
pub(crate) struct Hosts {
    first: Endpoints,
    backups: Vec<Endpoints>,
}

impl Hosts {
    pub(crate) fn new(first: Endpoints, backups: Vec<Endpoints>) -> Self {
        Self { first, backups }
    }

    /// The endpoint that was asked for.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        self.first.endpoint()
    }

    /// The custom address, if the endpoint is one.
    pub(crate) fn custom(&self) -> Option<&Target> {
        self.first.custom()
    }

    /// Whether any host may need TLS.
    pub(crate) fn may_be_encrypted(&self) -> bool {
        self.first.may_be_encrypted() || self.backups.iter().any(Endpoints::may_be_encrypted)
    }

    /// Where a call goes: to the first host that answers calls, and if possible not to the one to `avoid`.
    pub(crate) fn pick(
        &self,
        service: &'static ServiceMeta,
        region: Option<&str>,
        avoid: Option<&Arc<Target>>,
        now: Instant,
    ) -> Result<Arc<Target>, Error> {
        let first = self.first.target(service, region)?;
        let avoided = |host: &&Arc<Target>| avoid.is_some_and(|avoid| Arc::ptr_eq(avoid, host));
        if self.backups.is_empty() || !avoided(&&first) && first.breaker.would_admit(now) {
            return Ok(first);
        }
        let mut hosts = vec![first];
        for backup in &self.backups {
            hosts.push(backup.target(service, region)?);
        }
        let others = hosts.iter().filter(|host| !avoided(host));
        // Without an answering host the endpoint itself is as good as any.
        let picked = others.chain(hosts.iter().filter(avoided)).find(|host| host.breaker.would_admit(now));
        Ok(Arc::clone(picked.unwrap_or(&hosts[0])))
    }

    /// A call's permission to use a host, to be reported on. `None` if there is no other host to go to.
    pub(crate) fn permit<'a>(&self, target: &'a Target, now: Instant) -> Option<Permit<'a>> {
        (!self.backups.is_empty()).then(|| {
            let breaker = &target.breaker;
            breaker.admit(now).unwrap_or_else(|| breaker.force())
        })
    }
}
