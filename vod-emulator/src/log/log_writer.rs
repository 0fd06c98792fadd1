//! Writes the program's log to standard error, without blocking calls.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

/// Lines that wait to be written at most.
const WAITING: usize = 4096;

enum Piece {
    Line(Vec<u8>),
    /// Answered when all lines before are written.
    Flush(SyncSender<()>),
}

/// Takes lines without waiting. If standard error is not read, lines are dropped and their number is written
/// when it is read again.
#[derive(Debug, Clone)]
pub(crate) struct LogWriter {
    pieces: SyncSender<Piece>,
    dropped: Arc<AtomicU64>,
}

impl LogWriter {
    /// Starts the thread that writes. It ends with the process, even while a write of it is stuck.
    pub(crate) fn start() -> Self {
        let (pieces, received) = sync_channel(WAITING);
        let dropped = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&dropped);
        thread::spawn(move || write_all(&received, &counted));
        Self { pieces, dropped }
    }

    /// Waits until the lines are written, but no longer than this.
    pub(crate) fn finish(&self, wait: Duration) {
        let (done, written) = sync_channel(1);
        if self.pieces.try_send(Piece::Flush(done)).is_ok() {
            // After the wait the lines are given up.
            let _ = written.recv_timeout(wait);
        }
    }
}

fn write_all(received: &Receiver<Piece>, dropped: &AtomicU64) {
    for piece in received {
        let count = dropped.swap(0, Ordering::SeqCst);
        let mut lines = Vec::new();
        if count > 0 {
            lines =
                format!("{count} lines of the log were dropped: standard error was not read\n").into_bytes();
        }
        let done = match piece {
            Piece::Line(line) => {
                lines.extend(line);
                None
            }
            Piece::Flush(done) => Some(done),
        };
        // There is no other place to tell that standard error is closed.
        let _ = io::stderr().write_all(&lines);
        if let Some(done) = done {
            let _ = done.send(());
        }
    }
}

impl Write for LogWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Err(TrySendError::Full(_)) = self.pieces.try_send(Piece::Line(line.to_vec())) {
            self.dropped.fetch_add(1, Ordering::SeqCst);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
