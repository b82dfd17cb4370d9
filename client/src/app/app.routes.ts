import type { Routes } from '@angular/router';
import { InboxPage } from './inbox/inbox-page';
import { signedInGuard, signedOutGuard } from './session/session-guards';

export const routes: Routes = [
  { path: '', pathMatch: 'full', title: 'Inbox', component: InboxPage, canActivate: [signedInGuard] },
  {
    path: 'compose',
    title: 'Compose',
    loadComponent: () => import('./compose/compose-page').then((file) => file.ComposePage),
    canActivate: [signedInGuard],
  },
  {
    path: 'settings',
    title: 'Settings',
    loadComponent: () => import('./settings/settings-page').then((file) => file.SettingsPage),
    canActivate: [signedInGuard],
  },
  {
    path: 'sign-in',
    title: 'Sign in',
    loadComponent: () => import('./session/sign-in-page').then((file) => file.SignInPage),
    canActivate: [signedOutGuard],
  },
  { path: '**', redirectTo: '' },
];
