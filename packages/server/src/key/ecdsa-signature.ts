/** The length of each of the two numbers of an ES256 signature, in bytes. */
const LENGTH = 32;

/**
 * An ES256 signature in the form that a JWT has: its two numbers one after the other, each of the full length.
 *
 * `node:crypto` also returns this form if it is asked for, but then takes twice as long, because it looks at the key again
 * for each signature.
 *
 * @param der the same signature as a sequence of two integers, as `node:crypto` returns it by default
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.4 RFC 7518 §3.4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3 RFC 3279 §2.2.3}
 */
export function concatenated(der: Buffer): Buffer {
  // Each value comes after its type and its length, one byte each: a sequence of at most 70 bytes has no longer length.
  const first = 4;
  const endOfFirst = first + der.readUInt8(first - 1);
  const second = endOfFirst + 2;
  const endOfSecond = second + der.readUInt8(second - 1);
  const signature = Buffer.alloc(2 * LENGTH);
  copyNumber(der, first, endOfFirst, signature, LENGTH);
  copyNumber(der, second, endOfSecond, signature, 2 * LENGTH);
  return signature;
}

/** Copies a number so that it ends at `end`. An integer has a zero before it if its first bit is set, and no other zeros. */
function copyNumber(der: Buffer, from: number, to: number, signature: Buffer, end: number): void {
  const start = Math.max(from, to - LENGTH);
  der.copy(signature, end - (to - start), start, to);
}
