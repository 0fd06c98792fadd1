//! Makes one call by reqwest alone, unsigned and undecoded: the least that a program with TLS links.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(feature = "rustls-ring")]
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "there is a provider already")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answer = runtime.block_on(async {
        let call = reqwest::Client::new().post("https://vod.tencentcloudapi.com/").body("{}");
        call.send().await?.text().await
    })?;
    println!("{answer}");
    Ok(())
}
