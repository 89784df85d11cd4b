import type { Client, DynamicClient } from '@vestibule/core';
import { withDocument } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, printed } from './registered.ts';

/** A new registration, with the fingerprint of the ones before it. */
export const NEXT: DynamicClient = printed('next', NOW + 100);

function withPrintedDocument(id: string): Client {
  const client = withDocument(printed(id, NOW + 5));
  return { ...client, document: { ...client.document, fingerprint: 'print' } };
}

/** Existing clients, and which of them is the duplicate of a new one, with `NOW` as the limit. */
export type Situation = readonly [
  id: string,
  title: string,
  before: readonly Client[],
  same: string | undefined,
];

export const SITUATIONS: readonly Situation[] = [
  ['first', 'the first registration of a fingerprint is no same one', [], undefined],
  [
    'a-moment-later',
    'a client that was registered a moment after is the same one',
    [printed('a', NOW + 1)],
    'a',
  ],
  ['at', 'a client that was registered at that moment is not the same one', [printed('a', NOW)], undefined],
  [
    'a-moment-before',
    'a client that was registered a moment before is not the same one',
    [printed('a', NOW - 1)],
    undefined,
  ],
  [
    'newest',
    'of several clients the newest is the same one, in whatever order they came',
    [printed('m', NOW + 2), printed('a', NOW + 9), printed('z', NOW + 5)],
    'a',
  ],
  [
    'blocked',
    'a blocked client is not the same one',
    [printed('a', NOW + 5, { blockedAt: NOW + 6 })],
    undefined,
  ],
  [
    'beside-blocked',
    'an older client is the same one where the newest is blocked',
    [printed('z', NOW + 5, { blockedAt: NOW + 6 }), printed('a', NOW + 1)],
    'a',
  ],
  [
    'asleep',
    'a client that sleeps is the same one all the same',
    [printed('a', NOW + 5, { registration: { hibernatedAt: NOW + 6 } })],
    'a',
  ],
  [
    'other-fingerprint',
    'fingerprints are told apart to the byte, and a client may have none',
    [
      ...['Print', 'prin', 'print ', 'prïnt', ''].map((fingerprint) =>
        printed(`of-${fingerprint}`, NOW + 5, { registration: { fingerprint } }),
      ),
      clientWith('of-none', { issuedAt: NOW + 5 }),
    ],
    undefined,
  ],
  [
    'other-kind',
    'a client whose document has this fingerprint is not a duplicate',
    [withPrintedDocument('a')],
    undefined,
  ],
  [
    'other-realm',
    'a client of another realm is not the same one',
    [printed('a', NOW + 5, { realm: 'other' })],
    undefined,
  ],
];
