import postgres from "postgres";
import type { Session } from "./ensure";
import type { Login, Place } from "./work";

/** Seconds to connect, and for all statements together. */
const patience = { connect: 15, statements: 60 } as const;

/**
 * A connection over TLS whose certificate must be right, for one transaction.
 * @param ca certificates of the authorities that may have signed it, as PEM
 */
export async function connected<T>(
  { host, port, database }: Place,
  { username, password }: Login,
  ca: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const sql = postgres({
    host,
    port,
    database,
    username,
    password,
    ssl: { ca, rejectUnauthorized: true, servername: host },
    max: 1,
    connect_timeout: patience.connect,
    connection: { application_name: "database-users", statement_timeout: patience.statements * 1_000 },
    // It would ask for all types of the database first.
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    const results: T[] = [];
    await sql.begin(async (transaction) => {
      const session: Session = {
        rows: async (text, parameters = []) => [...(await transaction.unsafe(text, [...parameters]))],
      };
      // Two runs at the same time would both make what is missing.
      await session.rows("select pg_advisory_xact_lock(7451)");
      results.push(await work(session));
    });
    const [result] = results;
    if (result === undefined) throw new Error("the transaction ended without a result");
    return result;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
