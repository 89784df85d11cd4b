const MAX_HOST_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/**
 * Whether a host in ASCII form, with or without a port, fits the DNS: at most 253 characters, and 63 in each label.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 RFC 1035 §2.3.4}
 */
export function fitsTheDns(host: string): boolean {
  if (host.length <= MAX_LABEL_LENGTH) return true;
  const name = host.replace(/:\d{1,5}$/, '');
  return name.length <= MAX_HOST_LENGTH && name.split('.').every((label) => label.length <= MAX_LABEL_LENGTH);
}
