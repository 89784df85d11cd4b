import { checkOptions, type Instant, type OptionTable, type Seconds } from '@vestibule/core';
import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { NetworkExceptions } from './address/judge-address.ts';
import { isNetwork } from './address/network.ts';
import { type Resolver, systemResolver } from './address/resolver.ts';

/** How URLs of strangers are fetched. */
export interface GuardedFetchOptions extends NetworkExceptions {
  /**
   * Resolves names. It is asked once for each fetch, and its answer is judged.
   *
   * @default the hosts file and the name servers of this computer
   */
  readonly resolver?: Resolver;
  /**
   * Certificates of authorities to trust besides the public ones, in PEM format.
   *
   * @default none
   */
  readonly ca?: string;
  /**
   * Networks that may be reached although they are not public, in CIDR notation: `['10.1.0.0/16']`. Everyone who can choose a
   * URL can then make this server send requests into them. For development, and for networks in which all clients are known.
   *
   * @default none
   */
  readonly allow?: readonly string[];
  /**
   * Networks that may be reached in addition to `allow`, but only at URLs that an operator chose, in CIDR notation: the network of
   * a key server inside, for example.
   *
   * @default none
   */
  readonly allowOperators?: readonly string[];
  /**
   * Networks that may not be reached although they are public, such as your own, in CIDR notation. Prevails over `allow`.
   *
   * @default none
   */
  readonly deny?: readonly string[];
  /** How long resolving the name may take, in seconds. @default 2 */
  readonly resolutionTimeout?: Seconds;
  /** How long connecting may take, TLS included, in seconds. @default 3 */
  readonly connectTimeout?: Seconds;
  /** How long the head of the response may take, in seconds. @default 3 */
  readonly headersTimeout?: Seconds;
  /** How long all may take together, in seconds, at most 60. @default 5 */
  readonly totalTimeout?: Seconds;
  /** The largest acceptable head of a response, in bytes. @default 16384 */
  readonly maxHeaderBytes?: number;
  /** The `User-Agent` of requests. It should tell operators of other hosts what asks. @default "vestibule" */
  readonly userAgent?: string;
  /** The clock, in milliseconds. @default Date.now */
  readonly now?: () => Instant;
}

/** The options with their defaults. */
export interface GuardedFetchSettings extends Required<Omit<GuardedFetchOptions, 'ca'>> {
  /** The authorities to trust. Absent: those that Node trusts. */
  readonly secureContext: SecureContext | undefined;
}

const TABLE: OptionTable<GuardedFetchOptions> = {
  resolver: 'resolve()?',
  ca: 'string?',
  allow: 'list?',
  allowOperators: 'list?',
  deny: 'list?',
  resolutionTimeout: 'seconds?',
  connectTimeout: 'seconds?',
  headersTimeout: 'seconds?',
  totalTimeout: 'seconds?',
  maxHeaderBytes: 'whole number?',
  userAgent: 'string?',
  now: 'function?',
};

const TIMEOUTS = ['resolutionTimeout', 'connectTimeout', 'headersTimeout', 'totalTimeout'] as const;

/** In seconds. A fetch is part of a request of a person, who waits. */
const LONGEST = 60;

/**
 * Checks the options and adds the defaults.
 *
 * @throws TypeError that names the options that are unknown or invalid
 */
export function readOptions(options: GuardedFetchOptions): GuardedFetchSettings {
  checkOptions('createGuardedFetch', options, TABLE);
  const problem = problemOf(options);
  if (problem !== undefined) throw new TypeError(`createGuardedFetch: ${problem}`);
  const {
    resolver = systemResolver,
    ca,
    allow = [],
    allowOperators = [],
    deny = [],
    resolutionTimeout = 2,
    connectTimeout = 3,
    headersTimeout = 3,
    totalTimeout = 5,
    maxHeaderBytes = 16_384,
    userAgent = 'vestibule',
    now = Date.now,
  } = options;
  return {
    resolver,
    secureContext: ca === undefined ? undefined : contextWith(ca),
    allow,
    allowOperators,
    deny,
    resolutionTimeout,
    connectTimeout,
    headersTimeout,
    totalTimeout,
    maxHeaderBytes,
    userAgent,
    now,
  };
}

function problemOf(options: GuardedFetchOptions): string | undefined {
  for (const name of ['allow', 'allowOperators', 'deny'] as const) {
    const wrong = options[name]?.find((network) => typeof network !== 'string' || !isNetwork(network));
    if (wrong !== undefined) {
      return `"${name}" must list networks such as "10.1.0.0/16" or "fd00::/8". ${JSON.stringify(wrong)} is not one.`;
    }
  }
  for (const name of TIMEOUTS) {
    const seconds = options[name];
    if (seconds !== undefined && (seconds === 0 || seconds > LONGEST)) {
      return `"${name}" must be more than 0 and at most ${LONGEST} seconds.`;
    }
  }
  if (options.maxHeaderBytes === 0 || options.maxHeaderBytes === Infinity) {
    return '"maxHeaderBytes" must be a whole number of 1 or more.';
  }
  if (options.userAgent !== undefined && !/^[\x20-\x7e]{1,256}$/.test(options.userAgent)) {
    return '"userAgent" must be 1 to 256 printable ASCII characters.';
  }
  return options.ca === undefined || isCertificate(options.ca)
    ? undefined
    : '"ca" must be a certificate in PEM format, or several, one after the other.';
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

/** Made once, because it parses more than a hundred certificates. */
const contextWith = (ca: string): SecureContext =>
  createSecureContext({ ca: [...getCACertificates('default'), ca] });
