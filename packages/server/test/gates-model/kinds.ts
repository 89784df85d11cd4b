import type { ClientBounds } from '@vestibule/core/registration';
import { type ApiId, RESOURCES, type ScopeName } from './realm.ts';

/** A kind of client, and what it can hold at most while every gate is open. */
export interface Kind {
  readonly name: string;
  /** Whether it registered itself or has a metadata document, so that the gates apply, or an operator created it. */
  readonly madeBy: 'itself' | 'document' | 'operator';
  /** What it registers with, or what its document says, besides a name and a redirect URI. */
  readonly metadata: { readonly grant_types: readonly string[]; readonly scope?: string };
  /** The bounds of its initial access token. Absent: it has none. */
  readonly bounds?: ClientBounds;
  readonly refreshes: boolean;
  readonly ceiling: Readonly<Record<ApiId, readonly ScopeName[]>>;
}

const ONCE = { grant_types: ['authorization_code'] };
const AGAIN = { grant_types: ['authorization_code', 'refresh_token'] };
const EVERYTHING = { notes: ['read', 'write'], mail: ['read', 'send'] } as const;

/** Clients that registered, or whose document was fetched, while every gate was open. */
export const SELF_REGISTERED: readonly Kind[] = [
  { madeBy: 'itself', name: 'with refresh tokens', metadata: AGAIN, refreshes: true, ceiling: EVERYTHING },
  { madeBy: 'itself', name: 'without refresh tokens', metadata: ONCE, refreshes: false, ceiling: EVERYTHING },
  {
    madeBy: 'itself',
    name: 'bound to a scope by its registration',
    metadata: { ...AGAIN, scope: 'read' },
    refreshes: true,
    ceiling: { notes: ['read'], mail: ['read'] },
  },
  {
    madeBy: 'itself',
    name: 'bound to a scope by its initial access token',
    metadata: AGAIN,
    bounds: { scopes: ['write'] },
    refreshes: true,
    ceiling: { notes: ['write'], mail: [] },
  },
  {
    madeBy: 'itself',
    name: 'bound to this API by its initial access token',
    metadata: AGAIN,
    bounds: { resources: [RESOURCES.notes] },
    refreshes: true,
    ceiling: { notes: ['read', 'write'], mail: [] },
  },
  {
    madeBy: 'itself',
    name: 'bound to another API by its initial access token',
    metadata: AGAIN,
    bounds: { resources: [RESOURCES.mail] },
    refreshes: true,
    ceiling: { notes: [], mail: ['read', 'send'] },
  },
  {
    madeBy: 'itself',
    name: 'bound in everything',
    metadata: { ...AGAIN, scope: 'write read' },
    bounds: { resources: [RESOURCES.notes], scopes: ['read', 'send'] },
    refreshes: true,
    ceiling: { notes: ['read'], mail: [] },
  },
  { madeBy: 'document', name: 'with a document', metadata: AGAIN, refreshes: true, ceiling: EVERYTHING },
  {
    madeBy: 'document',
    name: 'bound to a scope by its document',
    metadata: { ...AGAIN, scope: 'read' },
    refreshes: true,
    ceiling: { notes: ['read'], mail: ['read'] },
  },
];

/** All of them, and pre-registered clients, whose listed access does not depend on the gates. */
export const KINDS: readonly Kind[] = [
  ...SELF_REGISTERED,
  {
    madeBy: 'operator',
    name: 'that an operator made',
    metadata: AGAIN,
    refreshes: true,
    ceiling: { notes: ['read', 'admin'], mail: [] },
  },
];
