import type { AuditEvent, AuditFacts } from '@vestibule/core/audit';
import { LONG, NUL, UNICODE } from './text.ts';
import { NOW } from './time.ts';

const happened = { realm: 'main', at: NOW, ip: '2001:db8::1' };
const consent = {
  clientId: 'notes',
  subject: 'ada',
  resource: 'https://api.example',
  scopes: ['write', 'read'],
};

/** The event with the deepest structure. */
export const acceptedEvent: AuditEvent = {
  ...happened,
  type: 'registration.accepted',
  clientId: 'notes',
  clientName: 'Notes',
  redirectUris: ['https://app.example/cb'],
  trace: [
    { rule: 'scope.known', outcome: 'narrowed', from: ['read', 'x'], to: 'read' },
    { rule: 'grant-types', outcome: 'dropped', from: [] },
  ],
};

const facts: Readonly<Record<string, AuditFacts>> = {
  'registration-accepted': acceptedEvent,
  'registration-refused': { type: 'registration.refused', rule: 'name', description: 'Choose another name.' },
  'registration-accepted-on-somebodys-word': {
    type: 'registration.accepted',
    clientId: 'notes',
    clientName: 'Notes',
    redirectUris: ['https://app.example/cb'],
    trace: [],
    initialAccessTokenId: 'for-the-notes-team',
    vouchedBy: 'https://voucher.example',
  },
  'registration-coalesced': { type: 'registration.coalesced', clientId: 'notes' },
  'registration-would-refuse': {
    type: 'registration.would-refuse',
    clientId: 'notes',
    rule: 'name',
    description: 'Choose another name.',
  },
  'registration-verified': {
    type: 'registration.verified',
    clientId: 'notes',
    document: 'https://app.notes.example/client.json',
    fingerprint: 'f-1',
  },
  'registration-unverified': {
    type: 'registration.unverified',
    clientId: 'notes',
    claimedDocument: "'https://app.notes.example/client.json'",
    reason: 'redirect-uris',
  },
  'registration-unauthorized': {
    type: 'registration.unauthorized',
    reason: 'spent',
    initialAccessTokenId: 'for-the-notes-team',
  },
  'registration-unauthorized-with-the-least': { type: 'registration.unauthorized', reason: 'missing' },
  'registration-limited': { type: 'registration.limited', limit: 'address' },
  'registration-day-full': {
    type: 'registration.day-full',
    perRealmPerDay: 100,
    until: 1_764_000_000_000,
  },
  'document-accepted': {
    type: 'document.accepted',
    clientId: 'https://app.example/client.json',
    clientName: 'Notes',
    redirectUris: ['https://app.example/cb'],
    trace: [{ rule: 'grant-types.supported', outcome: 'dropped', from: ['x'] }],
    fingerprint: 'fingerprint',
  },
  'document-changed': {
    type: 'document.changed',
    clientId: 'https://app.example/client.json',
    clientName: 'Notes',
    redirectUris: ['https://app.example/cb'],
    trace: [],
    fingerprint: 'fingerprint',
    changed: ['redirectUris'],
  },
  'document-refused': {
    type: 'document.refused',
    claimedClientId: "'https://app.example/client.json'",
    rule: 'document.secret',
    description: 'the document must not have client_secret: everybody can read it [document.secret]',
  },
  'document-unavailable': {
    type: 'document.unavailable',
    claimedClientId: "'https://app.example/client.json'",
    reason: 'status',
    detail: 'the status is 404',
    isStaleUsed: true,
  },
  'document-limited': { type: 'document.limited', limit: 'host' },
  'jwks-unavailable': {
    type: 'jwks.unavailable',
    owner: "the client 'acme'",
    reason: 'address',
    detail: "The address '10.0.0.7' of the host is in 10.0.0.0/8 (private use).",
  },
  'client-updated': {
    type: 'client.updated',
    clientId: 'notes',
    clientName: 'Notes',
    redirectUris: ['https://app.example/cb'],
    trace: [{ rule: 'scope.known', outcome: 'dropped', from: ['read', 'x'] }],
  },
  'client-update-refused': {
    type: 'client.update-refused',
    clientId: 'notes',
    rule: 'name',
    description: 'Choose another name.',
  },
  'management-unauthorized': { type: 'management.unauthorized' },
  'management-unauthorized-of-a-client': { type: 'management.unauthorized', clientId: 'notes' },
  'audit-limited': { type: 'audit.limited', eventType: 'sign-in.failed' },
  'audit-limited-with-the-least': { type: 'audit.limited' },
  'audit-omitted': {
    type: 'audit.omitted',
    since: 1_764_000_000_000,
    omitted: { 'registration.refused': 12, 'sign-in.failed': 3 },
  },
  'client-removed': { type: 'client.removed', clientId: 'notes', clientName: 'Notes', reason: 'unused' },
  'client-hibernated': { type: 'client.hibernated', clientId: 'notes', lastUsedAt: NOW - 1 },
  'client-revived': { type: 'client.revived', clientId: 'notes', subject: 'ada', asleepSince: NOW - 1 },
  'client-stored': {
    type: 'client.stored',
    clientId: 'sealed1.abc',
    clientName: 'Notes',
    redirectUris: ['https://app.example/cb'],
    subject: 'ada',
    registeredAt: NOW - 2,
    vouchedBy: 'https://vendor.example',
  },
  'sealing-key-made': { type: 'sealing-key.made', kid: 'one' },
  'sealing-key-retired': { type: 'sealing-key.retired', kid: 'one' },
  'gate-opened': { type: 'gate.opened', gate: 'scope', of: 'read' },
  'gate-closed': { type: 'gate.closed', gate: 'realm' },
  'gate-closed-by-an-actor': {
    type: 'gate.closed',
    gate: 'realm',
    actor: { kind: 'cli', id: 'ada' },
    before: { open: true, 'registration.limits.day': 3, names: ['a', 'Ä'], absent: null },
    after: { open: false },
  },
  'client-blocked': { type: 'client.blocked', clientId: 'notes', clientName: 'Notes' },
  'client-unblocked': { type: 'client.unblocked', clientId: 'notes', clientName: 'Notes' },
  'initial-access-token-issued': { type: 'initial-access-token.issued', initialAccessTokenId: 'a' },
  'initial-access-token-revoked': { type: 'initial-access-token.revoked', initialAccessTokenId: 'a' },
  'transaction-refused': { type: 'transaction.refused', problem: 'other-browser' },
  'authorization-refused': {
    type: 'authorization.refused',
    clientId: 'notes',
    error: 'invalid_scope',
    gate: 'scope',
  },
  'authorization-refused-with-the-least': { type: 'authorization.refused', error: 'invalid_request' },
  'authorization-limited': { type: 'authorization.limited', clientId: 'notes' },
  'sign-in-succeeded': { type: 'sign-in.succeeded', subject: 'ada' },
  'sign-in-failed': { type: 'sign-in.failed', username: 'eve' },
  'sign-in-limited': { type: 'sign-in.limited', username: '' },
  'sign-out-succeeded': { type: 'sign-out.succeeded', subject: 'ada' },
  'consent-approved': { type: 'consent.approved', ...consent, clientName: 'Notes', grantId: 'grant' },
  'consent-remembered': { type: 'consent.remembered', ...consent, grantId: 'grant' },
  'answer-too-soon': { type: 'answer.too-soon', page: 'consent', subject: 'ada', clientId: 'notes' },
  'answer-too-soon-with-the-least': { type: 'answer.too-soon', page: 'sign-out', subject: 'ada' },
  'consent-denied': { type: 'consent.denied', ...consent, scopes: [] },
  'token-issued': {
    type: 'token.issued',
    ...consent,
    grantType: 'refresh_token',
    grantId: 'grant',
    tokenId: 'token',
  },
  'token-refused': {
    type: 'token.refused',
    clientId: 'notes',
    error: 'invalid_grant',
    reason: 'expired',
    gate: 'api',
  },
  'token-refused-with-the-least': { type: 'token.refused', error: 'invalid_request', reason: 'malformed' },
  'grant-ended': {
    type: 'grant.ended',
    grantId: 'grant',
    clientId: 'notes',
    reason: 'refresh-token-replayed',
  },
  unicode: { type: 'sign-in.failed', username: UNICODE },
  nul: { type: 'sign-in.failed', username: NUL },
  'long-text': { type: 'registration.refused', rule: 'name', description: LONG },
};

/** Every type of event, with texts from requests. */
export const eventSamples: Readonly<Record<string, AuditEvent>> = {
  ...Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, { ...happened, ...fact }])),
  'without-address': {
    type: 'client.removed',
    realm: 'main',
    at: NOW,
    clientId: 'notes',
    clientName: 'Notes',
    reason: 'asleep',
  },
};

/** A unique event for a number. */
export const event = (number: number, at: number, realm = 'main'): AuditEvent => ({
  ...happened,
  type: 'registration.refused',
  rule: `rule-${number}`,
  description: 'Choose another name.',
  realm,
  at,
});
