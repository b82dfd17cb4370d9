import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keyInPath } from '../key-in-path.js';
import { invalidForm, textsOfForm } from '../../http/form-body.js';
import { isRefusal, Refusal } from '../../http/refusal/refusal.js';
import type { SenderCheck } from '../../auth/sender-check.js';
import type { Sender } from '../../auth/sender.js';
import type { Sending } from '../../notifications/sending.js';
import { bytesOf, type Door, fromSender, senderOfRequest } from '../door.js';
import { fittedDraft } from '../fitted-draft.js';
import { type Fields, jsonFields } from '../json-fields.js';
import { foreignMessage } from './slack-message.js';

/** Slack's own addresses end with the secret, after two ids. */
const PATHS = ['/slack/:key', '/hooks/:key', '/services/:team/:app/:key'];
const FORM = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const OPENING_BRACE = /^\s*\{/;
/** Slack's words for a refusal, by its status. */
const WORDS: Readonly<Record<number, string>> = {
  400: 'invalid_payload',
  403: 'action_prohibited',
  413: 'invalid_payload',
  429: 'rate_limited',
};

export interface SlackParts {
  readonly senders: SenderCheck;
  readonly sending: Sending;
}

/** The incoming webhooks of Slack and Mattermost. The key of the app is in the path. */
export function slackDoor(parts: SlackParts): Door {
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
async function publish(request: FastifyRequest, { sending }: SlackParts): Promise<string> {
  const sender = senderOfRequest(request);
  const body = bytesOf(request);
  const payload = await payloadOf(body, request.headers['content-type'] ?? '');
  const draft = fittedDraft(foreignMessage(payload, sender.app?.audience ?? []), sender);
  await sending.send({ sender, key: undefined, body: draft, bodyBytes: body.length, isForm: false });
  return 'ok';
}

/** JSON, or a form that has it as `payload`; curl sends JSON with the type of a form. @throws Refusal invalid_request */
async function payloadOf(body: Buffer, type: string): Promise<Fields> {
  if (!FORM.test(type) || OPENING_BRACE.test(body.toString('latin1', 0, 32))) return jsonFields(body);
  let form: Record<string, string>;
  try {
    form = await textsOfForm(body, type);
  } catch {
    throw invalidForm();
  }
  return jsonFields(Buffer.from(form['payload'] ?? ''));
}

/** Slack refuses a wrong secret with 403. @throws Refusal invalid_token | wrong_scope | too_many_failed_sign_ins */
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
