import { Component, ViewEncapsulation } from '@angular/core';

/** Styles of the whole page. They are part of the program, because the first view would wait for a separate file. */
@Component({
  selector: 'app-page-styles',
  template: '',
  styleUrl: '../styles.scss',
  encapsulation: ViewEncapsulation.None,
})
export class PageStyles {}
