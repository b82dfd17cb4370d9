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
 * Fills the id of the notification that was sent, or of the newest in a list, into the `id` field of every operation on
 * such notifications. Runs in the browser and is sent there as text, so it must be self-contained.
 */
export function fillInId(answer: Answer): Answer {
  const { ui } = globalThis as unknown as { ui?: SwaggerUi };
  const hasId = (value: unknown): value is { id: string } => typeof (value as { id?: unknown } | null)?.id === 'string';
  const body = answer.body as { items?: unknown[] } | undefined;
  const found = [body, body?.items?.[0], Array.isArray(body) ? (body as unknown[]).at(-1) : undefined].find(hasId);
  if (!ui || !found || answer.status >= 300 || !answer.url.includes('/notifications')) return answer;
  const isScheduled = (path: string): boolean => path.includes('/scheduled');
  const forScheduled = answer.status === 202 || isScheduled(answer.url);
  for (const [path, methods] of Object.entries(ui.specSelectors.specJson().toJS().paths)) {
    if (!path.includes('/notifications/') || !path.includes('{id}') || isScheduled(path) !== forScheduled) continue;
    for (const method of Object.keys(methods))
      ui.specActions.changeParam([path, method], 'id', 'path', found.id, false);
  }
  return answer;
}
