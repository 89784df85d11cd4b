import type { Instant } from '@vestibule/core';

/** Formats an instant for programs: `2026-11-23T20:28:05.000Z`. */
export const isoTime = (at: Instant): string => new Date(at).toISOString();

/** Formats an instant for people: `2026-11-23 20:28Z`. */
export const shortTime = (at: Instant): string => `${isoTime(at).slice(0, 16).replace('T', ' ')}Z`;
