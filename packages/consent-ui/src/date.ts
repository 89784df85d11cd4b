import type { Instant } from '@vestibule/core';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A day, in words: "November 28, 2026". */
export const dateWords = (at: Instant): string => day.format(at);

/** A minute of a day. Where the person is, a page without scripts cannot know: "November 28, 2026 at 1:00 PM UTC". */
export const timeWords = (at: Instant): string => `${minute.format(at)} UTC`;
