import type { PrivateUseRedirectUri } from './redirect-uri.ts';

const OPENS_PAGES = `
  alohabrowser alook arc baiduboxapp ddgquicklink dolphin duckduckgo ecosia firefox-klar googlechrome-x-callback icab icabmobile
  icabmobiles mttbrowser naversearchapp ohttp ohttps onionhttp onionhttps puffin puffins quark snowhaze sogoumse
  ucbrowser ucweb x-icabmobile x-icabmobiles x-web-search yandexbrowser yandexbrowser-open-url
`;

const CONTROLS_FROM_AFAR = `
  anydesk bomgar horizon-client jitsi-meet jump msteams nx nxs org.jitsi.meet parsec receiver rustdesk screens spice
  tvcontrol1 vmrc vmware-view wbx webex zoommtg zoomphonecall zoomrc zoomus
`;

const RUNS_COMMANDS = `
  alfred ashell blinkshell btt docker-desktop drafts git-client github-mac github-windows gitkraken gittower hammerspoon iterm2
  keyboardmaestro kmtrigger launchbar lmstudio omnifocus omnigraffle omnioutliner omniplan pinokio putty pythonista pythonista3 pyto
  raycast scriptable shellfish shortcuts-production sourcetree tasker termius textexpander vsweb warp winscp-scp winscp-sftp
  workflow working-copy x-github-client xcode
`;

const EDITS_FILES = `
  appcode atom bbedit clion datagrip dataspell emacsclient fleet goland idea jetbrains jetbrains-gateway mvim org-protocol
  phpstorm pycharm rubymine rustrover subl sublimetext textastic textmate txmt webstorm x-bbedit zed
`;

const INSTALLS_OR_SELLS = `
  altstore amzn apple-magnifier appmarket appstream battlenet blizzard com.epicgames.launcher curseforge cydia eadm exp exps
  filza flatpak+http flatpak+https goggalaxy heroic itch itms-beta itms-betas itms-books itms-bookss itms-messages itms-messagess
  itms-podcast itms-podcasts itms-watch itms-watchs lutris macappstore macappstores mimarket minecraft nxm oculus
  oppomarket origin origin2 roblox roblox-player roblox-studio samsungapps sidestore sileo snap uplay vivomarket zbra
`;

const PAYS = `
  alipay alipayconnect alipayhk alipays bepgenapp bitcoin bitcoincash bnc cardano cashapp cashme cbwallet credpay dana
  dash dogecoin ether ethereum exodus gojek gopay gpay iota ispmobile kakaopay keyauth kftc-bankpay ledgerlive lightning
  linepay litecoin lnurl lnurlc lnurlp lnurlw mercadopago metamask mobikwik mobilepay momo monero nano okx ovo paypal
  paypay paytm paytmmp payto phantom phonepe rainbow revolut ripple satispay sberpay shoebox solana squarecash supertoss
  swish tc tez tikkie ton tonkeeper tron trust twint upi uppaywallet upwrp venmo vipps vippsmt wc wechat weixin xrpl
  yoomoney zalopay zcash
`;

const ACTING: ReadonlySet<string> = new Set(
  [OPENS_PAGES, CONTROLS_FROM_AFAR, RUNS_COMMANDS, EDITS_FILES, INSTALLS_OR_SELLS, PAYS]
    .join(' ')
    .trim()
    .split(/\s+/),
);

/**
 * Schemes with a suffix for each version, issuer or bank (`teamviewer10`, `tvjoinv8`, `bank100000000004`), and those of
 * programs that are part of Apple's systems (`com.apple.shortcuts`, `x-apple.systempreferences`).
 */
const ACTING_PREFIXES: readonly string[] = [
  'teamviewer',
  'tvjoin',
  'twint-issuer',
  'bank1000000',
  'com.apple.',
  'x-apple-',
  'x-apple.',
];

/** Blockchains with their own scheme for web wallets: `web+stellar`. */
const WEB_WALLETS = /^web\+(?:stellar|cardano|ethereum|bitcoin|lightning)$/;

/**
 * Editors that pass `scheme://publisher.extension` on to that extension, and use all other authorities, and their own
 * extensions, for commands.
 */
const EDITORS: ReadonlySet<string> = new Set(
  'vscode vscode-insiders code-oss vscodium vscodium-insiders cursor windsurf windsurf-next trae kiro antigravity positron void'.split(
    ' ',
  ),
);

/** The id of an extension as VS Code writes it, `publisher.name`, without the escapes that an editor would decode. */
const EXTENSION_ID = /^([a-z0-9][a-z0-9-]*)\.[a-z0-9][a-z0-9.-]*$/;

/**
 * Publishers of extensions that are part of an editor and act for it: `vscode.git` clones, `anysphere.cursor-deeplink`
 * installs servers and fills in prompts, those of `ms-vscode-remote` connect to other computers.
 */
const BUILT_IN_PUBLISHERS: Readonly<Record<string, RegExp>> = {
  vscode: /./,
  'ms-vscode-remote': /./,
  anysphere: /^cursor/,
  codeium: /^windsurf/,
  trae: /^trae/,
  kiro: /^kiro/,
  antigravity: /^antigravity/,
  positron: /^positron/,
  void: /^void/,
};

/** Built-in extensions that only receive authorization responses. */
const BUILT_IN_CALLBACKS: ReadonlySet<string> = new Set([
  'anysphere.cursor-mcp',
  'anysphere.cursor-retrieval',
  'codeium.windsurf',
]);

function isEditorsOwn(scheme: string, authority: string): boolean {
  const id = authority.toLowerCase();
  const [, publisher] = EXTENSION_ID.exec(id) ?? [];
  if (publisher === undefined) return true;
  return !BUILT_IN_CALLBACKS.has(id) && (BUILT_IN_PUBLISHERS[publisher]?.test(scheme) ?? false);
}

/**
 * Whether a private-use redirect URI opens a program that acts on its input: a browser that opens a page, a remote control,
 * a shell, a store, a wallet. It can also be the app that registered it, which only its maker and the operator know.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.1 RFC 8252 §7.1}
 */
export function actsAtOnce({ scheme, authority = '' }: PrivateUseRedirectUri): boolean {
  if (EDITORS.has(scheme)) return isEditorsOwn(scheme, authority);
  return (
    ACTING.has(scheme) ||
    WEB_WALLETS.test(scheme) ||
    ACTING_PREFIXES.some((prefix) => scheme.startsWith(prefix))
  );
}
