import { HeraldError } from './herald-error.ts';

const NOT_JSON = Symbol('not JSON');

/** The parsed answer to a request; undefined if its body is empty. @throws HeraldError */
export async function answerOf<Answer>(asked: Promise<Response>): Promise<Answer> {
  const [{ ok, status, headers }, text] = await asked
    .then(async (response) => [response, await response.text()] as const)
    .catch((cause: unknown) => {
      throw new HeraldError(0, undefined, undefined, { cause });
    });
  const answer = parsed(text);
  // A page of a proxy may come with the status 200.
  if (ok && answer !== NOT_JSON) return answer as Answer;
  const seconds = Number(headers.get('Retry-After') ?? NaN);
  throw new HeraldError(status, isRefusal(answer) ? answer : undefined, seconds >= 0 ? seconds : undefined);
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function isRefusal(body: unknown): body is NonNullable<HeraldError['answer']> {
  return typeof (body as { code?: unknown } | null | undefined)?.code === 'string';
}
