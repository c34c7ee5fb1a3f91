import type { Equivalents } from "../equivalents";

/** Equivalent mutants of the network. */
export const network: Equivalents = {
  "nat-gateway-cut-off": {
    "expression -> IF(attempts >= 30, 100 * established / attempts, 101)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
    "expression -> IF(attempts >= 30, 100 * established / attempts, 99)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
    "expression -> IF(attempts >= 30, 100 * established / attempts, 200)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
    "expression -> IF(attempts >= 30, 100 * established / attempts, 50)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
  },
  "nat-gateway-dropping": {
    "expression -> IF(sent + received >= 10000, 100 * dropped / (sent + received), (-1))":
      "only values above 0.01 are bad, so too few to judge may count as any share below",
  },
  "nat-gateway-idle-timeouts": {
    "expression -> IF(opened >= 500, 100 * idle / opened, 1)":
      "only values above 50 are bad, so too few to judge may count as any share below",
    "expression -> IF(opened >= 500, 100 * idle / opened, (-1))":
      "only values above 50 are bad, so too few to judge may count as any share below",
  },
  "nat-gateway-unanswered": {
    "expression -> IF(attempts >= 300, 100 * (attempts - established) / attempts, 1)":
      "only values above 20 are bad, so too few to judge may count as any share below",
    "expression -> IF(attempts >= 300, 100 * (attempts - established) / attempts, (-1))":
      "only values above 20 are bad, so too few to judge may count as any share below",
  },
  "vpc-endpoint-resets": {
    "expression -> IF(opened >= 100, 100 * resets / opened, 1)":
      "only values above 25 are bad, so too few to judge may count as any share below",
    "expression -> IF(opened >= 100, 100 * resets / opened, (-1))":
      "only values above 25 are bad, so too few to judge may count as any share below",
  },
};
