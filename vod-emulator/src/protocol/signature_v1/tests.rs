use serde_json::Value;

use super::*;

struct Vector {
    name: String,
    method: String,
    host: String,
    path: String,
    parameters: Vec<(String, String)>,
    signature_method: String,
    signature: String,
    secret_key: String,
}

impl Vector {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().unwrap().to_owned();
        let parameters = value["params"].as_object().unwrap().iter().map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), String::from);
            (name.clone(), value)
        });
        Self {
            name: text("name"),
            method: text("method"),
            host: text("host"),
            path: text("path"),
            parameters: parameters.collect(),
            signature_method: text("signature_method"),
            signature: text("signature"),
            secret_key: text("secret_key"),
        }
    }

    fn accepted(&self) -> bool {
        let request = SignedRequest {
            method: &self.method,
            host: &self.host,
            path: &self.path,
            parameters: &self.parameters,
        };
        verify(&self.signature, Some(&self.signature_method), request, &self.secret_key)
    }
}

fn vectors() -> Vec<Vector> {
    let vectors: Vec<Value> =
        serde_json::from_str(&crate::test_vectors::vectors_file("v1_vectors.json")).unwrap();
    vectors.iter().map(Vector::read).collect()
}

fn changed(text: &str, at: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] ^= 1;
    String::from_utf8(bytes).unwrap()
}

#[test]
fn accepts_every_vector() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 15);
    for mut vector in vectors {
        assert!(vector.accepted(), "{}", vector.name);
        vector.parameters.reverse();
        assert!(vector.accepted(), "{}: the order sent does not matter", vector.name);
    }
}

#[test]
fn refuses_every_vector_with_a_byte_changed() {
    for mut vector in vectors() {
        let name = vector.name.clone();
        for at in [0, 10] {
            let kept = vector.signature.clone();
            vector.signature = changed(&kept, at);
            assert!(!vector.accepted(), "{name}: signature");
            vector.signature = kept;
        }
        let kept = vector.secret_key.clone();
        vector.secret_key = changed(&kept, 5);
        assert!(!vector.accepted(), "{name}: key");
        vector.secret_key = kept;

        let kept = vector.host.clone();
        vector.host = changed(&kept, 2);
        assert!(!vector.accepted(), "{name}: host");
        vector.host = kept;

        for index in 0..vector.parameters.len() {
            vector.parameters[index].1.push('x');
            assert!(!vector.accepted(), "{name}: {}", vector.parameters[index].0);
            vector.parameters[index].1.pop();
        }
        vector.parameters.push(("More".into(), String::new()));
        assert!(!vector.accepted(), "{name}: one more");
    }
}

#[test]
fn the_port_may_be_sent_though_it_was_not_signed() {
    for mut vector in vectors() {
        vector.host.push_str(":8080");
        assert!(vector.accepted(), "{}", vector.name);
    }
}

#[test]
fn names_may_be_signed_with_dots() {
    let signed = [("A.B".to_owned(), "1".to_owned())];
    let sent = [("A_B".to_owned(), "1".to_owned())];
    let of = |parameters| SignedRequest { method: "GET", host: "h", path: "/", parameters };
    let mac = Hmac::<Sha1>::new_from_slice(b"key").unwrap().chain_update("GETh/?A.B=1").finalize();
    let signature = STANDARD.encode(mac.into_bytes());
    assert!(verify(&signature, None, of(&signed), "key"));
    assert!(verify(&signature, None, of(&sent), "key"));
    assert!(!verify(&signature, Some("HmacSHA256"), of(&sent), "key"));
    assert!(!verify("not base64!", None, of(&sent), "key"));
}
