import * as z from 'zod';
import { canonicalHostPattern } from '../../redirect-uri/host-pattern.ts';
import { isGroup, MAX_GROUP_LENGTH, MAX_GROUPS } from '../../identifiers/group.ts';
import type { Instant, Seconds } from '../../time.ts';
import { LONGEST_DURATION, readDuration } from '../duration.ts';

/** A number of things: 0 or more. */
export const count = (): z.ZodType<number> => z.int().min(0);

export const atLeastOne = (): z.ZodType<number> => z.int().min(1);

/** The percentage of something that one organization may use: 0 would close it for everybody. */
export const percent = (): z.ZodType<number> => z.int().min(1).max(100);

/** The maximum of a duration, and its text in messages. */
interface Longest {
  readonly seconds: Seconds;
  readonly words: string;
}

const LONGEST: Longest = { seconds: LONGEST_DURATION, words: '365000d' };
export const DAY: Longest = { seconds: 86_400, words: '1d' };
export const MONTH: Longest = { seconds: 30 * 86_400, words: '30d' };
export const YEAR: Longest = { seconds: 365 * 86_400, words: '365d' };
export const TEN_YEARS: Longest = { seconds: 3_650 * 86_400, words: '3650d' };

const DURATION = 'must be a duration: 5m, 12h 30m, 90d, or a whole number of seconds';

/** A duration: a whole number of seconds, or a text with units, such as `90d` or `12h 30m`. */
export const secondsFrom = (least: number, most: Longest = LONGEST): z.ZodType<Seconds> =>
  z.union([z.int(), z.string()], { error: DURATION }).transform((given, context) => {
    const length = typeof given === 'number' ? given : readDuration(given);
    if (length !== undefined && length > most.seconds) {
      context.addIssue({ code: 'custom', message: `must be at most ${most.words}` });
      return z.NEVER;
    }
    if (length !== undefined && length >= least) return length;
    context.addIssue({ code: 'custom', message: `${DURATION}, and at least ${least} second` });
    return z.NEVER;
  });

/** A moment: milliseconds since 1970, or a text such as `2026-12-01T09:30:00Z`. */
export const instant = (): z.ZodType<Instant> =>
  z.union(
    [
      z.int().min(0),
      z.iso
        .datetime({ offset: true })
        .pipe(z.coerce.date())
        .transform((date) => date.getTime()),
    ],
    { error: 'must be a time such as 2026-12-01T09:30:00Z, or milliseconds since 1970' },
  );

/** Text for people: one line, without control characters or marks that change its direction. */
export const text = (most: number = Infinity): z.ZodType<string> =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Bidi_Control}\u2028\u2029]*$/u, {
      error: 'must not contain line breaks, control characters or direction marks',
    });

/** Names of groups, each once. */
export const groupNames = (least: 0 | 1 = 0): z.ZodType<string[]> =>
  z
    .array(
      z.string().refine(isGroup, {
        error: `must be one line of 1 to ${MAX_GROUP_LENGTH} characters without spaces at its ends`,
      }),
    )
    .min(least, { error: 'must name at least one group' })
    .max(MAX_GROUPS)
    .transform((names) => [...new Set(names)]);

/** The id of a realm or an API. */
export const identifier = (): z.ZodType<string> =>
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
    error: 'must be lower-case letters, digits and dashes, at most 63',
  });

/** A host pattern, in its canonical spelling. */
export const hostPattern = (): z.ZodType<string> =>
  z.string().transform((pattern, context) => {
    const canonical = canonicalHostPattern(pattern);
    if (canonical === undefined) {
      context.addIssue({ code: 'custom', message: 'must be a host such as app.example, or *.app.example' });
    }
    return canonical ?? z.NEVER;
  });

/**
 * Public keys as a JWK Set.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export const keySet = (): z.ZodType<{ keys: Record<string, unknown>[] }> =>
  z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });
