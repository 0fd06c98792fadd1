//! The smallest service: it answers each request on a kept connection with the same success.
#![allow(dead_code, unreachable_pub, clippy::print_stdout, reason = "each bench uses a part")]

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 65\r\n\r\n\
    {\"Response\":{\"RequestId\":\"12ae8d8e-dce3-4151-9d4b-5594145287e1\"}}";

/// The service in a process of its own, so that the CPU time and the memory of the bench are the client's alone.
pub struct Service {
    process: Child,
    pub address: String,
}

impl Service {
    /// Starts this bench once more with `--serve`, and waits until it tells its address.
    pub fn start() -> Self {
        let mut process = Command::new(std::env::current_exe().expect("the bench is a file"))
            .arg("--serve")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the bench can run");
        let output = process.stdout.take().expect("it is piped");
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address).expect("the service tells its address");
        Self { process, address: address.trim().to_owned() }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may be gone already: the bench is over in either case.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves if this process was started to do so, and says whether it was.
pub fn is_service() -> bool {
    let serves = std::env::args().any(|argument| argument == "--serve");
    if serves {
        serve().expect("the loopback takes connections");
    }
    serves
}

/// Listens on a free port, tells its address on stdout, and serves until it is killed.
pub fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    for connection in listener.incoming() {
        let connection = connection?;
        thread::spawn(move || answer_all(connection));
    }
    Ok(())
}

/// Answers until the client closes the connection.
fn answer_all(mut connection: TcpStream) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut received = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let count = connection.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        received.extend_from_slice(&buffer[..count]);
        while let Some(length) = first_request(&received) {
            received.drain(..length);
            connection.write_all(ANSWER)?;
        }
    }
}

/// The length of the first request, once all of it has come.
fn first_request(received: &[u8]) -> Option<usize> {
    let head = received.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = str::from_utf8(&received[..head]).ok()?.to_ascii_lowercase();
    let body: usize = text.split("content-length:").nth(1)?.lines().next()?.trim().parse().ok()?;
    (received.len() >= head + body).then_some(head + body)
}
