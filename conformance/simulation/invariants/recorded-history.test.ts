import { expect, test } from 'vitest';
import type { Entry, Fact, TokensIssued } from '../history/history.ts';
import type { Stored } from '../history/stored.ts';
import { violationsOf } from './every-invariant.ts';

const NOTHING_STORED: Stored = {
  clients: [],
  expired: [],
  events: [],
  grants: [],
  ended: new Map(),
  initialAccessTokens: [],
};

/** A history that was recorded from outside: one fact for each entry, a minute apart. */
const recorded = (facts: readonly Fact[]): readonly Entry[] =>
  facts.map((fact, index) => ({
    number: index + 1,
    actor: 'agent',
    act: fact.kind,
    began: { order: 2 * index, at: index * 60_000 },
    ended: { order: 2 * index + 1, at: index * 60_000 },
    answer: '200',
    facts: [fact],
  }));

const tokens = (presented: string, refreshToken: string, more: Partial<TokensIssued> = {}): TokensIssued => ({
  kind: 'tokens',
  realm: 'main',
  clientId: 'app',
  presented,
  grantType: 'refresh_token',
  tokenId: `${presented}-${refreshToken}`,
  grantId: 'grant',
  subject: 'ada',
  resource: 'https://notes.example',
  scopes: ['read'],
  refreshToken,
  ...more,
});

const fromCode = (refreshToken: string): TokensIssued =>
  tokens('code', refreshToken, { grantType: 'authorization_code' });

test.each<[string, string, readonly Fact[]]>([
  ['a code that two requests exchanged', 'a code is exchanged once', [fromCode('a'), fromCode('b')]],
  ['a fork', 'a family has one live successor', [tokens('a', 'b'), tokens('a', 'c')]],
  [
    'a replay after the grace period',
    'a family has one live successor',
    [tokens('a', 'b'), tokens('b', 'c'), tokens('a', 'b')],
  ],
  ['a token without an event', 'no fact without its event', [fromCode('a')]],
  [
    'a client that is not stored',
    'nothing answered is lost',
    [{ kind: 'registered', realm: 'main', clientId: 'app' }],
  ],
  [
    'a token of an ended grant',
    'what was ended stays ended',
    [fromCode('a'), { kind: 'ended', realm: 'main', grantId: 'grant' }, tokens('a', 'b')],
  ],
])('finds in a recorded history: %s', (_, invariant, facts) => {
  const history = recorded(facts);
  const evidence = { now: 0, history, stored: NOTHING_STORED, errors: [], left: [], realmStates: [] };
  expect(violationsOf(evidence).map((violation) => violation.invariant)).toContain(invariant);
});
