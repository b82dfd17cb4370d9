import type { FastifyInstance, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Notification } from '@herald/protocol';
import type { CredentialsRequest, SenderCheck } from '../../auth/sender-check.js';
import { senderOf } from '../../auth/sender.js';
import { invalidForm, textsOfForm } from '../../http/form-body.js';
import type { Refusal } from '../../http/refusal/refusal.js';
import type { Sending } from '../../notifications/sending.js';
import type { Store } from '../../repository/store.js';
import { bytesOf, type Door, fromSender, pathsOf, reasonOf, senderOfRequest } from '../door.js';
import { fittedDraft } from '../fitted-draft.js';
import { type Fields, jsonFields } from '../json-fields.js';
import { appOfUser } from './app-of-user.js';
import { gotifyAnswer } from './gotify-answer.js';
import { gotifyMessage } from './gotify-message.js';

const PREFIX = '/gotify';
/** The version of Gotify whose clients this door serves. */
const VERSION = { version: '2.6.3', commit: 'unknown', buildDate: 'unknown' };
const UNAUTHORIZED = 'you need to provide a valid access token or user credentials to access this api';
const FORM = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

export interface GotifyParts {
  readonly senders: SenderCheck;
  readonly sending: Sending;
  readonly store: Store;
  /** Whether a key may be in the query. */
  readonly takesKeyInQuery: boolean;
}

/** `POST /message`, `GET /version` and `GET /health` as Gotify has them, at the root and below `/gotify`. */
export function gotifyDoor(parts: GotifyParts): Door {
  return {
    name: 'Gotify',
    refusalBody,
    addRoutes: (server: FastifyInstance) => {
      const options = fromSender((request) => parts.senders.verify(credentialsOf(request, parts.takesKeyInQuery)));
      for (const path of pathsOf(PREFIX, '/message')) server.post(path, options, (request) => publish(request, parts));
      for (const path of ['/version', `${PREFIX}/version`]) server.get(path, () => VERSION);
      for (const path of ['/health', `${PREFIX}/health`]) {
        server.get(path, async (_, reply) => {
          const isReady = await parts.store.isReady();
          const [health, database] = isReady ? ['green', 'green'] : ['orange', 'red'];
          return reply.status(isReady ? 200 : 500).send({ health, database });
        });
      }
    },
  };
}

/** @throws Refusal those of `Sending` */
async function publish(request: FastifyRequest, parts: GotifyParts): Promise<object> {
  const body = bytesOf(request);
  const query = request.query as Fields;
  const sender = senderOfRequest(request);
  await parts.sending.charge(sender, body.length);
  const fields = { ...query, ...(await fieldsOf(body, request.headers['content-type'] ?? '')) };
  const app = sender.app ?? (await appOfUser(fields['appid'], sender.name, parts.store.apps));
  const appSender = sender.app === undefined ? await senderOf(app, parts.store.users) : sender;
  const draft = fittedDraft(gotifyMessage(fields), appSender);
  const stored = await parts.sending.sendCharged({ sender: appSender, draft });
  return gotifyAnswer(stored as Notification, app, fields);
}

/** Gotify looks at the query first, then at its own header, then at `Authorization`. */
function credentialsOf({ headers, ip, query }: FastifyRequest, takesKeyInQuery: boolean): CredentialsRequest {
  const { token } = query as Fields;
  const isInQuery = takesKeyInQuery && typeof token === 'string' && token !== '';
  return { ip, headers: isInQuery ? { 'x-gotify-key': token } : headers };
}

/** @throws Refusal invalid_request when the body can't be read */
async function fieldsOf(body: Buffer, type: string): Promise<Fields> {
  if (body.length === 0) return {};
  if (!FORM.test(type)) return jsonFields(body);
  try {
    return await textsOfForm(body, type);
  } catch {
    throw invalidForm();
  }
}

function refusalBody(refusal: Refusal): object {
  const { statusCode: errorCode } = refusal;
  const errorDescription = errorCode === 401 ? UNAUTHORIZED : reasonOf(refusal);
  return { error: STATUS_CODES[errorCode] ?? 'Error', errorCode, errorDescription };
}
