// Where the official CLI enters. It compiles the program on each run: what is deployed is what the .ts files say.
const { compile, sourceLines } = require("../tools/build.cjs");

// The SDK's source maps put its files one folder too high, as in node_modules/@pulumi/resource.ts. Printing such a line with
// colours keeps Node 20 busy for half a minute (util.inspect takes a scope without a package for one that never ends).
const misplaced = /(\/node_modules\/@pulumi\/)(?=[^/\n]*$)/gm;

function readable(error) {
  if (error instanceof Error && error.stack) error.stack = sourceLines(error.stack).replace(misplaced, "$1pulumi/");
}

// Only where the SDK's own runner handles the error after us: alone, a handler would keep a failed process alive.
if (/[/\\]cmd[/\\]run[/\\]/.test(require.main?.filename ?? "")) {
  for (const event of ["uncaughtException", "unhandledRejection"]) process.prependListener(event, readable);
}

module.exports = require(compile("stacks/index.ts")).default;
