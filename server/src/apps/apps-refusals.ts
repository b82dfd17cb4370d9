import { Refusal } from '../http/refusal/refusal.js';
import { invalidRequest } from '../validation/invalid-request.js';

/** There is no app with this id, or this person may not see it; the answer does not say which. */
export function unknownApp(): Refusal {
  return new Refusal(404, 'unknown_app', 'There is no such app');
}

/** An app or account has that name, or had it before it was removed. */
export function nameTaken(name: string): Refusal {
  return new Refusal(409, 'username_taken', `The name ${name} is or was in use. Names are never reused`, {
    params: { username: name },
    details: [{ field: 'name', code: 'username_taken', reason: 'name is or was in use' }],
  });
}

/** Only the owner may rotate the key of an app that reads: it shows the owner's notifications. */
export function notOwner(): Refusal {
  return new Refusal(403, 'not_owner', 'Only the owner may rotate the key of an app that reads');
}

/** Another rotation would end a key that its programs were promised, or one that they have. @param until ISO 8601 */
export function previousKeyValid(until: string): Refusal {
  const message = `The previous key is valid until ${until}. Say which key a new one replaces, or wait until then`;
  return new Refusal(409, 'previous_key_valid', message, { params: { until } });
}

/** An app that reads has no audience. */
export function audienceOfReader(): Refusal {
  const reason = 'audience must not be given for an app that reads';
  return invalidRequest([{ field: 'audience', code: 'excluded', reason, params: { other: 'scope' } }]);
}

/** Only the doors use templates, and they are for apps that send. */
export function templateOfReader(): Refusal {
  const reason = 'message must not be given for an app that reads';
  return invalidRequest([{ field: 'message', code: 'excluded', reason, params: { other: 'scope' } }]);
}

export function unknownTemplate(): Refusal {
  return new Refusal(404, 'unknown_template', 'The app has no such template');
}

/** A template with `If-None-Match: *` replaces no other. */
export function templateExists(name: string): Refusal {
  return new Refusal(409, 'template_exists', `The app has a template ${name} already`, {
    details: [{ field: 'name', code: 'template_exists', reason: 'name is that of another template of the app' }],
  });
}

/** A template with `If-Match` replaces only the version that its sender has read. */
export function templateChanged(): Refusal {
  const message = 'The template was changed since this version. Read it again before you change it';
  return new Refusal(409, 'template_changed', message);
}

/** The app, or the server, has reached its limit of templates. */
export function tooManyTemplates(max: number): Refusal {
  const message = `The limit of ${max} templates is reached. Delete one first`;
  return new Refusal(409, 'too_many_templates', message, { params: { max } });
}

/** The user, or the server, has reached its limit of apps. */
export function tooManyApps(max: number): Refusal {
  const message = `The limit of ${max} apps is reached. Delete one first`;
  return new Refusal(409, 'too_many_apps', message, { params: { max } });
}

/** The user has given as many apps a name as they may. Names are never free again, not even those of removed apps. */
export function tooManyAppNames(max: number): Refusal {
  const message = `You have named ${max} apps, the maximum. An administrator can create more`;
  return new Refusal(409, 'too_many_app_names', message, { params: { max } });
}
