/** The source of a request. */
export interface RegistrationSource {
  /** The network address, for audit events. */
  readonly ip: string;
  /** The key for the limit of one address: the address, or its IPv6 /64. */
  readonly addressKey: string;
  /** The network by which duplicates are recognized: the IPv4 /24 or IPv6 /64. */
  readonly network: string;
  /** The network that one site usually gets: the IPv6 /56. Absent for IPv4, where a site has one address. */
  readonly site?: string;
  /** The network of a provider or an organization with many addresses: the IPv4 /24 or IPv6 /48. */
  readonly organization: string;
  /** The origin of the web page that sent the request. Absent for programs. */
  readonly origin?: string;
  /** Whether the address is within a range in CIDR notation. */
  readonly isWithin: (range: string) => boolean;
}
