// Makes calls with the vendor's Node SDK: calls.js HOST:PORT. Reads one JSON list [action, parameters] a line, and prints
// one line of JSON for each: {"answer": ...} or {"code": ..., "message": ...}.

const http = require("http");
const readline = require("readline");
const { vod } = require("tencentcloud-sdk-nodejs-vod");

const [endpoint] = process.argv.slice(2);
const lookup = (_host, options, done) =>
  options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
const agent = new http.Agent({ lookup });

const client = new vod.v20180717.Client({
  credential: { secretId: process.env.TENCENTCLOUD_SECRET_ID, secretKey: process.env.TENCENTCLOUD_SECRET_KEY },
  profile: { httpProfile: { endpoint, protocol: "http://", reqTimeout: 15, agent } },
});

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [action, parameters] = JSON.parse(line);
    let result;
    if (typeof client[action] !== "function") {
      result = { code: "NoSuchMethod", message: action };
    } else {
      result = await client[action](parameters).then(
        (answer) => ({ answer }),
        (error) => ({ code: error.code ?? "", message: error.message }),
      );
    }
    console.log(JSON.stringify(result));
  }
}

main();
