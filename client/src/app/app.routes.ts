import { inject } from '@angular/core';
import { Router, type Routes } from '@angular/router';
import type { InboxPage } from './pages/inbox/inbox-page';
import type { SignInPage } from './pages/sign-in/sign-in-page';
import { signedInGuard, signedOutGuard } from './session/session-guards';

/**
 * First page of a signed-in person. It also imports the files that it shares with other chunks: otherwise the browser
 * would fetch them only after it has read this one.
 */
export const inboxPage = (): Promise<typeof InboxPage> =>
  Promise.all([
    import('./pages/inbox/inbox-page'),
    import('@angular/cdk/scrolling'),
    import('./i18n/count'),
    import('./i18n/day-time'),
    import('./i18n/priority-name'),
    import('./notification/plain-text'),
  ]).then(([file]) => file.InboxPage);

/** First page of everybody else. */
export const signInPage = (): Promise<typeof SignInPage> =>
  import('./pages/sign-in/sign-in-page').then((file) => file.SignInPage);

/** Titles are functions, because the language is not known yet when this file loads. */
export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: () => $localize`:@@title.inbox:Inbox`,
    loadComponent: inboxPage,
    data: { view: 'inbox' },
    canActivate: [signedInGuard],
  },
  {
    path: 'archived',
    title: () => $localize`:@@title.archived:Archived`,
    loadComponent: inboxPage,
    data: { view: 'archived' },
    canActivate: [signedInGuard],
  },
  {
    path: 'snoozed',
    title: () => $localize`:@@title.snoozed:Snoozed`,
    loadComponent: inboxPage,
    data: { view: 'snoozed' },
    canActivate: [signedInGuard],
  },
  // A link to one notification.
  {
    path: 'n/:id',
    redirectTo: ({ params }) => inject(Router).createUrlTree(['/'], { queryParams: { open: params['id'] as string } }),
  },
  {
    path: 'compose',
    title: () => $localize`:@@title.compose:Compose`,
    loadComponent: () => import('./pages/compose/compose-page').then((file) => file.ComposePage),
    canActivate: [signedInGuard],
  },
  {
    path: 'sent',
    title: () => $localize`:@@title.sent:Sent`,
    loadComponent: () => import('./pages/sent/sent-page').then((file) => file.SentPage),
    canActivate: [signedInGuard],
  },
  {
    path: 'people',
    title: () => $localize`:@@title.people:People`,
    loadComponent: () => import('./pages/people/people-page').then((file) => file.PeoplePage),
    canActivate: [signedInGuard],
  },
  {
    path: 'apps',
    loadChildren: () => import('./pages/apps/apps-routes').then((file) => file.appsRoutes),
    canActivate: [signedInGuard],
  },
  {
    path: 'settings',
    title: () => $localize`:@@title.settings:Settings`,
    loadComponent: () => import('./pages/settings/settings-page').then((file) => file.SettingsPage),
    canActivate: [signedInGuard],
  },
  {
    path: 'sign-in',
    title: () => $localize`:@@title.signIn:Sign in`,
    loadComponent: signInPage,
    canActivate: [signedOutGuard],
  },
  { path: '**', redirectTo: '' },
];
