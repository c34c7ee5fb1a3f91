// Properties are checked on the same examples in each run; FAST_CHECK_SEED tries others.
const { configureGlobal } = require("fast-check");

configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261121) });
