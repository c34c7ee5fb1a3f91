/** Why it does not matter what a missing point means where metric math fills it in. */
export const filledIn =
  "FILL leaves no point missing; the word is for a group that CloudWatch has never heard of, which no series can show";
