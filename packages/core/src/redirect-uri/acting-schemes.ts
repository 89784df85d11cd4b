import type { PrivateUseRedirectUri } from './redirect-uri.ts';

const OPENS_PAGES = `
  alook arc baiduboxapp ddgquicklink dolphin duckduckgo firefox-klar mttbrowser naversearchapp puffin puffins ucbrowser
  x-web-search yandexbrowser yandexbrowser-open-url
`;

const CONTROLS_FROM_AFAR = `
  anydesk bomgar horizon-client jitsi-meet jump msteams nx nxs org.jitsi.meet parsec receiver rustdesk screens spice
  tvcontrol1 vmrc vmware-view wbx webex zoommtg zoomphonecall zoomrc zoomus
`;

const RUNS_COMMANDS = `
  alfred btt docker-desktop drafts github-mac github-windows gitkraken hammerspoon idea iterm2 jetbrains keyboardmaestro
  kmtrigger omnifocus omnigraffle omnioutliner omniplan putty pythonista pythonista3 raycast scriptable
  shortcuts-production sourcetree tasker warp winscp-scp winscp-sftp workflow x-github-client xcode
`;

const INSTALLS_OR_SELLS = `
  altstore amzn apple-magnifier appmarket appstream battlenet blizzard com.epicgames.launcher curseforge cydia eadm
  filza flatpak+http flatpak+https goggalaxy heroic itch lutris macappstore macappstores mimarket minecraft nxm oculus
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
  [OPENS_PAGES, CONTROLS_FROM_AFAR, RUNS_COMMANDS, INSTALLS_OR_SELLS, PAYS].join(' ').trim().split(/\s+/),
);

/** Schemes of which each version, issuer or bank has its own: `teamviewer10`, `tvjoinv8`, `bank100000000004`. */
const ACTING_PREFIXES: readonly string[] = ['teamviewer', 'tvjoin', 'twint-issuer', 'bank1000000'];

/** Chains that have their own scheme for web wallets: `web+stellar`. */
const WEB_WALLETS = /^web\+(?:stellar|cardano|ethereum|bitcoin|lightning)$/;

/** Editors that hand `scheme://publisher.extension` on to that extension, and keep every other place for commands of their own. */
const EDITORS: ReadonlySet<string> = new Set(
  'vscode vscode-insiders code-oss vscodium vscodium-insiders cursor windsurf windsurf-next trae kiro antigravity positron void'.split(
    ' ',
  ),
);

/**
 * Whether a private-use redirect URI opens a program that acts on what it is opened with: a browser that opens a page, a program
 * for remote control, a shell, a store, a wallet. It may be the app that registered it, too, which nobody but its maker and
 * the operator can tell.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.1 RFC 8252 §7.1}
 */
export function actsAtOnce({ scheme, authority = '' }: PrivateUseRedirectUri): boolean {
  if (EDITORS.has(scheme)) return !authority.includes('.');
  return (
    ACTING.has(scheme) ||
    WEB_WALLETS.test(scheme) ||
    ACTING_PREFIXES.some((prefix) => scheme.startsWith(prefix))
  );
}
