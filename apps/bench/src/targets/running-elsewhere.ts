import type { Person } from '../http/html-form.ts';
import type { Operation, Target } from './target.ts';

/** A server that an operator started: only its address is known. */
export interface Elsewhere {
  readonly name: 'keycloak' | 'hydra';
  /** Its issuer, with `http:`. */
  readonly issuer: URL;
  readonly person: Person;
}

const OPERATIONS_OF = {
  keycloak: ['metadata', 'register', 'flow', 'refresh'],
  // Its login and consent pages are another program's.
  hydra: ['metadata', 'register'],
} as const satisfies Record<Elsewhere['name'], readonly Operation[]>;

/** A target that is neither started nor paused. Its CPU time and memory are not measured, nor are its starts. */
export function runningElsewhere({ name, issuer, person }: Elsewhere): Target {
  const path = issuer.pathname.replace(/\/$/, '');
  return {
    name,
    storage: 'as its operator chose',
    notes: ['runs elsewhere: on cores of its own, and never paused'],
    versions: () => '',
    operations: OPERATIONS_OF[name],
    metadataPath: `${path}/.well-known/openid-configuration`,
    behavior: { scope: 'openid', person, sessions: 4 },
    address: issuer.origin,
    start: async ({ folder }) => ({
      addresses: [issuer.origin],
      origin: issuer.origin,
      folder,
      startMs: 0,
      processes: () => [],
      databaseProcesses: () => [],
      hasExited: () => false,
      stop: async () => undefined,
    }),
  };
}
