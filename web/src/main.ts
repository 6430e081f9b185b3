import './base/base.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { follow } from './base/route.svelte.ts';
import { applySettings } from './base/settings.svelte.ts';

applySettings();
follow();
const target = document.getElementById('app');
if (target) {
  // What stood there until now said that something is coming.
  target.replaceChildren();
  mount(App, { target });
}
