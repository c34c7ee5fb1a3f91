import type { Catalogue } from "../../infra/signal/catalogue";
import { type Answer, answersTo } from "../../infra/signal/recommended";

const answerText = (answer: Answer): string =>
  "declined" in answer
    ? `declined: ${answer.declined}`
    : answer.signals.map(({ id, severity }) => `[${id}](runbooks/${id}.md) (${severity})`).join(", ");

/** The page of all alarms that AWS recommends for what the platform is made of, taken or declined, in Markdown. */
export function recommendationsPage(catalogue: Catalogue): string {
  const answers = answersTo(catalogue);
  const taken = answers.filter((answer) => !("declined" in answer)).length;
  const rows = answers.map(
    (answer) =>
      `| ${answer.namespace} | ${answer.metric} | ${answer.dimensions || "none"} | ${answer.says} | ${answerText(answer)} |`,
  );
  return `# What AWS recommends

AWS's list of recommended alarms (as of 2025-07-03) has ${answers.length} for the services that the platform is made of: ${taken} are taken, ${answers.length - taken} declined. A signal that takes
one need not say the same: its threshold follows the declared size, its window and its meaning of missing data what it is for; its page has both. A question
mark stands where AWS leaves the threshold to the user. The list has nothing for Amazon MQ, MSK and Application Load Balancers.

| namespace | metric | dimensions | AWS says | here |
|---|---|---|---|---|
${rows.join("\n")}
`;
}
