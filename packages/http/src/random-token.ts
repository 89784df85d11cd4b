import { toBase64Url } from './hash.ts';

/** 256 random bits from the platform's generator, base64url: `[A-Za-z0-9_-]{43}`. */
export const randomToken = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
