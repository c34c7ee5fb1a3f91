import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { reader } from "../../boards/boards.fixtures";
import { secretText } from "./secret";

const credentials = { accessKeyId: "a", secretAccessKey: "b" };
const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs-1a2b3c";

describe("the secret by which boards log in to Loki", () => {
  const kept: Readonly<Record<string, object>> = {
    [arn]: { ARN: arn, SecretString: JSON.stringify(reader) },
    binary: { ARN: "binary", SecretBinary: "AAAA" },
  };
  let server: Server;
  let endpoint: string;
  beforeEach(async () => {
    server = createServer(async (request, response) => {
      let text = "";
      for await (const part of request.setEncoding("utf8")) text += part;
      const { SecretId } = JSON.parse(text);
      const found = request.headers["x-amz-target"] === "secretsmanager.GetSecretValue" ? kept[SecretId] : undefined;
      response.writeHead(found ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(found ?? { __type: "ResourceNotFoundException", message: "no" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    endpoint = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const read = (secret: string) => secretText(secret, "eu-central-1", { endpoint, credentials, maxAttempts: 1 });

  it("is read as it is kept", async () => {
    assert.deepEqual(JSON.parse(await read(arn)), reader);
  });

  it("is missed in one line", async () => {
    await assert.rejects(read("gone"), {
      message: "there is no secret gone in eu-central-1: deploy the stack again, it makes it",
    });
  });

  it("is refused where it is no text", async () => {
    await assert.rejects(read("binary"), { message: "the secret binary holds no text" });
  });
});
