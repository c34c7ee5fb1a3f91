// Starts a command of tools/cli.ts, compiled from what the files say now.
require("./engine/lazy.cjs");
const { enableCompileCache } = require("node:module");
const path = require("node:path");
const { compile, root, sourceLines } = require("./build.cjs");

// From Node 22 on, packages that were loaded before load faster.
enableCompileCache?.(path.join(root, "node_modules", ".cache", "vigia", "compiled"));

function compiled() {
  try {
    return compile("tools/cli.ts");
  } catch (error) {
    console.error(error.message);
    return process.exit(1);
  }
}

try {
  require(compiled());
} catch (error) {
  console.error(sourceLines(error.stack));
  process.exit(1);
}
