import { type Client, type ExpiredClient, type Instant, isExpired, type Life, lifeOf } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Tone } from '../output/paint.ts';

/** `expired`: the client was never used and no longer exists, but a person's consent may restore it. */
export type ClientState = Life['state'] | 'expired';

/** The states of a client, as in the option `--state` and in JSON. */
export const STATES: readonly ClientState[] = ['awake', 'asleep', 'blocked', 'gone', 'expired'];

export const TONES: Readonly<Record<ClientState, Tone>> = {
  awake: 'good',
  asleep: 'uneasy',
  blocked: 'bad',
  gone: 'quiet',
  expired: 'quiet',
};

export const stateOf = (client: Client | ExpiredClient, { settings }: Realm, now: Instant): ClientState =>
  isExpired(client) ? 'expired' : lifeOf(client, settings.lifecycle, now).state;
