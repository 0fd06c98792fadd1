//! What a provider's answer says about a refusal depends on which of them came first.

use super::*;

#[tokio::test(start_paused = true)]
async fn an_answer_of_before_the_refusal_does_not_count_as_one_to_it() {
    let bench =
        Bench::new(|start| Scripted::new([(); 3].map(|()| good_for(start, "A", HOUR))).taking(SECOND / 10));
    let refused = bench.cache.signer().await.unwrap();
    let renew = || bench.cache.renew(refused.credential());
    assert!(renew().await.unwrap().was_asked);
    assert!(!renew().await.unwrap().was_asked, "the answer is a moment old");
    tokio::time::sleep(SAME_AGAIN).await;
    assert!(renew().await.unwrap().was_asked);
    assert_eq!(bench.provider.asked(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_load_that_was_under_way_before_the_refusal_may_have_read_the_old_key() {
    let bench = Bench::new(|start| {
        let short = good_for(start, "A", HOUR);
        Scripted::new([short, good_for(start, "A", 2 * HOUR), good_for(start, "B", HOUR)]).taking(SECOND)
    });
    let refused = bench.cache.signer().await.unwrap();
    bench.at(before_the_end(0.5)).await;
    // Due, it is refreshed in the background.
    assert!(bench.cache.at_hand().is_some());
    settle().await;
    assert_eq!(bench.provider.asked(), 2);
    let renewed = bench.cache.renew(refused.credential()).await.unwrap();
    assert!(renewed.signer.credential().is_same(refused.credential()) && !renewed.was_asked);
    assert_eq!(bench.provider.asked(), 2, "it waited for the same load");
    tokio::time::sleep(SAME_AGAIN).await;
    let renewed = bench.cache.renew(refused.credential()).await.unwrap();
    assert_eq!(renewed.signer.credential().secret_id(), "B");
}

#[tokio::test(start_paused = true)]
async fn of_many_refusals_at_once_one_is_answered() {
    let bench =
        Bench::new(|start| Scripted::new([(); 2].map(|()| good_for(start, "A", HOUR))).taking(SECOND / 10));
    let refused = bench.cache.signer().await.unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        let (cache, refused) = (Arc::clone(&bench.cache), Arc::clone(&refused));
        calls.spawn(async move { cache.renew(refused.credential()).await.unwrap().was_asked });
    }
    let answered = calls.join_all().await.into_iter().filter(|was_asked| *was_asked).count();
    assert_eq!((answered, bench.provider.asked()), (1, 2));
}
