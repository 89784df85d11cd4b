import { createHmac, hash } from 'node:crypto';

/** SHA-256 of a text, base64url: 43 characters. */
export const sha256 = (text: string): string => hash('sha256', text, 'base64url');

/** HMAC-SHA-256 of a text under a secret, base64url: 43 characters. */
export const hmac = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url');
