use super::*;
use crate::faults::fault::PULL;
use crate::options::ClockSkew;

const CONFIRM: &str = "ConfirmEvents";

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn gateway() -> Fault {
    Fault::BadGateway { handled: false }
}

fn kinds(injector: &Injector, action: &str, calls: usize) -> Vec<Option<FaultKind>> {
    (0..calls).map(|_| injector.draw(action, at(0)).kind()).collect()
}

fn mixed(seed: u64) -> Injector {
    let faults = [gateway(), Fault::ResetAfterHandling, Fault::TokenExpired, Fault::MissingRequestId];
    Injector::new(Faults::seeded(seed).mix(Target::All, 0.2, faults))
}

#[test]
fn chance_follows_from_the_seed() {
    assert_eq!(kinds(&mixed(1), PULL, 500), kinds(&mixed(1), PULL, 500));
    assert_ne!(kinds(&mixed(1), PULL, 500), kinds(&mixed(2), PULL, 500));
    assert_ne!(kinds(&mixed(1), PULL, 500), kinds(&mixed(1), CONFIRM, 500));
}

#[test]
fn calls_of_other_actions_change_nothing() {
    let alone = kinds(&mixed(1), PULL, 100);
    let injector = mixed(1);
    let among_others: Vec<_> = (0..100)
        .map(|_| {
            injector.draw(CONFIRM, at(0));
            injector.draw(PULL, at(0)).kind()
        })
        .collect();
    assert_eq!(alone, among_others);
}

#[test]
fn a_script_or_throttling_does_not_shift_chance() {
    let plain = kinds(&mixed(1), PULL, 100);
    let injector = mixed(1);
    let throttling = Fault::Throttling { lasting: at(5), retry_after: false };
    let faults = lock(&injector.state).faults.clone().script(PULL, [Some(throttling), None]);
    injector.set(faults);
    kinds(&injector, PULL, 8);
    injector.draw(PULL, at(5));
    let rest: Vec<_> = (9..100).map(|_| injector.draw(PULL, at(5)).kind()).collect();
    assert_eq!(rest, plain[9..]);
}

#[test]
fn faults_come_as_often_as_asked() {
    let injector = mixed(3);
    let disturbed = kinds(&injector, PULL, 10_000).into_iter().flatten().count();
    assert!((1900..2100).contains(&disturbed), "{disturbed}");
    let counts = injector.counts();
    assert_eq!(counts.values().sum::<u64>(), disturbed as u64);
    assert!(counts.len() == 4 && counts.values().all(|count| (430..570).contains(count)), "{counts:?}");
}

#[test]
fn probabilities_have_bounds() {
    let always = |probability| {
        let injector = Injector::new(Faults::seeded(1).random(PULL, probability, gateway()));
        kinds(&injector, PULL, 100).into_iter().flatten().count()
    };
    assert_eq!([2.0, 1.0, 0.0, -1.0, f64::NAN].map(always), [100, 100, 0, 0, 0]);
    let injector = Injector::new(Faults::seeded(1).random(PULL, 1.0, gateway()).mix(Target::All, 0.5, []));
    assert_eq!(kinds(&injector, CONFIRM, 10), [None; 10], "another action");
}

#[test]
fn scripts_go_step_by_step() {
    let faults = Faults::none()
        .script(PULL, [None, Some(gateway())])
        .script(Target::All, [Fault::TokenExpired])
        .script(PULL, [Fault::MissingRequestId]);
    let injector = Injector::new(faults);
    assert_eq!(
        kinds(&injector, PULL, 5),
        [
            None,
            Some(FaultKind::BadGateway),
            Some(FaultKind::MissingRequestId),
            Some(FaultKind::TokenExpired),
            None
        ]
    );
    assert_eq!(kinds(&injector, CONFIRM, 1), [None]);
}

#[test]
fn throttling_lasts_for_its_action() {
    let throttling = Fault::Throttling { lasting: at(5), retry_after: true };
    let injector = Injector::new(Faults::none().script(PULL, [throttling.clone()]));
    assert_eq!(injector.draw(PULL, at(10)).fault, Some(throttling));
    assert_eq!(injector.draw(CONFIRM, at(10)).fault, None);
    let rest = Fault::Throttling { lasting: at(2), retry_after: true };
    assert_eq!(injector.draw(PULL, at(13)).fault, Some(rest));
    assert_eq!(injector.draw(PULL, at(15)).fault, None);
    assert_eq!(injector.counts(), [(FaultKind::Throttling, 2)].into());
}

#[test]
fn an_outage_lasts_for_all() {
    let refused = Fault::ConnectionRefused { lasting: at(5) };
    let injector = Injector::new(Faults::none().script(PULL, [refused.clone(), refused]));
    let until = injector.unreachable_until();
    injector.draw(PULL, at(1));
    assert_eq!(*until.borrow(), at(6));
    assert_eq!(injector.draw(CONFIRM, at(5)).kind(), Some(FaultKind::ConnectionRefused));
    assert_eq!(*until.borrow(), at(6), "calls in between do not prolong it");
    assert_eq!(injector.draw(CONFIRM, at(6)).kind(), None);
    injector.draw(PULL, at(7));
    injector.set(Faults::none());
    assert_eq!(injector.draw(PULL, at(7)).kind(), None);
    assert_eq!(injector.counts(), [(FaultKind::ConnectionRefused, 3)].into(), "counts are kept");
}

#[test]
fn a_wrong_clock_lasts_for_all_beside_other_faults() {
    let wrong = Fault::ClockSkew { skew: ClockSkew::Behind(at(60)), lasting: at(5) };
    let injector = Injector::new(Faults::none().script(PULL, [wrong, gateway()]));
    let first = injector.draw(PULL, at(0));
    assert_eq!((first.kind(), first.clock_ahead), (Some(FaultKind::ClockSkew), -60));
    let second = injector.draw(PULL, at(4));
    assert_eq!((second.kind(), second.clock_ahead), (Some(FaultKind::BadGateway), -60));
    assert_eq!(injector.draw(CONFIRM, at(4)).clock_ahead, -60);
    assert_eq!(injector.draw(CONFIRM, at(5)).clock_ahead, 0);
    assert_eq!(injector.counts(), [(FaultKind::ClockSkew, 3), (FaultKind::BadGateway, 1)].into());
}

#[test]
fn only_pulls_deliver_twice() {
    let injector = Injector::new(Faults::seeded(1).random(Target::All, 1.0, Fault::DuplicateDelivery));
    assert_eq!(injector.draw(CONFIRM, at(0)).kind(), None);
    assert_eq!(injector.draw(PULL, at(0)).kind(), Some(FaultKind::DuplicateDelivery));
    assert_eq!(injector.counts(), [].into(), "whether a copy comes of it shows when it is handled");
    injector.count(FaultKind::DuplicateDelivery);
    assert_eq!(injector.counts(), [(FaultKind::DuplicateDelivery, 1)].into());
}
