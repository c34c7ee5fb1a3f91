import { daysPerMonth } from "../signal/prices";

/** Hours in an average month: what a price per hour is multiplied by. */
export const hoursPerMonth = 24 * daysPerMonth;
