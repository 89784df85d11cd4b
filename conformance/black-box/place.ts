import { openPlace } from '../registration/support/place.ts';
import type { OpenVenue } from '../registration/support/venue.ts';
import type { OpenServed } from './served.ts';

/** Events that a refused request may leave behind. */
export const HARMLESS: ReadonlySet<string> = new Set([
  'registration.refused',
  'authorization.refused',
  'transaction.refused',
  'token.refused',
  // A server creates its realm when it starts.
  'realm.added',
  'client.preregistered',
  'person.added',
  // The first request for the key set makes the first key.
  'key.made',
  // Cases that register a client successfully do so on purpose.
  'registration.accepted',
  'registration.coalesced',
]);

/** A realm at a venue of this process, with room for every case. */
export const servedAt =
  (open: OpenVenue): OpenServed =>
  async () => {
    const venue = await open();
    const place = await openPlace(venue, {
      coalesce: false,
      reservedNames: ['Vestibule'],
      limits: { perAddressPerHour: 1_000, perRealmPerDay: 1_000 },
    });
    return {
      issuer: place.issuer,
      send: (at, init = {}) =>
        venue.send(new URL(typeof at === 'string' ? `${place.issuer}${at}` : at), init, '192.0.2.1'),
      sideEffects: async () => [
        ...(await place.events()).map(({ type }) => type).filter((type) => !HARMLESS.has(type)),
        ...place.errors.map(String),
      ],
      close: () => venue.close(),
    };
  };
