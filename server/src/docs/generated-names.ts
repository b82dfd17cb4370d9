import type { OpenAPIObject } from '@nestjs/swagger';

/** The method that serves an operation gives it its id: generated clients have functions such as `sendNotification`. */
export function operationId(_controller: string, method: string): string {
  return method;
}

/** Names each schema as `protocol/` names its type: `Notification`, not `NotificationDto`. */
export function withoutSuffixes(document: OpenAPIObject): OpenAPIObject {
  const text = JSON.stringify(document).replaceAll(/"#\/components\/schemas\/(\w+)Dto"/g, '"#/components/schemas/$1"');
  const renamed = JSON.parse(text) as OpenAPIObject;
  const schemas = Object.entries(renamed.components?.schemas ?? {});
  const named = schemas.map(([name, schema]) => [name.replace(/Dto$/, ''), schema] as const);
  return { ...renamed, components: { ...renamed.components, schemas: Object.fromEntries(named) } };
}
