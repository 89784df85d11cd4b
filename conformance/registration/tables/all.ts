import { afterAll, beforeAll, describe } from 'vitest';
import type { OpenVenue, Venue } from '../support/venue.ts';
import { bodies } from './bodies.ts';
import { candidates } from './candidates.ts';
import { coalescing } from './coalescing.ts';
import { limits } from './limits.ts';
import { management } from './management.ts';
import { members } from './members.ts';
import { modes } from './modes.ts';
import { names } from './names.ts';
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

  describe('modes and tokens', () => {
    modes(there);
  });
  describe('software statements', () => {
    statements(there);
  });
  describe('management', () => {
    management(there);
  });
  describe('previews', () => {
    previews(there);
  });
  describe('coalescing', () => {
    coalescing(there);
  });
  describe('limits', () => {
    limits(there);
  });
  describe('names of vendors', () => {
    names(there);
  });
  describe('candidate policies', () => {
    candidates(there);
  });
  describe('members', () => {
    members(there);
  });
  describe('bodies', () => {
    bodies(there);
  });
}
