import type { Equivalents } from "../equivalents";

/** The mutants of when the business is open that no series can tell from the original. @param window in minutes */
function opening(counter: string, expected: number, window: number): Readonly<Record<string, string>> {
  const seconds = 60 * window;
  const sign = (shift: number) => (shift < 0 ? `+ ${-shift}` : `- ${shift}`);
  const query = (opens: number, closes: number, day: number) =>
    `query -> 100 * sum(increase(${counter}{cluster="cluster-1.a", namespace="namespace-1.a", service="service-1.a"}[${window}m])) / ${expected} and hour(vector(time() ${sign(opens)})) >= 2 and hour(vector(time() ${sign(closes)})) < 6 and (day_of_week(vector(time() ${sign(day)})) + 6) % 7 <= 4`;
  const less = "rules are evaluated every five minutes: a second less than the window begins in the same hour";
  const sameDay = "the proof is open from 2 to 6: a window earlier or later it is the same day";
  return {
    [query(seconds - 1, seconds, seconds)]: less,
    [query(seconds, seconds - 1, seconds)]: less,
    ...Object.fromEntries(
      [-seconds, seconds + 1, seconds - 1, 2 * seconds, seconds / 2].map((day) => [
        query(seconds, seconds, day),
        sameDay,
      ]),
    ),
  };
}

/** Equivalent mutants of services and their business. */
export const services: Equivalents = {
  "service-customers-silent": opening("crm_customers_created_total", 600, 60),
  "service-orders-silent": opening("shop_orders_sold_total", 200, 20),
  "service-work-orders-silent": opening("mes_work_orders_finished_total", 600, 60),
};
