// Plain JavaScript: Node loads it before anything else (`node -r`), also in the process of the policy pack.
const Module = require("node:module");

// What @pulumi/pulumi needs only to serialise functions, and loads each time: two thirds of the time that it takes to load.
const wants = new Set(["@npmcli/arborist", "../../typescript-shim"]);
const wanting = /[/\\]@pulumi[/\\]pulumi[/\\]runtime[/\\]closure[/\\]/;

const load = Module._load;

Module._load = function lazily(request, parent, isMain) {
  if (!wants.has(request) || !wanting.test(parent?.filename ?? "")) return load.call(this, request, parent, isMain);
  let loaded;
  const get = () => {
    loaded ??= load.call(Module, request, parent, isMain);
    return loaded;
  };
  // Taken for an ES module, so that the SDK does not list its members, which would load it.
  return new Proxy({}, { get: (_, key) => (key === "__esModule" ? true : key === "default" ? get() : get()[key]) });
};
