import type { UpgradeAnswer } from './upgrade.ts';

/** Refusals that come after host, path and origin are accepted. */
const BEHIND_THE_CHECKS = ['invalid_token', 'sign_in_forgotten', 'wrong_scope', 'too_many_connections', 'stopping'];
const ADVICE: Readonly<Record<string, string>> = {
  origin_refused:
    "the header Host does not arrive as it was sent: let the proxy keep it (nginx: 'proxy_set_header Host $http_host')",
  unknown_host: 'the server answers to localhost only: add this address to its FRONTEND_URL',
  upgrade_required:
    "the header Upgrade does not arrive: let the proxy forward it (nginx: 'proxy_set_header Upgrade $http_upgrade')",
};

/** Why WebSockets don't work at this address; undefined if they do. */
export function faultOf({ status, code }: UpgradeAnswer): string | undefined {
  if (status === 101 || (code !== undefined && BEHIND_THE_CHECKS.includes(code))) return undefined;
  return (
    (code === undefined ? undefined : ADVICE[code]) ??
    `the answer to an upgrade is ${code ?? status}, which is not Herald's`
  );
}
