// What the vendor's upload SDK takes from the SDK of all services: two calls, answered here, and their models.

class Model {
  from_json_string(text) {
    Object.assign(this, JSON.parse(text));
  }
  to_json_string() {
    return JSON.stringify(this);
  }
}

const applied = {
  StorageBucket: "bench-1251000333",
  StorageRegion: "ap-chongqing",
  VodSessionKey: "k",
  MediaStoragePath: "/d/f0.mp4",
  CoverStoragePath: "",
  TempCertificate: { SecretId: "AKIDtemporary", SecretKey: "temporary-key", Token: "token" },
};

class Client {
  ApplyUpload(_, callback) {
    callback(null, applied);
  }
  CommitUpload(_, callback) {
    callback(null, Object.assign(new Model(), { FileId: "1" }));
  }
}

const Models = { ApplyUploadRequest: Model, CommitUploadRequest: Model, CommitUploadResponse: Model };
module.exports = { common: { Credential: Object }, vod: { v20180717: { Client, Models } } };
