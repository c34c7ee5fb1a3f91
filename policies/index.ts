import { PolicyPack } from "@pulumi/policy";
import { watched } from "./watched";

new PolicyPack("vigia", {
  policies: [{ ...watched, enforcementLevel: "mandatory" }],
});
