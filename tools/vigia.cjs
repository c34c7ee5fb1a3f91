// Starts a command of tools/cli.ts, compiled from what the files say now.
const { compile, sourceLines } = require("./build.cjs");

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
