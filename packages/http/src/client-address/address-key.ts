import { networksOfAddress } from './networks-of-address.ts';

/**
 * The key by which a limit counts an address. An IPv6 address counts as its /64 network, because its holder can use any of
 * the last 64 bits. An IPv4 address written as IPv6 counts as the IPv4 address. A text that is not an address counts as its
 * first 128 characters.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4291#section-2.5.1 RFC 4291 §2.5.1}
 */
export const addressKey = (ip: string): string => networksOfAddress(ip).addressKey;
