import type { Actor } from '../audit/actor.ts';
import type { PreregisteredClient } from '../client/client.ts';
import { canonicalUsername } from '../identifiers/username.ts';
import type { Problem } from '../realm/problem.ts';
import type { RealmDocument } from '../realm/realm-document.ts';
import type { ActContext } from './act-context.ts';
import { makeStep, type PartActs } from './make-step.ts';
import { type DescribedState, type PlannedChange, planRealm, type RealmPlan } from './plan-realm.ts';

/** How a realm document is applied. */
export interface ApplyOptions {
  /**
   * Removes scopes, APIs and pre-registered clients that the document does not have, and resets such settings. People and
   * dynamic clients are never removed.
   *
   * @default false: what the document does not have is kept
   */
  readonly prune?: boolean;
}

/** The result of applying a document. */
export type Applied =
  /** The realm is as the document says; `changes` is empty if it was so before. */
  | { readonly outcome: 'applied'; readonly changes: readonly PlannedChange[] }
  /** The document cannot be applied. `changes` were made before that was found out. */
  | {
      readonly outcome: 'refused';
      readonly problems: readonly Problem[];
      readonly changes: readonly PlannedChange[];
    };

/** Brings a realm to what a document says. */
export interface ApplyActs {
  /** Compares a realm with its document, and changes nothing. */
  plan(document: RealmDocument, options?: ApplyOptions): Promise<RealmPlan>;
  /**
   * Makes each planned change, with its event. If others change the realm meanwhile, their changes stay. A second time nothing
   * changes.
   *
   * @param hashPassword hashes the passwords of people who are added
   */
  apply(
    actor: Actor,
    document: RealmDocument,
    hashPassword: (password: string) => Promise<string>,
    options?: ApplyOptions,
  ): Promise<Applied>;
}

export function applyActs(context: ActContext, acts: PartActs): ApplyActs {
  async function plan(document: RealmDocument, options: ApplyOptions = {}): Promise<RealmPlan> {
    return planRealm(await stateOf(context, document), document, options);
  }
  return {
    plan,
    async apply(actor, document, hashPassword, options) {
      const planned = await plan(document, options);
      if (!planned.ok) return { outcome: 'refused', problems: planned.problems, changes: [] };
      const subjectOf = async (username: string): Promise<string | undefined> =>
        (await context.people.findByUsername(document.realm.id, username))?.subject;
      const done: PlannedChange[] = [];
      for (const step of stepsOf(planned.changes)) {
        const problems = await makeStep({ acts, actor, document, hashPassword, subjectOf }, step);
        if (problems.length > 0) return { outcome: 'refused', problems, changes: done };
        done.push(...step);
      }
      return { outcome: 'applied', changes: done };
    },
  };
}

/** The changes that are made by one act each: settings together, because some bound each other. */
function stepsOf(changes: readonly PlannedChange[]): readonly (readonly PlannedChange[])[] {
  const isSet = ({ part, sign }: PlannedChange): boolean => part === 'setting' && sign !== '-';
  const settings = changes.filter(isSet);
  return [
    ...changes.filter(({ part }) => part === 'realm'),
    ...changes.filter(({ part }) => part !== 'realm' && part !== 'setting'),
    ...changes.filter(({ part, sign }) => part === 'setting' && sign === '-'),
  ]
    .map((change) => [change])
    .concat(settings.length === 0 ? [] : [settings]);
}

/** How many clients are read at once. */
const PAGE = 500;

async function stateOf(
  { realms, people, clients }: ActContext,
  document: RealmDocument,
): Promise<DescribedState> {
  const { id } = document.realm;
  const stored = await realms.find(id);
  if (stored === undefined) return { people: [], clients: [] };
  const { version: _version, ...realm } = stored;
  const found = await Promise.all(
    document.people.map(({ username }) => people.findByUsername(id, canonicalUsername(username))),
  );
  const preregistered: PreregisteredClient[] = [];
  let after: string | undefined;
  do {
    const page = await clients.list(id, { limit: PAGE, ...(after !== undefined && { after }) });
    preregistered.push(...page.items.filter((client) => client.kind === 'pre-registered'));
    after = page.next;
  } while (after !== undefined);
  return { realm, people: found.filter((person) => person !== undefined), clients: preregistered };
}
