/** An answer as Swagger UI passes it to an interceptor. */
interface Answer {
  url: string;
  status: number;
  body?: unknown;
}

/** The part of the page's `window.ui` that is used here. */
export interface SwaggerUi {
  specSelectors: { specJson(): { toJS(): { paths: Record<string, Record<string, unknown>> } } };
  specActions: {
    changeParam(
      operation: [path: string, method: string],
      name: string,
      place: 'path',
      value: string,
      isXml: boolean,
    ): void;
  };
}

/**
 * Puts the id of the notification just sent, or of the newest in a list, into the `id` field of every operation on such
 * notifications, so that they can be tried on it. Runs in the browser and is sent there as text, so it must be
 * self-contained.
 */
export function fillInId(answer: Answer): Answer {
  const { ui } = globalThis as unknown as { ui?: SwaggerUi };
  const isThing = (value: unknown): value is { id: string } =>
    typeof (value as { id?: unknown } | null)?.id === 'string';
  const body = answer.body as { items?: unknown[] } | undefined;
  const thing = [body, body?.items?.[0], Array.isArray(body) ? (body as unknown[])[0] : undefined].find(isThing);
  if (!ui || !thing || answer.status >= 300 || !answer.url.includes('/notifications')) return answer;
  const isPlan = (path: string): boolean => path.includes('/scheduled');
  const ofPlan = answer.status === 202 || isPlan(answer.url);
  for (const [path, methods] of Object.entries(ui.specSelectors.specJson().toJS().paths)) {
    if (!path.includes('/notifications/') || !path.includes('{id}') || isPlan(path) !== ofPlan) continue;
    for (const method of Object.keys(methods))
      ui.specActions.changeParam([path, method], 'id', 'path', thing.id, false);
  }
  return answer;
}
