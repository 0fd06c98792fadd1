//! Server-sent events out of the pieces of a body, as the HTML standard reads them.

use std::collections::VecDeque;

use memchr::{memchr, memchr2};

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ServerSentEvent {
    /// The `data` lines, joined by line feeds.
    pub(crate) data: Vec<u8>,
    /// The `event` line; empty if there was none.
    pub(crate) name: String,
    /// The last `id` line of the stream so far; empty if there was none.
    pub(crate) id: String,
}

/// An event takes more bytes than are allowed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EventTooLarge;

/// Puts events together from pieces that may end anywhere.
///
/// Lines end with a line feed, a carriage return or both. A blank line ends an event. A line with a colon at its start
/// is a comment, which keeps a connection alive and says nothing. An event without data is none. How long to wait before
/// connecting again (`retry`) is not read: a call is never sent again by itself once events have come.
#[derive(Debug)]
pub(crate) struct EventParser {
    limit: usize,
    line: Vec<u8>,
    event: ServerSentEvent,
    has_data: bool,
    /// The piece before ended with a carriage return, whose line feed may be the next byte.
    after_return: bool,
    at_start: bool,
}

impl EventParser {
    /// A parser of a stream whose events, and lines, have at most `limit` bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            event: ServerSentEvent::default(),
            has_data: false,
            after_return: false,
            at_start: true,
        }
    }

    /// Reads a piece, and appends the events that end in it.
    ///
    /// # Errors
    /// An event or a line is larger than the limit. Nothing can be read behind it.
    pub(crate) fn push(
        &mut self,
        mut piece: &[u8],
        events: &mut VecDeque<ServerSentEvent>,
    ) -> Result<(), EventTooLarge> {
        // A piece may be empty: then the line feed is still to come.
        if piece.is_empty() {
            return Ok(());
        }
        if std::mem::take(&mut self.after_return) && piece.first() == Some(&b'\n') {
            piece = &piece[1..];
        }
        while let Some(end) = memchr2(b'\n', b'\r', piece) {
            self.extend_line(&piece[..end])?;
            let is_return = piece[end] == b'\r';
            piece = &piece[end + 1..];
            if is_return {
                match piece.first() {
                    Some(b'\n') => piece = &piece[1..],
                    Some(_) => {}
                    None => self.after_return = true,
                }
            }
            self.end_line(events)?;
        }
        self.extend_line(piece)
    }

    /// What is left at the orderly end of the body. The last event may lack its blank line.
    ///
    /// # Errors
    /// The event is larger than the limit.
    pub(crate) fn finish(&mut self) -> Result<Option<ServerSentEvent>, EventTooLarge> {
        let mut events = VecDeque::new();
        if !self.line.is_empty() {
            self.end_line(&mut events)?;
        }
        self.end_event(&mut events);
        Ok(events.pop_front())
    }

    fn extend_line(&mut self, bytes: &[u8]) -> Result<(), EventTooLarge> {
        if self.line.len() + self.event.data.len() + bytes.len() > self.limit {
            return Err(EventTooLarge);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn end_line(&mut self, events: &mut VecDeque<ServerSentEvent>) -> Result<(), EventTooLarge> {
        let line = std::mem::take(&mut self.line);
        let mut text = line.as_slice();
        if std::mem::take(&mut self.at_start) {
            text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        }
        if text.is_empty() {
            self.end_event(events);
        } else {
            let colon = memchr(b':', text);
            let (name, value) = colon.map_or((text, &b""[..]), |at| (&text[..at], &text[at + 1..]));
            self.field(name, value.strip_prefix(b" ").unwrap_or(value))?;
        }
        // Its room serves the next line.
        self.line = line;
        self.line.clear();
        Ok(())
    }

    fn field(&mut self, name: &[u8], value: &[u8]) -> Result<(), EventTooLarge> {
        match name {
            b"data" => {
                if self.event.data.len() + value.len() + usize::from(self.has_data) > self.limit {
                    return Err(EventTooLarge);
                }
                if self.has_data {
                    self.event.data.push(b'\n');
                }
                self.has_data = true;
                self.event.data.extend_from_slice(value);
            }
            b"event" => self.event.name = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => self.event.id = String::from_utf8_lossy(value).into_owned(),
            _ => {}
        }
        Ok(())
    }

    fn end_event(&mut self, events: &mut VecDeque<ServerSentEvent>) {
        let id = self.event.id.clone();
        let event = std::mem::replace(&mut self.event, ServerSentEvent { id, ..ServerSentEvent::default() });
        self.has_data = false;
        if !event.data.is_empty() {
            events.push_back(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(pieces: &[&[u8]], limit: usize) -> Result<Vec<(String, String, String)>, EventTooLarge> {
        let mut parser = EventParser::new(limit);
        let mut events = VecDeque::new();
        for piece in pieces {
            parser.push(piece, &mut events)?;
        }
        events.extend(parser.finish()?);
        let text = |data: Vec<u8>| String::from_utf8(data).unwrap();
        Ok(events.into_iter().map(|event| (event.name, event.id, text(event.data))).collect())
    }

    fn data(stream: &str) -> Vec<String> {
        parse(&[stream.as_bytes()], 1000).unwrap().into_iter().map(|(_, _, data)| data).collect()
    }

    #[test]
    fn events_are_separated_by_blank_lines() {
        assert_eq!(data("data: a\n\ndata:b\n\ndata:  c\n\n"), ["a", "b", " c"]);
        assert_eq!(data("data: a\ndata: b\n\n"), ["a\nb"]);
        assert_eq!(data("data: a\r\n\r\ndata: b\r\rdata: c\n\r\n"), ["a", "b", "c"]);
        assert_eq!(data("\u{feff}data: a\n\n"), ["a"]);
        assert_eq!(data("data\ndata:\n\n"), ["\n"]);
    }

    #[test]
    fn an_empty_piece_between_a_carriage_return_and_its_line_feed_changes_nothing() {
        let pieces: [&[u8]; 4] = [b"data: a\r", b"", b"\n", b"data: b\r\n\r\n"];
        let expected = [(String::new(), String::new(), "a\nb".to_owned())];
        assert_eq!(parse(&pieces, 1000).unwrap(), expected);
    }

    #[test]
    fn what_is_no_data_makes_no_event() {
        assert_eq!(
            data(": ping\n\n\n\nevent: x\n\nretry: 5\n\nid: 7\n\nother: y\n\ndata\n\ndata: \n\n"),
            Vec::<String>::new()
        );
        assert_eq!(data(": ping\ndata: a\n: pong\n\n"), ["a"]);
    }

    #[test]
    fn the_last_event_may_lack_its_blank_line() {
        assert_eq!(data("data: a\n\ndata: b\n"), ["a", "b"]);
        assert_eq!(data("data: a\n\ndata: b"), ["a", "b"]);
        assert_eq!(data("data: a\n\n: pi"), ["a"]);
    }

    #[test]
    fn a_name_is_for_one_event_and_an_id_for_those_that_follow_too() {
        let stream = b"id: 1\nevent: start\ndata: a\n\ndata: b\n\nid: 2\0\nid\ndata: c\n\n";
        let expected = [("start", "1", "a"), ("", "1", "b"), ("", "", "c")];
        let expected = expected.map(|(name, id, data)| (name.to_owned(), id.to_owned(), data.to_owned()));
        assert_eq!(parse(&[stream], 1000).unwrap(), expected);
    }

    #[test]
    fn a_line_or_an_event_beyond_the_limit_is_an_error_at_once() {
        assert_eq!(parse(&[b"data: 1234567890"], 10), Err(EventTooLarge));
        assert_eq!(parse(&[b": 1234567890"], 10), Err(EventTooLarge));
        assert_eq!(parse(&[b"data:12345\n", b"data:6789"], 10), Err(EventTooLarge));
        // Many lines without a blank one among them.
        let mut parser = EventParser::new(100);
        let mut events = VecDeque::new();
        let outcome = (0..1000).try_for_each(|_| parser.push(b"data:\n", &mut events));
        assert_eq!(outcome, Err(EventTooLarge));
        // Many small events are none too large.
        assert_eq!(parse(&[b"data: 12\n\n".as_slice(); 100], 10).unwrap().len(), 100);
    }

    proptest! {
        #[test]
        fn where_the_pieces_end_changes_nothing(
            stream in "(data: ?[a-z:é]{0,4}|id: [0-9]|event:x|:c|[a-z]{0,5})?(\r\n|\n|\r)?(\r\n|\n|\r)?(data: [a-z]{0,4}(\r|\n|\r\n){0,2}){0,6}",
            cuts in proptest::collection::vec(0_usize..80, 0..8),
        ) {
            let whole = parse(&[stream.as_bytes()], 1000).unwrap();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(stream.len())).collect();
            cuts.sort_unstable();
            cuts.push(stream.len());
            let mut start = 0;
            let mut pieces = Vec::new();
            for cut in cuts {
                pieces.push(&stream.as_bytes()[start..cut]);
                start = cut;
            }
            prop_assert_eq!(parse(&pieces, 1000).unwrap(), whole);
        }
    }
}
