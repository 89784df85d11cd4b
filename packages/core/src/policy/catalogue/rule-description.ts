/** The documentation of a rule. */
export interface RuleDescription {
  /** Stable: it is in brackets at the end of the description of a refusal. */
  readonly id: string;
  /** The source of the rule. */
  readonly source: string;
  /** What it requires. */
  readonly title: string;
  /** What to do. */
  readonly fix: string;
  /** The reason for the rule. */
  readonly why: string;
}

/** A rule, in the order in which people read about it. */
export const describe = (
  id: string,
  source: string,
  title: string,
  fix: string,
  why: string,
): RuleDescription => ({ id, source, title, fix, why });
