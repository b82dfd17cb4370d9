import {
  type Notification,
  NTFY_TOPIC,
  parseChannel,
  type ScheduledNotification,
  topicChannel,
} from '@herald/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CredentialsRequest, SenderCheck } from '../../auth/sender-check.js';
import type { Refusal } from '../../http/refusal/refusal.js';
import type { Sending } from '../../notifications/sending.js';
import { bytesOf, type Door, fromSender, reasonOf, senderOfRequest } from '../door.js';
import { fittedDraft } from '../fitted-draft.js';
import { asText, type Fields, jsonFields } from '../json-fields.js';
import { ntfyAnswer } from './ntfy-answer.js';
import { NtfyFault, ntfyError } from './ntfy-fault.js';
import { ntfyMessage, type Published } from './ntfy-message.js';
import { Parameters } from './parameters.js';

const PREFIX = '/ntfy';
const TOPIC = `:topic(^${NTFY_TOPIC}$)`;
const SEQUENCE = ':sequence(^[-_A-Za-z0-9]{1,64}$)';
const METHODS = ['POST', 'PUT'];
/** Words for a GET that publishes, since the topic alone would be read. */
const VERBS = ['publish', 'send', 'trigger'];

export interface NtfyParts {
  readonly senders: SenderCheck;
  readonly sending: Sending;
  /** Whether a key may be in the query. */
  readonly takesKeyInQuery: boolean;
}

interface Path {
  readonly topic: string;
  readonly sequence?: string;
}

/** ntfy's paths to publish, at the root and below `/ntfy`. */
export function ntfyDoor(parts: NtfyParts): Door {
  return {
    name: 'ntfy',
    refusalBody: (refusal) => ntfyError(refusal, reasonFor(refusal)),
    addRoutes: (server: FastifyInstance) => {
      const { senders, takesKeyInQuery } = parts;
      const options = fromSender((request) => senders.verify(credentialsOf(request, takesKeyInQuery)));
      const raw = (request: FastifyRequest): Promise<object> => publish(request, publishedText, parts);
      for (const url of ['/', PREFIX, `${PREFIX}/`]) {
        server.route({
          method: METHODS,
          url,
          ...options,
          handler: (request) => publish(request, publishedJson, parts),
        });
      }
      for (const prefix of ['', PREFIX]) {
        server.route({ method: METHODS, url: `${prefix}/${TOPIC}`, ...options, handler: raw });
        server.route({ method: METHODS, url: `${prefix}/${TOPIC}/${SEQUENCE}`, ...options, handler: raw });
        for (const verb of VERBS) server.get(`${prefix}/${TOPIC}/${verb}`, options, raw);
        server.get(`${prefix}/v1/health`, () => ({ healthy: true }));
      }
    },
  };
}

/** @throws Refusal those of `Sending` */
async function publish(
  request: FastifyRequest,
  read: (request: FastifyRequest) => Published,
  { sending }: NtfyParts,
): Promise<object> {
  const sender = senderOfRequest(request);
  await sending.charge(sender, bytesOf(request).length);
  const published = read(request);
  if (parseChannel(topicChannel(published.topic)) === undefined)
    throw new NtfyFault(40009, 'invalid request: topic invalid');
  const draft = fittedDraft(ntfyMessage(published), sender);
  const stored = await sending.sendCharged({ sender, draft });
  return ntfyAnswer(stored as Notification | ScheduledNotification, published);
}

function publishedText(request: FastifyRequest): Published {
  const { topic, sequence } = request.params as Path;
  return {
    topic,
    sequenceId: VERBS.includes(sequence ?? '') ? undefined : sequence,
    body: bytesOf(request),
    contentType: request.headers['content-type'] ?? '',
    parameters: new Parameters(request),
  };
}

/** @throws NtfyFault when the body is no JSON object */
function publishedJson(request: FastifyRequest): Published {
  const fields = jsonOf(request);
  const parameters = new Parameters(request, fields);
  return { topic: asText(fields['topic']) ?? '', body: undefined, contentType: '', parameters };
}

function jsonOf(request: FastifyRequest): Fields {
  try {
    return jsonFields(bytesOf(request));
  } catch {
    throw new NtfyFault(40017, 'invalid request: request body must be message JSON');
  }
}

/** `?auth=` has the value of the header `Authorization` in base64url. */
function credentialsOf({ headers, query, ip }: FastifyRequest, takesKeyInQuery: boolean): CredentialsRequest {
  const { auth, authorization } = query as Fields;
  const encoded = takesKeyInQuery ? (asText(auth) ?? asText(authorization)) : undefined;
  const given = encoded === undefined ? headers.authorization : Buffer.from(encoded, 'base64url').toString();
  return { ip, headers: given === undefined ? {} : { authorization: given } };
}

function reasonFor(refusal: Refusal): string {
  return refusal.statusCode === 401 ? 'unauthorized' : refusal.statusCode === 403 ? 'forbidden' : reasonOf(refusal);
}
