import type { Life } from '@vestibule/core';
import type { Tone } from '../output/paint.ts';

/** The states that a client can be in, as operators name them. */
export const STATES: readonly Life['state'][] = ['awake', 'asleep', 'blocked', 'gone'];

export const TONES: Readonly<Record<Life['state'], Tone>> = {
  awake: 'good',
  asleep: 'uneasy',
  blocked: 'bad',
  gone: 'quiet',
};
