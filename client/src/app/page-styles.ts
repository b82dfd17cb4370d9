import { Component, ViewEncapsulation } from '@angular/core';

/** The styles of the whole page: part of the program, since the first sight of the page would wait for a file of their own. */
@Component({
  selector: 'app-page-styles',
  template: '',
  styleUrl: '../styles.scss',
  encapsulation: ViewEncapsulation.None,
})
export class PageStyles {}
