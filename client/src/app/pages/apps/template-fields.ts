import { type AppTemplate, type AppTemplateDraft, TEMPLATE_FIELDS } from '@herald/protocol';

/** Values of the form. `example` is JSON. */
export type TemplateFields = Record<(typeof TEMPLATE_FIELDS)[number] | 'name' | 'example', string>;

/** A template to begin with, and a payload that has something of everything. */
export function newTemplateFields(): TemplateFields {
  const example = {
    status: 'failed',
    job: { id: 7, name: 'nightly' },
    steps: [
      { name: 'build', result: 'ok' },
      { name: 'test', result: 'failed' },
    ],
  };
  return {
    ...{ name: '', title: '{{job.name}}: {{status}}', message: '{{#steps}}\n{{name}}: {{result}}\n{{/steps}}' },
    ...{ priority: '{{status}}', tags: '', url: '', key: 'job/{{job.id}}', example: inLines(example) },
  };
}

export function templateFieldsOf(template: AppTemplate): TemplateFields {
  const texts = TEMPLATE_FIELDS.map((field) => [field, template[field] ?? '']);
  return { ...(Object.fromEntries(texts) as TemplateFields), name: template.name, example: inLines(template.example) };
}

/** @returns the line at which the example is no JSON, from 1; 0 if it is no object */
export function templateDraftOf(fields: TemplateFields): AppTemplateDraft | number {
  const { title, message, priority, tags, url, key } = fields;
  const example = exampleIn(fields.example);
  return typeof example === 'number' ? example : { title, message, priority, tags, url, key, example };
}

function exampleIn(text: string): Record<string, unknown> | number {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : 0;
  } catch (error) {
    return lineOf(error as Error, text);
  }
}

/** Browsers name the line, the position or neither; then it is the last line, where JSON that is cut off ends. */
function lineOf({ message }: Error, text: string): number {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  return text.slice(0, position).split('\n').length;
}

function inLines(value: object): string {
  return JSON.stringify(value, null, 2);
}
