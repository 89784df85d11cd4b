import type { Vendor } from './vendor.ts';

/** What the pages say behind a name, and what says the same. */
export const OUR_WORDS: readonly string[] = [
  'verified by',
  'verified via',
  'approved by',
  'certified by',
  'unverified',
  'set up by',
  'verifiziert von',
  'geprüft von',
  'vérifié par',
  'verificado por',
  'verificato da',
  'проверено',
  '已验证',
  '已驗證',
  '検証済み',
  '認証済み',
];

/** Names that are nothing but the word of our mark. As a part of a name they are anybody's: `Certified Notes`. */
export const OUR_MARK: Vendor = {
  name: 'verified',
  commonWords: ['verified', 'certified', 'approved', 'verifiziert', 'vérifié', 'verificado', 'verificato'],
  neighbours: ['certifier', 'certifies', 'approver', 'approves', 'verifier', 'verifies', 'verifica'],
  hosts: [],
};
