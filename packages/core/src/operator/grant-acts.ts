import type { Actor } from '../audit/actor.ts';
import type { KnownGrant } from '../ports/operator-stores.ts';
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

type GrantContext = Pick<ActContext, 'grants' | 'clock' | 'record'>;

/** How many grants are read at once. */
const PAGE = 200;

export function grantActs(context: GrantContext): GrantActs {
  const { grants, clock, record } = context;

  const recordEnd = (actor: Actor, realm: string, grantId: string, clientId: string): Promise<void> =>
    record(actor, realm, { type: 'grant.ended', grantId, clientId, reason: 'operator' });

  async function endOf(actor: Actor, realm: string, subject: string, clientId: string): Promise<number> {
    const ended = await grants.endOf(realm, subject, clientId, clock());
    for (const id of ended) await recordEnd(actor, realm, id, clientId);
    return ended.length;
  }

  return {
    async end(actor, realm, grantId) {
      const ended = await grants.end(realm, grantId, clock());
      if (ended === undefined) return 'missing';
      await recordEnd(actor, realm, grantId, ended.clientId);
      return 'ended';
    },
    async endOfClient(actor, realm, clientId) {
      let count = 0;
      let found: readonly KnownGrant[];
      do {
        found = (await grants.listOfClient(realm, clientId, clock(), { limit: PAGE })).items;
        const people = Array.from(new Set(found.map(({ subject }) => subject)));
        for (const subject of people) count += await endOf(actor, realm, subject, clientId);
      } while (found.length > 0);
      return count;
    },
    async endOfPerson(actor, realm, subject, clientId) {
      let count = 0;
      let found: readonly KnownGrant[];
      do {
        found = await grants.listOf(realm, subject, clock(), clientId);
        const clients = Array.from(new Set(found.map((grant) => grant.clientId)));
        for (const one of clients) count += await endOf(actor, realm, subject, one);
        // Until none is left: a code may have been issued meanwhile.
      } while (found.length > 0);
      return count;
    },
  };
}
