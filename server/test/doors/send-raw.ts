import { request } from 'node:http';
import type { Answer } from '../running-server.js';

/**
 * Sends no `Content-Type` of its own, which `fetch` would. Beside a text as its body, Node would write headers in UTF-8.
 * @param headers bytes as Latin-1
 */
export function sendRaw(
  { port }: { readonly port: number },
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { 'Content-Length': body === undefined ? 0 : Buffer.byteLength(body) };
    const sent = request({ method, path, port, headers: { ...length, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: new Headers(), body: JSON.parse(text) }),
      );
    });
    sent.on('error', reject).end(body === undefined ? undefined : Buffer.from(body));
  });
}
