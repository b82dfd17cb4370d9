import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SenderCheck } from '../../auth/sender-check.js';
import type { Sender } from '../../auth/sender.js';
import { isRefusal, Refusal } from '../../http/refusal/refusal.js';
import { bytesOf, type Door, type DoorParts, fromSender, senderOfRequest } from '../door.js';
import { fittedDraft } from '../fitted-draft.js';
import { jsonPayload } from '../json-payload.js';
import { keyInPath } from '../key-in-path.js';
import { slackMessage } from './slack-message.js';

/** Slack's own addresses end with the key, after two ids. */
const PATHS = ['/slack/:key', '/hooks/:key', '/services/:team/:app/:key'];
/** Slack's words for a refusal, by its status. */
const WORDS: Readonly<Record<number, string>> = {
  400: 'invalid_payload',
  403: 'action_prohibited',
  413: 'invalid_payload',
  429: 'rate_limited',
};

/** The incoming webhooks of Slack and Mattermost. The key of the app is in the path. */
export function slackDoor(parts: DoorParts): Door {
  return {
    name: 'Slack',
    refusalBody,
    addRoutes: (server: FastifyInstance) => {
      const options = fromSender((request) => verify(request, parts.senders));
      for (const path of PATHS) server.post(path, options, (request) => publish(request, parts));
    },
  };
}

/** @throws Refusal those of `Sending` */
async function publish(request: FastifyRequest, { sending }: DoorParts): Promise<string> {
  const sender = senderOfRequest(request);
  const body = bytesOf(request);
  await sending.charge(sender, body.length);
  const payload = await jsonPayload(body, request.headers['content-type'] ?? '');
  const draft = fittedDraft(slackMessage(payload, sender.app?.audience ?? []), sender);
  await sending.sendCharged({ sender, draft });
  return 'ok';
}

/** Slack refuses a wrong key with 403. @throws Refusal invalid_token | wrong_scope | too_many_failed_sign_ins */
async function verify(request: FastifyRequest, senders: SenderCheck): Promise<Sender> {
  try {
    return await senders.verify(keyInPath(request));
  } catch (error) {
    throw isRefusal(error, 'invalid_token') ? new Refusal(403, 'invalid_token', error.message) : error;
  }
}

function refusalBody({ statusCode, code, details: [fault] }: Refusal): string {
  if (code === 'invalid_token') return code;
  return fault?.field === 'message' ? 'no_text' : (WORDS[statusCode] ?? code);
}
