import { type Realm, realmSettings } from '@vestibule/core/realm';
import { onTestFinished } from 'vitest';
import { createVestibule, type NewRealm, type Vestibule, type VestibuleOptions } from '../src/index.ts';

export const INFO = { ip: '192.0.2.1' };

export const newRealm = (id: string, issuer: string): NewRealm => ({
  realm: { id, name: `Realm ${id}`, issuer, settings: { registration: { open: true } } },
  scopes: [{ name: 'notes:read', description: 'Read your notes', openToDynamicClients: true }],
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: 'https://notes.example/mcp',
      scopes: ['notes:read'],
      openToDynamicClients: true,
    },
  ],
  people: [{ username: 'ada', name: 'Ada', password: 'a horse of her own' }],
});

export const realmAt = (id: string, issuer: string): Realm => ({
  id,
  name: id,
  issuer,
  settings: realmSettings(),
  scopes: [],
  apis: [],
});

/** A Vestibule that is stopped after the test. */
export async function start(options: VestibuleOptions): Promise<Vestibule> {
  const vestibule = await createVestibule({ onWarning: () => undefined, ...options });
  onTestFinished(() => vestibule.stop());
  return vestibule;
}

export const MAIN = newRealm('main', 'https://id.example');
export const ISSUER_OF_SECOND = 'https://second.example';

export const metadataUrl = (issuer: string): string => {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`;
};

/** The issuer in the metadata at the address of an issuer's metadata. */
export const issuerAt = async (vestibule: Vestibule, issuer: string): Promise<unknown> => {
  const response = await vestibule.handle(new Request(metadataUrl(issuer)), INFO);
  return response === undefined ? undefined : Object(await response.json()).issuer;
};

export const statusAt = async (vestibule: Vestibule, url: string): Promise<number | undefined> =>
  (await vestibule.handle(new Request(url), INFO))?.status;
