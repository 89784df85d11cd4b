/** Who does something to a realm: each act of an operator names one, and so does its audit event. */
export interface Actor {
  /** `cli`: somebody at a computer that has the database; `token`: the holder of an operator token; `person`: one who signed in. */
  readonly kind: 'cli' | 'token' | 'person';
  /**
   * The user name of the operating system, the id of the token, or the subject of the person. Never a secret: it is
   * recorded.
   */
  readonly id: string;
}
