import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

/** A certificate with its key, both in PEM format. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate says. */
export interface CertificateContents {
  /** The names and addresses that it is for. */
  readonly hosts: readonly string[];
  /** @default yesterday */
  readonly from?: Date;
  /** @default tomorrow */
  readonly to?: Date;
}

/** A private authority. */
export interface CertificateAuthority {
  /** Its own certificate, in PEM format. */
  readonly cert: string;
  issue(contents: CertificateContents): Certificate;
}

const DAY = 86_400_000;

/** Creates an authority that lasts as long as the tests. */
export function createCertificateAuthority(name = 'Test authority'): CertificateAuthority {
  const keys = newKeys();
  const issuer = { name, key: keys.privateKey };
  const cert = certificate(issuer, name, keys.publicKey, [CA, keyUsage(KEY_CERT_SIGN)]);
  return {
    cert,
    issue({ hosts, from, to }) {
      const { privateKey, publicKey } = newKeys();
      const [first = ''] = hosts;
      return {
        cert: certificate(issuer, first, publicKey, [alternativeNames(hosts)], from, to),
        key: pemOf(privateKey),
      };
    },
  };
}

/** Creates a certificate that its own key signed. */
export function selfSigned({ hosts, from, to }: CertificateContents): Certificate {
  const { privateKey, publicKey } = newKeys();
  const [name = ''] = hosts;
  const cert = certificate({ name, key: privateKey }, name, publicKey, [alternativeNames(hosts)], from, to);
  return { cert, key: pemOf(privateKey) };
}

const newKeys = (): { privateKey: KeyObject; publicKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' });

const pemOf = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }));

// A certificate of X.509 (RFC 5280 §4.1), in DER.

function certificate(
  issuer: { readonly name: string; readonly key: KeyObject },
  subject: string,
  publicKey: KeyObject,
  extensions: readonly Buffer[],
  from = new Date(Date.now() - DAY),
  to = new Date(Date.now() + DAY),
): string {
  const contents = sequence(
    der(0xa0, integer(2)),
    integer(0x40, ...randomBytes(15)),
    ECDSA_WITH_SHA256,
    nameOf(issuer.name),
    sequence(time(from), time(to)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signed = sequence(contents, ECDSA_WITH_SHA256, bits(sign('sha256', contents, issuer.key)));
  const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** A value with its tag and its length. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
/** The first byte is from 1 to 127: the number is positive and has no leading zeros. */
const integer = (...bytes: readonly number[]): Buffer => der(0x02, Buffer.from(bytes));
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const TRUE = der(0x01, Buffer.from([0xff]));

/** `UTCTime`: `261130120000Z`. */
const time = (at: Date): Buffer =>
  der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/\D/g, '')}Z`));

const COMMON_NAME = oid('550403');
const nameOf = (value: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, text(value))));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));

const CA = sequence(oid('551d13'), TRUE, octets(sequence(TRUE)));
/** The sixth of nine bits, so two are unused. */
const KEY_CERT_SIGN = Buffer.from([0x02, 0x04]);
const keyUsage = (usage: Uint8Array): Buffer => sequence(oid('551d0f'), TRUE, octets(der(0x03, usage)));

const alternativeNames = (hosts: readonly string[]): Buffer =>
  sequence(
    oid('551d11'),
    octets(
      sequence(
        ...hosts.map((host) => (isIP(host) === 0 ? der(0x82, Buffer.from(host)) : der(0x87, bytesOf(host)))),
      ),
    ),
  );

/** The bytes of an address; of IPv6 only `::1`. */
const bytesOf = (address: string): Buffer =>
  isIPv6(address)
    ? Buffer.from([...Array.from({ length: 15 }, () => 0), 1])
    : Buffer.from(address.split('.').map(Number));
