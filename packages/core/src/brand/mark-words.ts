import type { Vendor } from './vendor.ts';

/** The marker that pages display after a name, and words with the same meaning. */
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

/** Names that consist of the words of our marker. As a part of a name these words are allowed: `Certified Notes`. */
export const OUR_MARK: Vendor = {
  name: 'verified',
  commonWords: ['verified', 'certified', 'approved', 'verifiziert', 'vérifié', 'verificado', 'verificato'],
  neighbours: ['certifier', 'certifies', 'approver', 'approves', 'verifier', 'verifies', 'verifica'],
  hosts: [],
};
