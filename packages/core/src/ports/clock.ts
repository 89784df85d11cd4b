import type { Instant } from '../time.ts';

/** Returns the current time. Only handlers call it; decisions and stores get the time as an argument. */
export type Clock = () => Instant;

/** A new random URL-safe text with at least 128 bits, from `[A-Za-z0-9_-]`. */
export type GenerateToken = () => string;
