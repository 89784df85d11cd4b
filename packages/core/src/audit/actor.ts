/** Who acts on a realm. Each act of an operator has an actor, and so does its audit event. */
export interface Actor {
  /** `cli`: the user of a computer with access to the database; `token`: the holder of an operator token; `person`: one who signed in. */
  readonly kind: 'cli' | 'token' | 'person';
  /**
   * The user name of the operating system, the id of the token, or the subject of the person. Never a secret: it is
   * recorded.
   */
  readonly id: string;
}
