//! Events that do not fit their type: none of them hides the others, and each is there with its JSON.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::time::timeout;
use vod_api::events::{ConfirmError, ReceivedEvent};
use vod_emulator::Options;

use crate::SECOND;
use crate::service::{InProcess, builder, calm_client, collect, is_over, next, publish, service};

/// Events as they have been seen, and as they might be, with how many mismatches each has.
const ODD: [(&[u8], usize); 12] = [
    (br#"{"EventType":"NewFileUpload","FileUploadEvent":{"MediaBasicInfo":{"Name":"cut \ud83d"}}}"#, 0),
    (b"{\"EventType\":\"NewFileUpload\",\"FileUploadEvent\":{\"MediaBasicInfo\":{\"Name\":\"cut \xff\"}}}", 0),
    (br#"{"EventType":"FileDeleted","FileDeleteEvent":""}"#, 1),
    (br#"{"EventType":"FileDeleted","FileDeleteEvent":[]}"#, 1),
    (br#"{"EventType":"FileDeleted","FileDeleteEvent":0}"#, 1),
    (br#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":{}}}"#, 1),
    (br#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1",[],"3"]}}"#, 1),
    (br#"{"EventType":{},"FileDeleteEvent":{"FileIdSet":["1"]}}"#, 1),
    (br#"{"EventType":7,"New":true}"#, 0),
    (br#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"ErrCode":"2023-09-08T02:23:29Z"}}"#, 1),
    (br#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"ErrCode":1e400}}"#, 1),
    (b"{}", 0),
];

#[tokio::test(start_paused = true)]
async fn every_event_of_a_pull_is_handed_out_and_confirmed() {
    let service = service(Options::default());
    publish(&service, 0..2);
    for (event, _) in ODD {
        service.publish_raw(0, event).unwrap();
    }
    publish(&service, 2..4);
    // What a client asks of its other answers does not hide events.
    let client = builder(&service, InProcess(service.clone())).strict_answers(true).build().unwrap();
    let mut stream = client.events().stream().unwrap();
    let all = timeout(60 * SECOND, collect(&mut stream, ODD.len() + 4)).await.unwrap();
    for (delivery, (event, mismatches)) in all[2..].iter().zip(ODD) {
        let shown = String::from_utf8_lossy(event);
        assert_eq!(delivery.mismatches().len(), mismatches, "{shown}: {:?}", delivery.mismatches());
        // No type holds that number.
        let raw = str::from_utf8(delivery.raw()).unwrap().replace("1e400", "17");
        let mut raw: Value = serde_json::from_str(&raw).unwrap();
        let handle = raw.as_object_mut().unwrap().remove("EventHandle").unwrap();
        assert_eq!(handle, delivery.event().event_handle, "{shown}");
        let expected = shown.replace("\\ud83d", "\u{fffd}").replace("1e400", "17");
        assert_eq!(raw, serde_json::from_str::<Value>(&expected).unwrap());
    }
    assert_eq!(all[8].event().file_delete_event.as_ref().unwrap().file_id_set, ["1", "", "3"]);
    assert_eq!(all[8].mismatches()[0].path(), "FileDeleteEvent.FileIdSet[1]");
    assert!(all[3].raw().as_ptr() > all[2].raw().as_ptr(), "they are parts of one body");
    for delivery in all {
        delivery.confirm_and_wait().await.unwrap();
    }
    assert!(is_over(&service), "{:?}", service.state());
}

#[tokio::test(start_paused = true)]
async fn an_event_without_a_handle_does_not_take_the_others_with_it() {
    for odd in [r#""""#, "0", "[]", "null", r#"{"EventHandle":["${EventHandle}"],"EventType":"FileDeleted"}"#]
    {
        let service = service(Options::default());
        publish(&service, 0..3);
        service.publish_raw(0, odd).unwrap();
        publish(&service, 3..6);
        let mut stream = calm_client(&service).events().stream().unwrap();
        let all = timeout(60 * SECOND, collect(&mut stream, 7)).await.unwrap();
        let mut refused = 0;
        for delivery in all {
            let raw = String::from_utf8(delivery.raw().to_vec()).unwrap();
            let has_handle = !delivery.event().event_handle.is_empty();
            match delivery.confirm_and_wait().await {
                Ok(()) => assert!(has_handle, "{raw}"),
                Err(ConfirmError::Rejected(error)) => {
                    assert!(!has_handle && error.message().contains("without a handle"), "{raw}: {error}");
                    refused += 1;
                }
                Err(error) => panic!("{raw}: {error}"),
            }
        }
        assert_eq!((refused, service.state().confirmed), (1, 6), "{odd}");
        assert_eq!(stream.stats().confirm_calls, 6, "no call was made in vain");
        // It comes again as long as the service has it, and still is in nobody's way.
        let again = timeout(60 * SECOND, next(&mut stream)).await.unwrap();
        assert!(again.event().event_handle.is_empty(), "{odd}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_can_put_an_event_aside_and_confirm_it() {
    let service = service(Options::default());
    publish(&service, 0..20);
    for (event, _) in ODD {
        service.publish_raw(0, event).unwrap();
    }
    let aside = Arc::new(Mutex::new(BTreeMap::new()));
    let kept = Arc::clone(&aside);
    let handler = move |event: ReceivedEvent| {
        if let Some(first) = event.mismatches().first() {
            let key = (event.event_handle.clone(), first.to_string());
            kept.lock().unwrap().insert(key, event.raw().clone());
        }
        async { Ok::<(), std::io::Error>(()) }
    };
    let client = calm_client(&service);
    let run = client.events().run(handler);
    assert!(timeout(120 * SECOND, run).await.is_err(), "it goes on until it is ended");
    assert!(is_over(&service), "{:?}", service.state());
    let odd = ODD.iter().filter(|(_, mismatches)| *mismatches > 0).count();
    assert_eq!(aside.lock().unwrap().len(), odd);
}
