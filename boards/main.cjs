// Where the engine enters. It compiles the program on each run: what is shown is what the .ts files say.
const { compile } = require("../tools/build.cjs");

module.exports = require(compile("boards/index.ts")).default;
