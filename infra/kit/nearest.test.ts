import assert from "node:assert/strict";
import fc from "fast-check";
import { nearest } from "./nearest";

describe("nearest", () => {
  const names = ["queues", "paging", "budget", "owner"];

  it("finds the name behind a letter too few, too many, another or two swapped", () => {
    for (const slip of ["queus", "queuess", "quexes", "quesue", "Queues", "QUEUES"])
      assert.equal(nearest(slip, names), "queues");
  });

  it("counts two swapped letters as one edit", () => {
    assert.equal(nearest("pgae", ["page"]), "page");
    assert.equal(nearest("epag", ["page"]), undefined);
  });

  it("takes a beginning of four letters for a name cut short", () => {
    assert.equal(nearest("queue-oldest", ["queue-silent", "queue-oldest-message"]), "queue-oldest-message");
    assert.equal(nearest("que", ["queue-oldest-message"]), undefined);
  });

  it("stays silent where no name is near", () => {
    for (const other of ["retention", "", "q", "database"]) assert.equal(nearest(other, names), undefined);
  });

  it("does not depend on the order of the names", () => {
    assert.equal(nearest("baa", ["bab", "baz"]), "bab");
    assert.equal(nearest("baa", ["baz", "bab"]), "bab");
  });

  it("finds every name of four letters or more after one letter is lost", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), (name, at) => {
        const place = at % name.length;
        assert.equal(nearest(name.slice(0, place) + name.slice(place + 1), [name, "0123456789012345"]), name);
      }),
    );
  });
});
