import { afterAll, beforeAll, describe } from 'vitest';
import type { OpenVenue, Venue } from '../support/venue.ts';
import { bodies } from './bodies.ts';
import { coalescing } from './coalescing.ts';
import { limits } from './limits.ts';
import { management } from './management.ts';
import { members } from './members.ts';
import { modes } from './modes.ts';
import { previews } from './previews.ts';
import { statements } from './statements.ts';

/** Runs every table at a venue. */
export function everyTable(open: OpenVenue): void {
  let venue: Venue;
  beforeAll(async () => {
    venue = await open();
  });
  afterAll(() => venue.close());
  const there = (): Venue => venue;

  describe('modes and tokens', () => void modes(there));
  describe('software statements', () => void statements(there));
  describe('management', () => void management(there));
  describe('previews', () => void previews(there));
  describe('coalescing', () => void coalescing(there));
  describe('limits', () => void limits(there));
  describe('members', () => void members(there));
  describe('bodies', () => void bodies(there));
}
