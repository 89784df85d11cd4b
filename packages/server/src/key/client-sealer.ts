import type { ClientSealer } from '@vestibule/core';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { createSealingKeys, KEY_ID_LENGTH, type SealingKey, type SealingKeyOptions } from './sealing-keys.ts';

/** The longest `client_id`, in characters. Some clients and proxies do not accept longer URLs. */
const MAX_LENGTH = 1_024;

/** The longest text that is sealed or opened, in bytes: more than any registration needs. */
const MAX_TEXT = 16_384;

const VERSION = 'sealed1';

const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** A `client_id`: its version, the id of its key, and the rest as base64url. */
const SEALED = new RegExp(`^${VERSION}\\.([A-Za-z0-9_-]{${KEY_ID_LENGTH}})\\.([A-Za-z0-9_-]+)$`);

/**
 * What registrations often contain, most frequent last, so that the compression has to say it no more. A part of the version: a
 * change needs another one.
 */
const FREQUENT = Buffer.from(
  '"software_statement":"policy_uri":"https://tos_uri":"https://"contacts":["@"],"software_version":"1.0.0","software_id":"' +
    '"logo_uri":"https://.png","client_uri":"https://.com/.app/.dev/oauth/callbackmcp/auth/oauth2/redirect"application_type":' +
    '"native","web","scope":"openid profile email offline_access read write","client_name":"MCP Client Desktop CLI (' +
    '"grant_types":["authorization_code","refresh_token"],{"redirect_uris":["https://","http://localhost:","http://127.0.0.1:' +
    '/callback"],"application_type":"native"}]',
);

const COMPRESSION = { dictionary: FREQUENT, windowBits: 12 } as const;

/** Short texts need no codes of their own, and little memory. Any of these opens as well. */
const FAST = { ...COMPRESSION, level: 4, memLevel: 4, strategy: constants.Z_FIXED } as const;

/** What most packed texts fit into, in bytes: the buffer for the output is made for each. */
const PACKED = 1_024;

/**
 * Seals clients with AES-256-GCM, bound to their realm, their key and the version of the format. The text is compressed: its
 * author knows all of it, so its length reveals nothing.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5116#section-5.2 RFC 5116 §5.2}
 */
export function createClientSealer(options: SealingKeyOptions): ClientSealer {
  const keys = createSealingKeys(options);
  const nextIv = createIvs();
  return {
    async seal(realm, text) {
      const plain = Buffer.from(text);
      if (plain.length > MAX_TEXT) return undefined;
      const packed = deflateRawSync(plain, { ...FAST, chunkSize: PACKED });
      const key = await keys.current(realm);
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', key.secret, iv).setAAD(boundTo(realm.id, key));
      const parts = [iv, cipher.update(packed), cipher.final(), cipher.getAuthTag()];
      const sealed = `${VERSION}.${key.id}.${Buffer.concat(parts).toString('base64url')}`;
      return sealed.length <= MAX_LENGTH ? sealed : undefined;
    },
    async open(realm, clientId) {
      if (clientId.length > MAX_LENGTH) return undefined;
      const [, keyId, encoded] = SEALED.exec(clientId) ?? [];
      if (keyId === undefined || encoded === undefined) return undefined;
      const bytes = Buffer.from(encoded, 'base64url');
      // Another spelling of the same bytes would be a second id of the client, which could not be blocked with it.
      if (bytes.length <= IV_LENGTH + TAG_LENGTH || bytes.toString('base64url') !== encoded) return undefined;
      const key = await keys.find(realm, keyId);
      return key && opened(realm.id, key, bytes);
    },
  };
}

function opened(realm: string, key: SealingKey, bytes: Buffer): string | undefined {
  const end = bytes.length - TAG_LENGTH;
  const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(0, IV_LENGTH), {
    authTagLength: TAG_LENGTH,
  });
  decipher.setAAD(boundTo(realm, key)).setAuthTag(bytes.subarray(end));
  try {
    const packed = Buffer.concat([decipher.update(bytes.subarray(IV_LENGTH, end)), decipher.final()]);
    return inflateRawSync(packed, { ...COMPRESSION, maxOutputLength: MAX_TEXT }).toString();
  } catch {
    return undefined;
  }
}

/** How many IVs the generator is asked for at once. */
const IVS = 512;

/** Random IVs. Each is used once. */
function createIvs(): () => Buffer {
  let pool = Buffer.alloc(0);
  let next = 0;
  return () => {
    if (next === pool.length) {
      pool = randomBytes(IVS * IV_LENGTH);
      next = 0;
    }
    next += IV_LENGTH;
    return pool.subarray(next - IV_LENGTH, next);
  };
}

const boundTo = (realm: string, { id }: SealingKey): Buffer => Buffer.from(`${VERSION}:${realm}:${id}`);
