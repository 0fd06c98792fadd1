//! Calls of a large service by the same client as VOD's, against its emulator.

use std::error::Error;

use own_cvm::{
    CvmCalls, DescribeInstancesRequest, DescribeZonesRequest, ErrorCode, Filter,
    InquiryPriceRunInstancesRequest, Placement, RunInstancesInstanceChargeType, RunInstancesRequest,
};
use vod_api::{Client, ClientBuilder, Credential, ErrorClass, ErrorKind, HttpMethod, SignatureMethod};
use vod_emulator::{Emulator, Fault, Faults};

type Outcome = Result<(), Box<dyn Error>>;

async fn emulator(faults: Faults) -> Result<Emulator, Box<dyn Error>> {
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/specs");
    Ok(Emulator::builder().specs(specs).answer_examples(true).faults(faults).start().await?)
}

fn client(emulator: &Emulator) -> ClientBuilder {
    Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
        .region("ap-guangzhou")
}

fn first_page() -> DescribeInstancesRequest {
    let zones = Filter::new("zone", ["ap-guangzhou-3", "ap-guangzhou-4"]);
    DescribeInstancesRequest::new().filters([zones]).offset(0).limit(1)
}

#[tokio::test]
async fn answers_are_read_into_their_types() -> Outcome {
    let emulator = emulator(Faults::none()).await?;
    let client = client(&emulator).build()?;

    let zones = client.describe_zones(DescribeZonesRequest::new()).region("ap-shanghai").await?;
    let ids: Vec<&str> = zones.zone_set.iter().map(|zone| zone.zone_id.as_str()).collect();
    assert_eq!((zones.total_count, ids), (5, vec!["100003", "100004", "100005"]));

    let instances = client.describe_instances(first_page()).await?;
    assert_eq!(instances.request_id, "d655191e-a39d-43d2-8349-8c3f2bf4b327");
    let [instance] = &instances.instance_set[..] else { panic!("{instances:?}") };
    assert_eq!(instance.instance_id, "ins-xlsyru2j");
    assert_eq!(instance.created_time.unix_seconds(), Some(1_600_732_800));
    assert_eq!(instance.data_disks[0].disk_size, 50);
    assert_eq!(emulator.calls().failed, 0);
    Ok(())
}

#[tokio::test]
async fn every_signature_method_signs_for_the_service() -> Outcome {
    let emulator = emulator(Faults::none()).await?;
    for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha256, SignatureMethod::HmacSha1] {
        for method in [HttpMethod::Post, HttpMethod::Get] {
            let client = client(&emulator).signature(signature).method(method).build()?;
            let instances = client.describe_instances(first_page()).await?;
            assert_eq!(instances.total_count, 1, "{signature:?} {method:?}");
        }
    }
    assert_eq!((emulator.calls().total, emulator.calls().failed), (6, 0));
    Ok(())
}

#[tokio::test]
async fn pages_that_a_person_declared_are_walked() -> Outcome {
    let emulator = emulator(Faults::none()).await?;
    let mut items = client(&emulator).build()?.describe_instances(first_page()).items();
    let mut ids = Vec::new();
    while let Some(instance) = items.next().await {
        ids.push(instance?.instance_id);
    }
    assert_eq!(ids, ["ins-xlsyru2j"]);
    Ok(())
}

#[tokio::test]
async fn limits_of_the_model_are_checked_before_anything_is_sent() -> Outcome {
    let emulator = emulator(Faults::none()).await?;
    let placement = Placement::new("ap-guangzhou-2");
    let request = InquiryPriceRunInstancesRequest::new(placement, "img-8toqc6s3").instance_count(101);
    let error = client(&emulator).build()?.inquiry_price_run_instances(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains("InstanceCount"), "{error}");
    assert_eq!(emulator.calls().total, 0);
    Ok(())
}

#[tokio::test]
async fn refusals_have_the_codes_and_classes_of_the_service() -> Outcome {
    let emulator = emulator(Faults::none()).await?;
    let credential = Credential::new(emulator.secret_id(), "not-the-key");
    let client = client(&emulator).credential(credential).build()?;
    let error = client.describe_zones(DescribeZonesRequest::new()).await.unwrap_err();
    assert_eq!(error.code_as::<ErrorCode>(), Some(ErrorCode::AuthFailureSignatureFailure));
    assert_eq!(error.class(), Some(ErrorClass::CredentialRefused));
    assert!(error.is_authentication());
    assert_eq!(error.service().map(|service| service.name), Some("cvm"));
    Ok(())
}

#[tokio::test]
async fn throttling_is_waited_out_and_what_a_person_called_idempotent_is_sent_again() -> Outcome {
    let throttled = Fault::Throttling { lasting: std::time::Duration::ZERO, retry_after: false };
    let faults = Faults::none()
        .script("RunInstances", [throttled, Fault::ResetAfterHandling])
        .script("DescribeZones", [Fault::ResetAfterHandling]);
    let emulator = emulator(faults).await?;
    let client = client(&emulator).build()?;

    client.describe_zones(DescribeZonesRequest::new()).await?;
    assert_eq!(emulator.handled().of("DescribeZones"), 2);

    let charge = RunInstancesInstanceChargeType::PostpaidByHour;
    let request = RunInstancesRequest::new().instance_charge_type(charge);
    let error = client.run_instances(request).await.unwrap_err();
    assert!(error.may_have_taken_effect(), "{error}");
    assert_eq!((error.attempts(), emulator.handled().of("RunInstances")), (2, 1));
    Ok(())
}
