import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { engineFiles, knownStacks } from "./settings";

describe("the settings that the engine is given", () => {
  let folder: string;
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
    write(
      "Pulumi.yaml",
      "name: vigia\nmain: stacks/main.cjs\nruntime: nodejs\nconfig:\n  owner:\n    default: platform\n",
    );
    write("Pulumi.prod.yaml", "config:\n  vigia:owner: shop\n");
    write("Pulumi.dev.yaml", "");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are the project's, without its entry point", () => {
    const files = engineFiles(folder, "prod");
    assert.deepEqual(parse(files.project), {
      name: "vigia",
      runtime: "nodejs",
      config: { owner: { default: "platform" } },
    });
    assert.deepEqual(parse(files.stack), { config: { "vigia:owner": "shop" } });
  });

  it("may be empty", () => {
    assert.deepEqual(parse(engineFiles(folder, "dev").stack), {});
  });

  it("of an unknown stack are an error that lists the known ones", () => {
    assert.deepEqual(knownStacks(folder), ["dev", "prod"]);
    assert.throws(
      () => engineFiles(folder, "qa"),
      /there is no stack "qa": .*Pulumi\.qa\.yaml does not exist \(it has "dev", "prod"\)/,
    );
  });

  it("leave out the key of a secrets provider, which `pulumi stack init` puts there", () => {
    write(
      "Pulumi.dev.yaml",
      "secretsprovider: awskms://x\nencryptedkey: abc\nencryptionsalt: v1:x\nconfig:\n  vigia:owner: me\n",
    );
    assert.deepEqual(parse(engineFiles(folder, "dev").stack), { config: { "vigia:owner": "me" } });
  });

  it("may hold no encrypted value, at any depth, and the error names it and the way out", () => {
    const message = (text: string) => {
      write("Pulumi.dev.yaml", text);
      try {
        engineFiles(folder, "dev");
        return "";
      } catch (error) {
        return String(error);
      }
    };
    assert.match(
      message("config:\n  vigia:password:\n    secure: v1:abc\n"),
      /: vigia:password is an encrypted value.*Secrets Manager/,
    );
    assert.match(
      message("config:\n  vigia:queues:\n    orders:\n      - secure: v1:abc\n"),
      /: vigia:queues\.orders\[0\] is an encrypted value/,
    );
    assert.equal(message("config:\n  vigia:secure: plain\n"), "");
  });

  it("that are no mapping, or are not there, are an error that names the file", () => {
    write("Pulumi.dev.yaml", "- one\n");
    assert.throws(() => engineFiles(folder, "dev"), /Pulumi\.dev\.yaml holds no mapping/);
    rmSync(join(folder, "Pulumi.yaml"));
    assert.throws(() => engineFiles(folder, "prod"), /Pulumi\.yaml does not exist/);
  });
});
