//! What a refused batch comes to, by what the service does with the good handles of it.

use super::*;

/// What becomes of 16 handles, of which some are bad, at a service that refuses to confirm twice. Also tells what it
/// has confirmed. `stops` is that it confirms a batch up to the first bad handle, otherwise it confirms none of it.
fn split_outcomes(bad: &[usize], stops: bool) -> (Vec<&'static str>, Vec<bool>) {
    let mut f = Fixture::new(rules());
    let ids = f.events(16);
    f.accept(&ids);
    f.ledger.stop();
    let mut confirmed = vec![false; 16];
    while let Some(step) = f.step() {
        let Step::Confirm(confirmation) = step else { continue };
        let place = |id: &EventId| ids.iter().position(|of| of == id).unwrap();
        let places: Vec<usize> = confirmation.ids.iter().map(place).collect();
        let good = places.iter().take_while(|place| !bad.contains(place) && !confirmed[**place]).count();
        let all_good = good == places.len();
        for place in places.into_iter().take(if all_good || stops { good } else { 0 }) {
            confirmed[place] = true;
        }
        f.answer(
            &confirmation,
            if all_good { ConfirmOutcome::Confirmed } else { ConfirmOutcome::Refused(cause()) },
        );
    }
    assert!(f.ledger.is_done());
    let outcomes: std::collections::HashMap<_, _> = f.outcomes().into_iter().collect();
    (ids.iter().map(|id| outcomes[id]).collect(), confirmed)
}

#[test]
fn no_handle_that_was_confirmed_with_a_refused_batch_is_rejected() {
    for bad in [vec![0], vec![5], vec![15], vec![0, 1], vec![5, 13], vec![0, 3, 9, 15]] {
        let (outcomes, confirmed) = split_outcomes(&bad, true);
        for (place, outcome) in outcomes.into_iter().enumerate() {
            let is_bad = bad.contains(&place);
            assert_eq!(confirmed[place], !is_bad);
            match outcome {
                "confirmed" | "rejected" => assert_eq!(outcome == "rejected", is_bad, "{place} of {bad:?}"),
                outcome => assert_eq!(outcome, "unknown"),
            }
        }
    }
    let (outcomes, _) = split_outcomes(&[0], true);
    assert_eq!(outcomes[0], "rejected", "all others were accepted later");
    let (outcomes, _) = split_outcomes(&[5], true);
    assert!(outcomes[..6].iter().all(|outcome| *outcome == "unknown"), "{outcomes:?}");
    assert!(outcomes[6..].iter().all(|outcome| *outcome == "confirmed"), "{outcomes:?}");
}

/// Two batches are taken apart at the same time: what one comes to says nothing about the other.
#[test]
fn batches_that_are_refused_together_are_taken_apart_each_for_itself() {
    let mut f = Fixture::new(Rules { concurrency: 100, confirm_rate: None, ..rules() });
    let ids: Vec<EventId> = [f.events(16), f.events(16)].concat();
    f.accept(&ids);
    f.ledger.stop();
    let batches = [f.confirmation(), f.confirmation()];
    for batch in &batches {
        f.answer(batch, ConfirmOutcome::Refused(cause()));
    }
    let bad = batches[1].ids[3];
    while let Some(step) = f.step() {
        let Step::Confirm(confirmation) = step else { continue };
        let is_bad = confirmation.ids.contains(&bad);
        let answer = if is_bad { ConfirmOutcome::Refused(cause()) } else { ConfirmOutcome::Confirmed };
        f.answer(&confirmation, answer);
    }
    assert!(f.ledger.is_done());
    let outcomes = f.outcomes();
    assert_eq!(outcomes.len(), 32);
    for (id, outcome) in outcomes {
        assert_eq!(outcome, if id == bad { "rejected" } else { "confirmed" });
    }
}

/// Of three handles one was refused alone, the second was accepted, and the outcome of the first is unknown. The first may
/// have been the bad one.
#[test]
fn a_handle_is_the_bad_one_only_if_all_others_were_accepted() {
    use crate::events::ledger::split::{Split, Verdict};
    let [first, second, third] = [1, 2, 3].map(EventId);
    let mut split = Split::of(3);
    split.refused_batch(first);
    assert!(split.leave(Verdict::Open).is_empty());
    assert!(split.leave(Verdict::Accepted(second)).is_empty());
    let settled = split.leave(Verdict::Refused { id: third, accepted: clock::now(), cause: cause() });
    assert_eq!(settled.iter().map(|settled| name(&settled.outcome)).collect::<Vec<_>>(), ["unknown"]);
    assert!(split.is_over());
}

#[test]
fn several_bad_handles_are_rejected_where_a_refused_batch_confirms_none() {
    for bad in [vec![0], vec![5], vec![0, 13], vec![5, 13], vec![1, 2, 3, 15]] {
        let (outcomes, _) = split_outcomes(&bad, false);
        for (place, outcome) in outcomes.into_iter().enumerate() {
            let expected = if bad.contains(&place) { "rejected" } else { "confirmed" };
            assert_eq!(outcome, expected, "{place} of {bad:?}");
        }
    }
}
