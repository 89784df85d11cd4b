import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { cleanName } from './clean-name.ts';
import { findReservedName } from './reserved-names.ts';

const reserved = ['Vestibule', 'PayPal', 'Illinois Mail', 'Яндекс', 'Acme', 'Zyllo', 'Trusty Corp'];

describe(cite('a reserved name is found', 'rfc7591:5:impersonation'), () => {
  test.each([
    ['Vestibule', 'Vestibule'],
    ['VESTIBULE', 'Vestibule'],
    ['vestibule login', 'Vestibule'],
    ['My Vestibule helper', 'Vestibule'],
    ['V\u0435stibul\u0435', 'Vestibule'],
    ['Vest\u0456bule', 'Vestibule'],
    ['Ves\u200Btibule', 'Vestibule'],
    ['\u202EVestibule', 'Vestibule'],
    ['Ｖｅｓｔｉｂｕｌｅ', 'Vestibule'],
    ['𝐕𝐞𝐬𝐭𝐢𝐛𝐮𝐥𝐞', 'Vestibule'],
    ['Vestibu1e', 'Vestibule'],
    ['V\u0332estibule', 'Vestibule'],
    ['V\u0307estibule', 'Vestibule'],
    ['Vestíbule', 'Vestibule'],
    ['Vestib\u2800ule', 'Vestibule'],
    ['Vest1bule', 'Vestibule'],
    ['PaypaI', 'PayPal'],
    ['PayPa|', 'PayPal'],
    ['Рауреl', 'PayPal'],
    ['РауРаl', 'PayPal'],
    ['ILLINOIS MAIL', 'Illinois Mail'],
    ['lllinois Mail', 'Illinois Mail'],
    ['IlliNOis maiI', 'Illinois Mail'],
    ['iLLinolS mail', 'Illinois Mail'],
    ['яндекс', 'Яндекс'],
    ['ЯНДЕКС', 'Яндекс'],
    ['ACRNE', 'Acme'],
    ['Acrne', 'Acme'],
    ['🄰🄲🄼🄴', 'Acme'],
    ['🅰🅲🅼🅴', 'Acme'],
    ['🅐🅒🅜🅔 Mail', 'Acme'],
    ['🇦🇨🇲🇪 Mail', 'Acme'],
    ['Ⓐⓒⓜⓔ', 'Acme'],
    ['ᴀᴄᴍᴇ', 'Acme'],
    ['ΛCMΞ', 'Acme'],
    ['Aсме', 'Acme'],
    ['VΞSTIBULΞ', 'Vestibule'],
    ['ᴘᴀʏᴘᴀʟ', 'PayPal'],
    ['V e s t i b u l e', 'Vestibule'],
    ['V.e.s.t.i.b.u.l.e login', 'Vestibule'],
    ['Ve st ib ule', 'Vestibule'],
    ['A c m e', 'Acme'],
    ['Vestibbule', 'Vestibule'],
    ['Vessttibuulle', 'Vestibule'],
    ['Accme Mail', 'Acme'],
    ['Acmmme', 'Acme'],
    ['Zyylo', 'Zyllo'],
    ['trusstycorpp', 'Trusty Corp'],
    ['Vestiblue', 'Vestibule'],
    ['Evstibule', 'Vestibule'],
    ['Illniois Mail', 'Illinois Mail'],
    ['Pay Pal Mall', 'PayPal'],
    // As a part of another word.
    ['Zorpvestibulesque', 'Vestibule'],
    ['Unacmeable Notes', 'Acme'],
    ['Un@cm3able Notes', 'Acme'],
    ['Preillinois Mailing', 'Illinois Mail'],
  ])('%s: %s', (name, expected) => {
    expect(findReservedName(cleanName(name) ?? '', reserved)).toBe(expected);
  });
});

test.each([
  'Claude',
  'Cursor',
  'Visual Studio Code',
  'メモ帳',
  'Vesti',
  'Vest',
  'Acne Notes',
  'Came',
  'Yandere',
])('%s is free', (name) => {
  expect(findReservedName(name, reserved)).toBeUndefined();
});

test.each(['', '\u200B', ' '])('the reserved name %j reserves nothing', (empty) => {
  expect(findReservedName('Claude', [empty])).toBeUndefined();
});
