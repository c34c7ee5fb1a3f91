import assert from "node:assert/strict";
import fc from "fast-check";
import { isBackupWindow, isMaintenanceWindow, windowsOverlap } from "./windows";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const weekday = (minute: number) => `${days[Math.floor(minute / 1_440) % 7]}:${clock(minute % 1_440)}`;

describe("windows of RDS", () => {
  it("last half an hour or more, over midnight too", () => {
    for (const fine of ["01:00-01:30", "23:45-00:15", "00:00-23:59"]) assert.ok(isBackupWindow(fine), fine);
    for (const bad of ["01:00-01:29", "01:00-01:00", "1:00-2:00", "24:00-24:30", "01:00", ""])
      assert.ok(!isBackupWindow(bad), bad);
    for (const fine of ["sun:03:30-sun:04:00", "sun:23:45-mon:00:15", "mon:00:00-tue:00:00"])
      assert.ok(isMaintenanceWindow(fine), fine);
    for (const bad of ["sun:03:30-sun:03:59", "mon:00:00-tue:00:01", "Sun:03:30-Sun:04:30", "03:30-04:30"])
      assert.ok(!isMaintenanceWindow(bad), bad);
  });

  it("overlap where they share a minute, and touch without overlapping", () => {
    assert.ok(!windowsOverlap("01:00-02:00", "sun:02:00-sun:03:00"));
    assert.ok(!windowsOverlap("02:00-03:00", "sun:01:00-sun:02:00"));
    assert.ok(windowsOverlap("01:00-02:00", "sun:01:59-sun:02:59"));
    assert.ok(windowsOverlap("23:30-00:30", "mon:00:15-mon:00:45"));
    assert.ok(windowsOverlap("12:00-12:30", "sat:11:00-sun:10:00"));
    assert.ok(!windowsOverlap("soon", "sun:01:00-sun:02:00"));
  });

  it("overlap exactly when some minute of the week lies in both", () => {
    const window = (most: number) =>
      fc.record({ from: fc.integer({ min: 0, max: most - 1 }), length: fc.integer({ min: 30, max: 1_439 }) });
    fc.assert(
      fc.property(window(1_440), window(10_080), (backup, maintenance) => {
        const busy = new Set(
          Array.from({ length: maintenance.length }, (_, minute) => (maintenance.from + minute) % 10_080),
        );
        const shared = days.some((_, day) =>
          Array.from({ length: backup.length }, (__, minute) => (day * 1_440 + backup.from + minute) % 10_080).some(
            (minute) => busy.has(minute),
          ),
        );
        const daily = `${clock(backup.from)}-${clock(backup.from + backup.length)}`;
        const weekly = `${weekday(maintenance.from)}-${weekday(maintenance.from + maintenance.length)}`;
        assert.equal(windowsOverlap(daily, weekly), shared, `${daily} ${weekly}`);
      }),
    );
  });
});
