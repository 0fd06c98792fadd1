// Pulls events and confirms them with the vendor's Node SDK: client.js HOST:PORT SIGNATURE METHOD [EXTINFO]
// Prints one line of JSON: the ids of the files, the handles and the request ids, or the error.

const http = require("http");
const { vod } = require("tencentcloud-sdk-nodejs-vod");

const [endpoint, signMethod, reqMethod, ExtInfo] = process.argv.slice(2);

// The SDK takes the service's name from the first label of the host. With this agent, a name such as
// `vod.localhost` leads to this machine whatever its name service knows.
const lookup = (_host, options, done) =>
  options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
const agent = new http.Agent({ lookup });

const client = new vod.v20180717.Client({
  credential: {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
    token: process.env.TENCENTCLOUD_TOKEN,
  },
  profile: { signMethod, httpProfile: { endpoint, protocol: "http://", reqMethod, reqTimeout: 15, agent } },
});

async function main() {
  const pulled = await client.PullEvents({});
  const handles = pulled.EventSet.map((event) => event.EventHandle);
  const confirmed = await client.ConfirmEvents({ EventHandles: handles, ExtInfo });
  return {
    names: pulled.EventSet.map((event) => event.FileUploadEvent.MediaBasicInfo.Name),
    handles,
    requestIds: [pulled.RequestId, confirmed.RequestId],
  };
}

main()
  .catch((error) => ({ code: error.code, message: error.message, requestIds: [error.requestId] }))
  .then((result) => console.log(JSON.stringify(result)));
