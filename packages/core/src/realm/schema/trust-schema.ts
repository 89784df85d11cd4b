import * as z from 'zod';
import type { Vendor, VendorDocument } from '../../brand/vendor.ts';
import { parseRedirectUri } from '../../redirect-uri/parse-redirect-uri.ts';
import { STATEMENT_ALGORITHMS, type TrustedIssuer } from '../../software-statement/verifier.ts';
import { isFetchableUrl } from '../../text/fetchable-url.ts';
import { documentUrl } from './document-url.ts';
import { hostPattern, keySet, text } from './values.ts';

const vendorDocument = (): z.ZodType<VendorDocument> =>
  z.strictObject({
    uri: documentUrl(),
    name: text(),
    redirectUris: z
      .array(z.string().refine((uri) => parseRedirectUri(uri).ok, { error: 'must be a redirect URI' }))
      .min(1),
    source: text().exactOptional(),
  } satisfies Record<keyof VendorDocument, z.ZodType>);

/** A vendor whose names ask for proof. */
export const vendor = (): z.ZodType<Vendor> =>
  z.strictObject({
    name: text(),
    aliases: z.array(text()).exactOptional(),
    commonWords: z.array(text()).exactOptional(),
    neighbours: z.array(text()).exactOptional(),
    hosts: z.array(hostPattern()),
    passesOn: z.array(hostPattern()).exactOptional(),
    schemes: z
      .array(
        z.string().regex(/^[a-z][a-z0-9+.-]*(?::\/\/[^\s/?#@]+)?$/, {
          error:
            'must be a scheme in lower case, without the colon, or one with its authority, such as app://acme.sync',
        }),
      )
      .exactOptional(),
    documents: z.array(vendorDocument()).exactOptional(),
  } satisfies Record<keyof Vendor, z.ZodType>);

/** An issuer of software statements. */
export const trustedIssuer = (): z.ZodType<TrustedIssuer> =>
  z
    .strictObject({
      name: text(80),
      issuer: z.string().min(1),
      jwks: keySet().exactOptional(),
      jwksUri: z
        .string()
        .refine(isFetchableUrl, { error: 'must be an https URL without a user name' })
        .exactOptional(),
      algorithms: z
        .array(
          z.enum(STATEMENT_ALGORITHMS, {
            error: `must be one of ${STATEMENT_ALGORITHMS.join(', ')}. none and symmetric algorithms are not accepted`,
          }),
        )
        .min(1),
      softwareIds: z.array(z.string().min(1)).exactOptional(),
    } satisfies Record<keyof TrustedIssuer, z.ZodType>)
    .refine(({ jwks, jwksUri }) => (jwks === undefined) !== (jwksUri === undefined), {
      error: 'must have either jwks or jwksUri',
    });
