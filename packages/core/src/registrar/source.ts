/** Where a request comes from. */
export interface RegistrationSource {
  /** The network address, for the audit. */
  readonly ip: string;
  /** What the limit for one address counts: the address, or its /64 where it is IPv6. */
  readonly addressKey: string;
  /** The network it belongs to, for telling whether two requests are one: its /24, or its /64 where it is IPv6. */
  readonly network: string;
  /** Whether the address is within a range in CIDR notation. */
  readonly isWithin: (range: string) => boolean;
}
