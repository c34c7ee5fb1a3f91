import { section } from "./section";
import { group, isPublicAddress, number, text } from "./values";

/** Regions look like this; which of them exist is left to AWS, so that a new one needs no release. */
export const region = text('an AWS region, written like "eu-central-1"', (given) =>
  /^[a-z]{2}(-[a-z]+)+-\d$/.test(given),
).describe("AWS region of the stack.");

const account = text('an AWS account id: twelve digits in quotes, like "123456789012"', (given) =>
  /^\d{12}$/.test(given),
).describe("AWS account of the stack: policies name it, and a preview asks AWS nothing.");

const owner = text("a team's name of 1 to 64 letters, digits and hyphens, the first one a letter", (given) =>
  /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(given),
).describe("Team that owns the stack: the tag `owner` of each resource.");

/** Which account the stack is in. */
export const accountSection = section<string>({ schema: account, defaults: undefined });
/** Who owns the stack. */
export const ownerSection = section<string>({ schema: owner, defaults: "platform" });

const runbooks = text(
  "an https address without user, query, or slash at the end",
  (given) => isPublicAddress(given) && !given.endsWith("/"),
).describe(
  "Address under which the folder generated/runbooks of this repository can be read: every alarm links to a page in it.",
);
/** Where the pages are until a stack says it. */
export const defaultRunbooks = "https://github.com/example/vigia/blob/main/generated/runbooks";

/** Where a person on call reads. */
export const runbooksSection = section<string>({ schema: runbooks, defaults: defaultRunbooks });

const budget = group({
  monitoring: number("USD a month, a number above 0", (given) => given > 0)
    .optional()
    .describe("Most that the monitoring may cost, in USD a month: a preview whose bill is higher fails."),
}).describe("Limits of the bill.");

/** What may be spent, in USD a month. */
export interface BudgetSettings {
  readonly monitoring?: number | undefined;
}
/** What may be spent. */
export const budgetSection = section<BudgetSettings>({ schema: budget, defaults: {} });
