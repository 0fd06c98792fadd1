//! The queue alone, on a clock of its own.

use serde_json::json;

use super::*;

const VISIBILITY: Duration = Duration::from_secs(30);
const RETENTION: Duration = Duration::from_secs(1000);

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn queue() -> Queue {
    let periods = Periods { visibility_timeout: VISIBILITY, retention: RETENTION };
    Queue::new(periods, Chance::default(), HandleMaker::new([7; 16], 1))
}

fn queue_of(numbers: std::ops::Range<u64>) -> Queue {
    let mut queue = queue();
    for number in numbers {
        queue.publish(json!(number), at(0));
    }
    queue
}

fn numbers(deliveries: &[Delivery]) -> Vec<u64> {
    deliveries
        .iter()
        .map(|delivery| match &delivery.event {
            Content::Json(event) => event.as_u64().unwrap(),
            Content::Raw(bytes) => panic!("no event of this test is raw: {bytes:?}"),
        })
        .collect()
}

#[test]
fn hands_out_in_order_and_not_more_than_asked() {
    let mut queue = queue_of(0..20);
    assert_eq!(numbers(&queue.pull(16, false, at(1))), (0..16).collect::<Vec<_>>());
    assert_eq!(numbers(&queue.pull(16, false, at(1))), (16..20).collect::<Vec<_>>());
    assert!(queue.pull(16, false, at(1)).is_empty());
    assert_eq!(queue.state(at(1)).in_flight, 20);
}

#[test]
fn confirming_deletes() {
    let mut queue = queue_of(0..2);
    let pulled = queue.pull(16, false, at(0));
    let handles: Vec<&str> = pulled.iter().map(|delivery| delivery.handle.as_str()).collect();
    assert_eq!(queue.judge(&handles, at(29)), [Verdict::Good, Verdict::Good]);
    queue.confirm(handles[0], at(29));
    let state = queue.state(at(29));
    assert_eq!((state.in_flight, state.confirmed, state.queued), (1, 1, 0));
    assert_eq!(numbers(&queue.pull(16, false, at(30))), [1]);
    assert_eq!(queue.state(at(30)).redelivered, 1);
}

#[test]
fn its_events_are_listed_with_the_handles_that_are_valid() {
    let mut queue = queue_of(0..3);
    let pulled = queue.pull(2, false, at(0));
    queue.confirm(&pulled[0].handle, at(1));
    let listed = queue.events(at(10));
    let shown: Vec<_> = listed.iter().map(|event| (event.handle.clone(), event.valid_for)).collect();
    assert_eq!(shown, [(Some(pulled[1].handle.clone()), Some(at(20))), (None, None)]);
    assert_eq!(Content::from(listed[0].event.clone()), pulled[1].event);
    let later = queue.events(at(30));
    assert!(later.len() == 2 && later.iter().all(|event| event.handle.is_none()), "{later:?}");
}

#[test]
fn an_unconfirmed_event_returns_under_a_new_handle() {
    let mut queue = queue_of(0..1);
    let first = queue.pull(16, false, at(5));
    assert!(queue.pull(16, false, at(34)).is_empty());
    assert_eq!(queue.next_return(), Some(at(35)));
    let second = queue.pull(16, false, at(35));
    assert_eq!(second[0].event, first[0].event);
    assert_ne!(second[0].handle, first[0].handle);
    let verdicts = queue.judge(&[&first[0].handle, &second[0].handle], at(36));
    assert_eq!(verdicts, [Verdict::Late, Verdict::Good]);
}

#[test]
fn knows_what_handles_are_worth() {
    let mut queue = queue_of(0..1);
    let handle = queue.pull(16, false, at(0)).remove(0).handle;
    assert_eq!(
        queue.judge(&[&handle, &handle, "111"], at(1)),
        [Verdict::Good, Verdict::Again, Verdict::Unknown]
    );
    queue.confirm(&handle, at(1));
    queue.confirm(&handle, at(1));
    assert_eq!(queue.state(at(1)).confirmed, 1);
    assert_eq!(queue.judge(&[&handle], at(29)), [Verdict::Again]);
    assert_eq!(queue.judge(&[&handle], at(30)), [Verdict::Late]);
    assert_eq!(queue.next_return(), None);
}

