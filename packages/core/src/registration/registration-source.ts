/** Where a request comes from. */
export interface RegistrationSource {
  /** The network address, for the audit. */
  readonly ip: string;
  /** What the limit for one address counts: the address, or its /64 where it is IPv6. */
  readonly addressKey: string;
  /** The network it belongs to, for telling whether two requests are one: its /24, or its /64 where it is IPv6. */
  readonly network: string;
  /** The network that one site usually gets: the /56 where it is IPv6. None for IPv4, where a site has one address. */
  readonly site?: string;
  /** The network of a provider or an organization, which has many addresses: its /24, or its /48 where it is IPv6. */
  readonly organization: string;
  /** The origin of the web page that sent the request. None for programs, which are on no page. */
  readonly origin?: string;
  /** Whether the address is within a range in CIDR notation. */
  readonly isWithin: (range: string) => boolean;
}
