/** A parameter of a statement. Lists are for `unnest` and `ANY`. */
export type Value = string | number | null | readonly (string | number | null)[];

/** One statement of a store. */
export interface Statement {
  /**
   * The name under which the text is prepared, once on each connection: one name for each text. Absent: it is not prepared.
   */
  readonly name?: string;
  readonly text: string;
  /** The values of `$1` and so on. Texts can have any character, including NUL. @default [] */
  readonly values?: readonly Value[];
  /**
   * Whether it changes nothing, so that it can be repeated after a lost connection, and sent together with other reads.
   * @default false
   */
  readonly reads?: boolean;
  /**
   * Whether it has to see what others commit while it runs. After a conflict it is repeated in a transaction that does (READ
   * COMMITTED), in case that is not the default of the database. @default false
   */
  readonly readsCommitted?: boolean;
}

/** Rows, with `bigint` as numbers and text as it was given. */
export interface Result<Row> {
  readonly rows: readonly Row[];
  /** How many rows were returned or changed. */
  readonly rowCount: number;
  /** The command tag: `SELECT`, `COMMIT`. */
  readonly command: string;
}

/** Executes statements: a database, or a transaction of it. */
export interface Queryable {
  query<Row>(statement: Statement): Promise<Result<Row>>;
}
