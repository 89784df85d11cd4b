import type { Instant } from '../time.ts';

/** Tells the time. Only handlers ask it; decisions and stores are given the moment. */
export type Clock = () => Instant;

/** A new URL-safe random text of at least 128 bits, from `[A-Za-z0-9_-]`. */
export type GenerateToken = () => string;
