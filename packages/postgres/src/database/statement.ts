/** What a statement can be given. Lists are for `unnest` and `ANY`. */
export type Value = string | number | null | readonly (string | number | null)[];

/** One statement, as the stores say it. */
export interface Statement {
  /** The text is prepared under it, once on each connection: one name, one text. Absent: it is not prepared. */
  readonly name?: string;
  readonly text: string;
  /** For `$1` and what follows. Any text may be among them, NUL included. @default [] */
  readonly values?: readonly Value[];
  /** Changes nothing, so that it is asked once more where its connection is lost. @default false */
  readonly reads?: boolean;
}

/** Rows, with `bigint` as numbers and text as it was given. */
export interface Result<Row> {
  readonly rows: readonly Row[];
  /** How many rows were given back or changed. */
  readonly rowCount: number;
  /** What was done, in the first words of SQL for it: `SELECT`, `COMMIT`. */
  readonly command: string;
}

/** Whatever statements can be put to: a database, or a transaction of it. */
export interface Queryable {
  query<Row>(statement: Statement): Promise<Result<Row>>;
}
