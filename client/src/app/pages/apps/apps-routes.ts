import type { Routes } from '@angular/router';
import type { TemplatePage } from './template-page';

const templatePage = (): Promise<typeof TemplatePage> => import('./template-page').then((file) => file.TemplatePage);

/** Apps, and the templates of each. Loaded with the first of them. */
export const appsRoutes: Routes = [
  {
    path: '',
    title: () => $localize`:@@title.apps:Apps`,
    loadComponent: () => import('./apps-page').then((file) => file.AppsPage),
  },
  {
    path: ':app/templates',
    title: () => $localize`:@@title.templates:Templates`,
    loadComponent: () => import('./templates-page').then((file) => file.TemplatesPage),
  },
  {
    path: ':app/new-template',
    title: () => $localize`:@@templates.new:New template`,
    loadComponent: templatePage,
  },
  {
    path: ':app/templates/:template',
    title: () => $localize`:@@title.template:Template`,
    loadComponent: templatePage,
  },
];
