import type { Actor } from '../audit/actor.ts';
import type { OperatorChange } from '../ports/operator-commit.ts';
import type { KnownGrant } from '../ports/operator-stores.ts';
import type { Instant } from '../time.ts';
import type { ActContext } from './act-context.ts';

/** The grants of a realm: what people allowed clients. Access tokens that were issued stay valid until they expire. */
export interface GrantActs {
  /** Ends one grant: its code and its refresh tokens become invalid at once. */
  end(actor: Actor, realm: string, grantId: string): Promise<'ended' | 'missing'>;
  /** Ends all grants of a client, and returns how many. People can approve it again: to prevent that, block it. */
  endOfClient(actor: Actor, realm: string, clientId: string): Promise<number>;
  /** Ends the grants of a person, to one client or to all of them, and returns how many. */
  endOfPerson(actor: Actor, realm: string, subject: string, clientId?: string): Promise<number>;
}

type GrantContext = Pick<ActContext, 'grants' | 'clock' | 'carryOut'>;

/** How many grants are read at once. */
const PAGE = 200;

export function grantActs(context: GrantContext): GrantActs {
  const { grants, clock, carryOut } = context;

  /** Ends a grant and records it, at once. @returns `false` if it was opened or ended since it was read */
  async function endOne(actor: Actor, grant: KnownGrant): Promise<boolean> {
    const { realm, id, clientId } = grant;
    const event = { type: 'grant.ended', grantId: id, clientId, reason: 'operator' } as const;
    return (await carryOut({ actor, realm, changes: endingOf(grant, clock()), event })).committed;
  }

  /** Ends grants, and returns how many this call ended. */
  async function endAll(actor: Actor, found: readonly KnownGrant[]): Promise<number> {
    let count = 0;
    for (const grant of found) if (await endOne(actor, grant)) count += 1;
    return count;
  }

  return {
    async end(actor, realm, grantId) {
      const grant = await grants.find(realm, grantId);
      return grant !== undefined && (await endOne(actor, grant)) ? 'ended' : 'missing';
    },
    async endOfClient(actor, realm, clientId) {
      let count = 0;
      let found: readonly KnownGrant[];
      do {
        found = (await grants.listOfClient(realm, clientId, clock(), { limit: PAGE })).items;
        count += await endAll(actor, found);
      } while (found.length > 0);
      return count;
    },
    async endOfPerson(actor, realm, subject, clientId) {
      let count = 0;
      let found: readonly KnownGrant[];
      do {
        found = await grants.listOf(realm, subject, clock(), clientId);
        count += await endAll(actor, found);
        // Until none is left: a code may have been issued meanwhile.
      } while (found.length > 0);
      return count;
    },
  };
}

/** One whose code was not exchanged is opened and ended at once, so that nothing can open it any more. */
const endingOf = (
  { realm, id, expiresAt, isUnopened }: KnownGrant,
  at: Instant,
): readonly OperatorChange[] => [
  ...(isUnopened === true ? [{ kind: 'grant.open', realm, id, at, expiresAt } as const] : []),
  { kind: 'grant.end', realm, id, at },
];
