import * as z from 'zod';
import type { MetadataDocumentLimits, MetadataDocumentSettings } from '../metadata-document-settings.ts';
import type { PartialRealmSettings } from '../settings.ts';
import { count, hostPattern, secondsFrom, YEAR } from './values.ts';

const limits = () =>
  z.strictObject({
    perAddressPerHour: count().exactOptional(),
    perRealmPerDay: count().exactOptional(),
    perHostPerDay: count().exactOptional(),
  } satisfies Record<keyof MetadataDocumentLimits, z.ZodType>);

const isHttps = (url: string): boolean => URL.parse(url)?.protocol === 'https:';

/** Whose metadata documents are accepted. */
export const metadataDocumentSchema = (): z.ZodType<NonNullable<PartialRealmSettings['metadataDocuments']>> =>
  z.strictObject({
    open: z.boolean().exactOptional(),
    allowedHosts: z.array(hostPattern()).exactOptional(),
    refusedHosts: z.array(hostPattern()).exactOptional(),
    refusedDocuments: z.array(z.string().refine(isHttps, { error: 'must be an https URL' })).exactOptional(),
    stale: secondsFrom(0, YEAR).exactOptional(),
    verifyRegistrations: z.boolean().exactOptional(),
    limits: limits().exactOptional(),
  } satisfies Record<keyof MetadataDocumentSettings, z.ZodType>);
