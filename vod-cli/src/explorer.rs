//! `vod explorer`: a page on this machine to find, read, fill and send calls. It needs no account: the emulator runs in
//! the same process.

mod access;
mod assets;
mod calls;
mod catalogue;
mod code;
mod draft;
mod queue;
mod send;
mod server;
mod signature;
mod targets;

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use vod_emulator::Emulator;

use self::access::{Access, Token, is_this_machine};
use self::calls::Explorer;
use self::server::Server;
use self::targets::Target;
use crate::failure::Failure;
use crate::specs::Specs;

/// The port unless another is chosen.
const PORT: u16 = 9411;

/// Open the API Explorer: a page on this machine to find, read, fill and send calls.
///
/// Calls go to an emulator in the same process unless a profile is named with --profile and chosen on the page. The
/// program prints the address to open, with a token that is good for this run. It ends with ctrl-c, or after half an
/// hour without a request.
///
/// Keys never reach the page: requests are signed here, and the page shows the first four and the last four characters
/// of a secret id.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The port to listen at; 0 takes a free one
    #[arg(long, default_value_t = PORT)]
    port: u16,

    /// A profile that calls may be sent with, of the credentials file or of tccli; may be repeated
    #[arg(long = "profile", value_name = "NAME")]
    profiles: Vec<String>,

    /// Where the calls of profiles go: a host of the service or this machine [default: the service's own host]
    #[arg(long, value_name = "HOST")]
    endpoint: Option<String>,

    /// The region that the calls of profiles name
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// Seconds without a request after which the explorer ends
    #[arg(long, value_name = "SECONDS", default_value_t = 1800, value_parser = clap::value_parser!(u64).range(1..))]
    idle_timeout: u64,

    /// An address to listen at in place of `127.0.0.1` and `[::1]`; needs --i-know
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<IpAddr>,

    /// Allow an address that other machines can reach: whoever has the token can send calls with your profiles
    #[arg(long)]
    i_know: bool,

    /// How many sample events wait in the emulator's queue
    #[arg(long, value_name = "COUNT", default_value_t = 3, value_parser = clap::value_parser!(u64).range(..=1000))]
    events: u64,
}

/// Runs the explorer until it is stopped.
///
/// # Errors
/// It cannot start: a profile has no credential, an endpoint is not allowed, or the port is taken.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime can be started: {error}"))?;
    runtime.block_on(serve(arguments))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(arguments: &Arguments) -> Result<(), String> {
    let server = bind(arguments).await?;
    let emulator = Emulator::start().await.map_err(|error| error.to_string())?;
    vod_emulator::samples::events(arguments.events)
        .try_for_each(|event| emulator.publish(event))
        .map_err(|error| error.to_string())?;
    let mut targets = vec![Target::emulator(&emulator)?];
    for name in &arguments.profiles {
        let profile = Target::profile(name, arguments.endpoint.as_deref(), arguments.region.as_deref());
        targets.push(profile.await?);
    }
    let specs = Specs::builtin("vod").map_err(|error| error.to_string())?;
    let service = specs.whole();
    let explorer = Explorer { specs, service, targets, emulator };

    let access = Access::new(server.addresses(), Token::random());
    let idle = Duration::from_secs(arguments.idle_timeout);
    // Before the address is told: whoever reads it may ask to stop at once.
    let stop =
        vod_emulator::cli::stop_signal().map_err(|error| format!("signals cannot be received: {error}"))?;
    let address = server.addresses().first().copied().unwrap_or_else(|| (Ipv4Addr::LOCALHOST, PORT).into());
    let printed = print(&format!("open http://{address}/#token={}\n", access.token().as_str()));
    printed.map_err(|error| format!("the address cannot be printed: {error}"))?;
    tokio::select! {
        () = server.serve(access, explorer, idle) => {
            let minutes = arguments.idle_timeout / 60;
            // Nothing is lost if nobody reads it.
            let _ = print(&format!("no request for {minutes} minutes: the explorer has ended\n"));
        }
        () = stop => {}
    }
    Ok(())
}

async fn bind(arguments: &Arguments) -> Result<Server, String> {
    let port = arguments.port;
    let addresses = match arguments.listen {
        None => {
            vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port)), SocketAddr::from((Ipv6Addr::LOCALHOST, port))]
        }
        Some(address) if is_this_machine(address) => vec![SocketAddr::from((address, port))],
        Some(address) if !arguments.i_know => {
            return Err(format!(
                "other machines can reach {address}: whoever has the token could send calls with your profiles; add --i-know if that is wanted"
            ));
        }
        Some(address) => vec![SocketAddr::from((address, port))],
    };
    if let Some(endpoint) = &arguments.endpoint {
        targets::check_endpoint(endpoint)?;
    }
    Server::bind(&addresses).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} is taken, perhaps by another explorer; choose one with --port")
        }
        _ => format!("port {port} cannot be listened at: {error}"),
    })
}

fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}
