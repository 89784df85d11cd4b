/** Who acts on a realm. Each act of an operator has an actor, and so does its audit event. */
export interface Actor {
  /**
   * `cli`: the user of a computer with access to the database; `token`: the holder of an operator token; `person`: one who signed in;
   * `configuration`: a program that creates what its configuration describes when it starts.
   */
  readonly kind: 'cli' | 'token' | 'person' | 'configuration';
  /**
   * The user name of the operating system, the id of the token, the subject of the person, or what the configuration lists. Never
   * a secret: it is recorded.
   */
  readonly id: string;
}
