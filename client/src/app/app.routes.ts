import { inject } from '@angular/core';
import { Router, type Routes } from '@angular/router';
import type { InboxPage } from './inbox/inbox-page';
import { signedInGuard, signedOutGuard } from './session/session-guards';

/** What most come for: asked for at once, beside signing in, so that the shell does not wait for it, nor it for a session. */
export const inboxPage = (): Promise<typeof InboxPage> => import('./inbox/inbox-page').then((file) => file.InboxPage);

/** Titles are asked for when they are shown: then the language is known. */
export const routes: Routes = [
  { path: '', pathMatch: 'full', title: () => $localize`:@@title.inbox:Inbox`, loadComponent: inboxPage, data: { view: 'inbox' }, canActivate: [signedInGuard] },
  { path: 'archived', title: () => $localize`:@@title.archived:Archived`, loadComponent: inboxPage, data: { view: 'archived' }, canActivate: [signedInGuard] },
  { path: 'snoozed', title: () => $localize`:@@title.snoozed:Snoozed`, loadComponent: inboxPage, data: { view: 'snoozed' }, canActivate: [signedInGuard] },
  // A link to one notification.
  { path: 'n/:id', redirectTo: ({ params }) => inject(Router).createUrlTree(['/'], { queryParams: { open: params['id'] as string } }) },
  {
    path: 'compose',
    title: () => $localize`:@@title.compose:Compose`,
    loadComponent: () => import('./compose/compose-page').then((file) => file.ComposePage),
    canActivate: [signedInGuard],
  },
  {
    path: 'sent',
    title: () => $localize`:@@title.sent:Sent`,
    loadComponent: () => import('./sent/sent-page').then((file) => file.SentPage),
    canActivate: [signedInGuard],
  },
  {
    path: 'people',
    title: () => $localize`:@@title.people:People`,
    loadComponent: () => import('./people/people-page').then((file) => file.PeoplePage),
    canActivate: [signedInGuard],
  },
  {
    path: 'settings',
    title: () => $localize`:@@title.settings:Settings`,
    loadComponent: () => import('./settings/settings-page').then((file) => file.SettingsPage),
    canActivate: [signedInGuard],
  },
  {
    path: 'sign-in',
    title: () => $localize`:@@title.signIn:Sign in`,
    loadComponent: () => import('./session/sign-in-page').then((file) => file.SignInPage),
    canActivate: [signedOutGuard],
  },
  { path: '**', redirectTo: '' },
];
