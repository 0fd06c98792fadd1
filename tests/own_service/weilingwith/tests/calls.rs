//! Recursive answers and lists of flags, against the emulator.

use std::error::Error;

use vod_api::{Client, Credential, HttpMethod, SignatureMethod};
use vod_emulator::Emulator;

type Outcome = Result<(), Box<dyn Error>>;

async fn emulator() -> Result<Emulator, Box<dyn Error>> {
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/specs");
    Ok(Emulator::builder().specs(specs).answer_examples(true).start().await?)
}

fn client(emulator: &Emulator) -> vod_api::ClientBuilder {
    Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
}

#[tokio::test]
async fn types_that_contain_themselves_are_read_to_their_depth() -> Outcome {
    let emulator = emulator().await?;
    let client = client(&emulator).build()?;
    let (device, token) = ("3049938c-3048-4fef-a2e8-2843ede35edb", "Sl5ZDmVuHzhN52o8n1KWagl7sLdrLfN7");
    let codes = own_weilingwith::spaces_around(&client, device, "1133", token).await?;
    assert_eq!(codes, ["000218", "000218048", "00021804800000470"]);

    let (count, depth) = own_weilingwith::elements(&client, "82d5fb5a", "1016", token).await?;
    assert!(count > 10 && depth == 4, "{count} elements, {depth} deep");
    assert_eq!(emulator.calls().failed, 0);
    Ok(())
}

#[tokio::test]
async fn a_list_of_flags_travels_as_json_and_as_a_query() -> Outcome {
    let emulator = emulator().await?;
    let as_json = client(&emulator).build()?;
    let as_query =
        client(&emulator).method(HttpMethod::Get).signature(SignatureMethod::HmacSha256).build()?;
    for client in [as_json, as_query] {
        let ids = own_weilingwith::devices(&client, 1016, "a-token", &[true, false]).await?;
        assert_eq!(ids, ["be2ea997-b7f4-4167-9545-9aa275158a92"]);
    }
    assert_eq!((emulator.calls().total, emulator.calls().failed), (2, 0));
    Ok(())
}
