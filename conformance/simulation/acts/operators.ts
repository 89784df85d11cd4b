import type { GateName } from '@vestibule/core/operator';
import { ACTOR } from '@vestibule/testing/operator';
import type { KnownClient } from '../world/book.ts';
import { PEOPLE, REALM_IDS, type RealmId } from '../world/realms.ts';
import type { Process } from '../world/node.ts';
import type { Telling, World } from '../world/world.ts';
import { suspect } from './agents.ts';
import { type Act, chosen, NOTHING } from './act.ts';

/** Runs an act in the operator's own process. */
const byOperator = <T>(world: World, run: (operator: Process['operator']) => Promise<T>): Promise<T> => {
  const process = world.process(2);
  return process.work(() => run(process.operator));
};

const realmOf = (number: number): RealmId => REALM_IDS[number % REALM_IDS.length] ?? 'main';

/** An act on one client, which is told before it happens. */
const onClient = (
  verb: string,
  weight: number,
  act: (world: World, client: KnownClient, telling: Telling) => Promise<string>,
): Act => ({
  actor: 'operator',
  weight,
  isOperators: true,
  run: async (world, [which], telling) => {
    const client = chosen(world.book.clients, which);
    if (client === undefined) return NOTHING;
    telling.says(`${verb} ${client.name}`);
    telling.learn({ kind: 'operated', realm: client.realm, clientId: client.id });
    return act(world, client, telling);
  },
});

/** From now on the client and its tokens may be refused. */
function meddleWith(world: World, client: KnownClient): void {
  suspect(world.book.families, (family) => family.client === client);
  client.isMeddledWith = true;
}

const GATES: readonly [GateName, ...GateName[]] = [
  { gate: 'realm' },
  { gate: 'api', of: 'notes' },
  { gate: 'api', of: 'mail' },
  { gate: 'scope', of: 'read' },
  { gate: 'scope', of: 'write' },
  { gate: 'scope', of: 'send' },
];

const setGate = (open: boolean, weight: number): Act => ({
  actor: 'operator',
  weight,
  isOperators: true,
  run: async (world, [where, which], telling) => {
    const realm = realmOf(where);
    const gate = GATES[which % GATES.length] ?? GATES[0];
    telling.says(
      `${open ? 'opens' : 'closes'} the gate ${'of' in gate ? gate.of : 'of registration'} of ${realm}`,
    );
    return byOperator(world, ({ gates }) => gates.set(ACTOR, realm, gate, open));
  },
});

export const OPERATORS = {
  closeGate: setGate(false, 3),
  openGate: setGate(true, 8),
  changeLimits: {
    actor: 'operator',
    weight: 2,
    isOperators: true,
    run: async (world, [where, address, active], telling) => {
      const realm = realmOf(where);
      const limits = { perAddressPerHour: 1 + (address % 4), awakeClients: 4 + (active % 6) };
      telling.says(`sets the limits of ${realm} to ${JSON.stringify(limits)}`);
      const change = { set: { registration: { limits } } };
      return (await byOperator(world, ({ settings }) => settings.change(ACTOR, realm, change))).outcome;
    },
  },
  block: onClient('blocks', 2, async (world, client, telling) => {
    const { realm, id: clientId } = client;
    meddleWith(world, client);
    const change = await byOperator(world, ({ clients }) => clients.block(ACTOR, realm, clientId));
    if (change !== 'missing') telling.learn({ kind: 'ended', realm, clientId });
    return change;
  }),
  unblock: onClient('unblocks', 2, (world, { realm, id }) =>
    byOperator(world, ({ clients }) => clients.unblock(ACTOR, realm, id)),
  ),
  removeClient: onClient('removes', 1, async (world, client, telling) => {
    const { realm, id: clientId } = client;
    meddleWith(world, client);
    const change = await byOperator(world, ({ clients }) => clients.remove(ACTOR, realm, clientId));
    if (change === 'changed') telling.learn({ kind: 'ended', realm, clientId });
    return change;
  }),
  replaceKeys: {
    actor: 'operator',
    weight: 1,
    isOperators: true,
    run: async (world, [where, why], telling) => {
      const realm = realmOf(where);
      const compromised = why % 3 === 0;
      telling.says(`replaces the ${compromised ? 'leaked ' : ''}keys of ${realm}`);
      return byOperator(world, ({ keys }) => keys.replace(ACTOR, realm, { compromised }));
    },
  },
  endGrants: onClient('ends all grants of', 1, async (world, client, telling) => {
    const { realm, id: clientId } = client;
    // Also of those whose code is being exchanged.
    meddleWith(world, client);
    const count = await byOperator(world, ({ grants }) => grants.endOfClient(ACTOR, realm, clientId));
    telling.learn({ kind: 'ended', realm, clientId });
    return `${count} ended`;
  }),
  removePerson: {
    actor: 'operator',
    weight: 1,
    isOperators: true,
    run: async (world, [where, who], telling) => {
      const realm = realmOf(where);
      const name = PEOPLE[who % PEOPLE.length] ?? 'ada';
      const person = await world.stores.people.findByUsername(realm, name);
      if (person === undefined) return NOTHING;
      const { subject } = person;
      telling.says(`removes ${name} from ${realm}`);
      suspect(world.book.families, ({ accessTokens }) =>
        accessTokens.some(({ issued }) => issued.subject === subject && issued.realm === realm),
      );
      telling.learn({ kind: 'operated', realm, subject });
      const { outcome } = await byOperator(world, ({ people }) => people.remove(ACTOR, realm, subject));
      if (outcome === 'removed') telling.learn({ kind: 'ended', realm, subject });
      return outcome;
    },
  },
  addPerson: {
    actor: 'operator',
    weight: 2,
    isOperators: true,
    run: async (world, [where, who], telling) => {
      const realm = realmOf(where);
      const username = PEOPLE[who % PEOPLE.length] ?? 'ada';
      if ((await world.stores.people.findByUsername(realm, username)) !== undefined) return NOTHING;
      telling.says(`adds ${username} to ${realm}`);
      const terms = { username, name: username, passwordHash: null };
      return (await byOperator(world, ({ people }) => people.add(ACTOR, realm, terms))).outcome;
    },
  },
  issueToken: {
    actor: 'operator',
    weight: 2,
    isOperators: true,
    run: async (world, [where, uses], telling) => {
      const realm = realmOf(where);
      const maxUses = 1 + (uses % 2);
      telling.says(`issues a token for ${maxUses} registrations in ${realm}`);
      const terms = { maxUses, expiresAt: world.now() + 5 * 86_400_000 };
      const { record, token } = await byOperator(world, ({ tokens }) => tokens.issue(ACTOR, realm, terms));
      world.book.initialAccessTokens.push({ realm, id: record.id, token, maxUses });
      return record.id;
    },
  },
  revokeToken: {
    actor: 'operator',
    weight: 1,
    isOperators: true,
    run: async (world, [which], telling) => {
      const token = chosen(world.book.initialAccessTokens, which);
      if (token === undefined) return NOTHING;
      telling.says(`revokes the token ${token.id}`);
      return byOperator(world, ({ tokens }) => tokens.revoke(ACTOR, token.realm, token.id));
    },
  },
  addRealm: {
    actor: 'operator',
    weight: 1,
    isOperators: true,
    run: async (world, [number], telling) => {
      const id = `realm-${number % 3}`;
      telling.says(`adds ${id}`);
      const terms = { id, name: id, issuer: `https://${id}.example` };
      return (await byOperator(world, ({ realms }) => realms.add(ACTOR, terms))).outcome;
    },
  },
} as const satisfies Record<string, Act>;
