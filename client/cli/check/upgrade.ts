import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { json } from 'node:stream/consumers';

/** Handshake of RFC 6455 with its own example of a key. */
const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const WITHIN_MS = 10_000;

/** Answer to an upgrade: 101, or a status and the code of Herald's refusal, if it is one. */
export interface UpgradeAnswer {
  status: number;
  code?: string;
}

/**
 * Asks for a WebSocket as a page of the server's own origin would, which `WebSocket` in Node does not let a program do.
 * @param url of the endpoint, with http or https
 * @throws Error if there is no answer
 */
export function askForUpgrade(url: URL, token: string | undefined): Promise<UpgradeAnswer> {
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const headers = { ...HANDSHAKE, ...authorization, Origin: url.origin };
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    send(url, { headers, signal: AbortSignal.timeout(WITHIN_MS) })
      .on('upgrade', (response, socket) => {
        socket.destroy();
        resolve({ status: response.statusCode ?? 0 });
      })
      .on('response', (response) => void refusalIn(response).then(resolve))
      .on('error', reject)
      .end();
  });
}

async function refusalIn(response: IncomingMessage): Promise<UpgradeAnswer> {
  const status = response.statusCode ?? 0;
  const body = (await json(response).catch(() => null)) as { code?: unknown } | null;
  return typeof body?.code === 'string' ? { status, code: body.code } : { status };
}
