//! Two versions of one product by one client, against the emulator.

use std::error::Error;

use own_vod_pro::vod_pro::{
    self, CreateStorageCredentialsRequest, DescribeStorageRequest, SortBy, VodCalls as _,
};
use vod_api::vod::DescribeStorageRegionsRequest;
use vod_api::{Client, Credential};
use vod_emulator::Emulator;

#[tokio::test]
async fn two_versions_of_a_service_answer_one_client() -> Result<(), Box<dyn Error>> {
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/specs");
    let emulator = Emulator::builder().specs(specs).answer_examples(true).start().await?;
    let client = Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
        .build()?;
    assert_eq!(vod_pro::SERVICE.version, "2024-07-18");
    assert_eq!(vod_api::vod::SERVICE.version, "2018-07-17");

    let request = DescribeStorageRequest::new(1_020_304_056)
        .sort_by(SortBy::new("CreateTime", "Desc"))
        .offset(0)
        .limit(20);
    let storage = client.describe_storage(request).await?;
    assert_eq!((storage.total_count, storage.storage_info_set.len()), (2, 2));
    assert_eq!(storage.request_id, "af4b9a1e-8df1-demo-reqid-ac6364f13e69");

    let request = CreateStorageCredentialsRequest::new(220_209, "policy").duration_seconds(7200);
    let answer = client.create_storage_credentials(request).await?;
    let expiration = answer.credentials.and_then(|credentials| credentials.expiration?.unix_seconds());
    assert_eq!(expiration, Some(1_724_162_153));

    let regions = client.describe_storage_regions(DescribeStorageRegionsRequest::new()).await?;
    assert!(!regions.storage_region_infos.is_empty());
    assert_eq!((emulator.calls().total, emulator.calls().failed), (3, 0));
    Ok(())
}
