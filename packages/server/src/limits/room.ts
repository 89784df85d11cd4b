import type { Seconds } from '@vestibule/core';

/** Whether a limit allows one more. */
export type Room = { readonly allowed: true } | { readonly allowed: false; readonly retryAfter: Seconds };