#[test]
fn handles_of_another_queue_are_unknown() {
    let mut queue = queue_of(0..1);
    let periods = Periods { visibility_timeout: VISIBILITY, retention: RETENTION };
    let mut other = Queue::new(periods, Chance::default(), HandleMaker::new([7; 16], 2));
    other.publish(json!(0), at(0));
    let foreign = other.pull(1, false, at(0)).remove(0).handle;
    assert_eq!(queue.judge(&[&foreign], at(0)), [Verdict::Unknown]);
}

#[test]
fn returned_events_queue_up_behind_older_ones() {
    let mut queue = queue_of(0..1);
    queue.pull(16, false, at(0));
    queue.publish(json!(1), at(10));
    queue.publish(json!(2), at(40));
    assert_eq!(numbers(&queue.pull(16, false, at(50))), [1, 0, 2]);
}

#[test]
fn drops_only_what_was_never_pulled() {
    let mut queue = queue_of(0..2);
    queue.pull(1, false, at(0));
    let state = queue.state(at(999));
    assert_eq!((state.queued, state.expired_unpulled), (2, 0));
    let state = queue.state(at(1000));
    assert_eq!((state.queued, state.expired_unpulled), (1, 1));
    assert_eq!(numbers(&queue.pull(16, false, at(100_000))), [0]);
}

#[test]
fn an_event_handed_out_twice_counts_once() {
    let mut queue = queue_of(0..2);
    let first = queue.pull(1, true, at(0)).remove(0);
    let second = queue.pull(16, true, at(1));
    assert_eq!(numbers(&second), [0, 1], "the copy comes first");
    assert_ne!(first.handle, second[0].handle);
    let state = queue.state(at(1));
    assert_eq!((state.queued, state.in_flight, state.duplicated, state.redelivered), (0, 2, 1, 0));

    assert_eq!(queue.judge(&[&first.handle, &second[0].handle], at(2)), [Verdict::Good; 2]);
    queue.confirm(&first.handle, at(2));
    assert_eq!(queue.judge(&[&second[0].handle], at(2)), [Verdict::Good]);
    queue.confirm(&second[0].handle, at(2));
    queue.confirm(&second[1].handle, at(2));
    assert_eq!(numbers(&queue.pull(16, false, at(3))), [1], "confirmed, and yet once more");
    let state = queue.state(at(100));
    assert_eq!((state.queued, state.in_flight, state.confirmed, state.published), (0, 0, 2, 2));
}

#[test]
fn an_event_handed_out_twice_returns_once() {
    let mut queue = queue_of(0..1);
    queue.pull(16, true, at(0));
    queue.pull(16, false, at(10));
    assert_eq!(queue.state(at(39)).in_flight, 1);
    let state = queue.state(at(40));
    assert_eq!((state.queued, state.in_flight), (1, 0));
    queue.pull(16, true, at(40));
    let state = queue.state(at(70));
    assert_eq!((state.queued, state.in_flight), (1, 0));
    assert_eq!(queue.pull(16, false, at(70)).len(), 1, "the copy went with its event");
    assert_eq!(queue.state(at(70)).redelivered, 2);
}

#[test]
fn keeps_no_trace_of_expired_handles() {
    let mut queue = queue();
    for second in 0..1000 {
        queue.publish(json!(second), at(second));
        let handle = queue.pull(1, false, at(second)).remove(0).handle;
        queue.confirm(&handle, at(second));
    }
    assert!(queue.held.len() <= 31, "{}", queue.held.len());
    assert_eq!(queue.expiries.len(), queue.held.len());
}

#[test]
fn chance_shuffles_and_divides_but_loses_nothing() {
    let run = |seed| {
        let periods = Periods { visibility_timeout: VISIBILITY, retention: RETENTION };
        let chance = Chance::new(DeliveryOrder::Shuffled, BatchSize::Partial, seed);
        let mut queue = Queue::new(periods, chance, HandleMaker::new([7; 16], 1));
        (0..100).for_each(|number| queue.publish(json!(number), at(0)));
        let mut batches = Vec::new();
        while queue.state(at(0)).queued > 0 {
            batches.push(numbers(&queue.pull(16, false, at(0))));
        }
        batches
    };
    let batches = run(1);
    assert!(batches.iter().all(|batch| (1..=16).contains(&batch.len())) && batches.len() > 7, "{batches:?}");
    let mut all = batches.concat();
    assert!(!all.is_sorted());
    all.sort_unstable();
    assert_eq!(all, (0..100).collect::<Vec<_>>());
    assert_eq!(run(1), batches, "a seed repeats its run");
    assert_ne!(run(2), batches);
}
