// Uploads a file with the vendor's Node SDK as published: upload.js ADDRESS FILE
//
// The SDK has no setting for an endpoint, so the constructor that chooses one is wrapped.

const address = new URL(process.argv[2]);
const name = require.resolve("cos-nodejs-sdk-v5");
const Cos = require(name);
require.cache[name].exports = class extends Cos {
  constructor(settings) {
    super({ ...settings, Protocol: "http:", Domain: address.host });
  }
};
const { VodUploadClient, VodUploadRequest } = require("vod-node-sdk");

const request = new VodUploadRequest();
request.MediaFilePath = process.argv[3];
new VodUploadClient("AKID-bench", "secret-key").upload("ap-guangzhou", request, (error, answer) => {
  if (error || answer.FileId !== "1") {
    console.error(error || answer);
    process.exit(1);
  }
});
