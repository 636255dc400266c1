// Where the window begins: mounts the one root component.

import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html lost its #app element');
mount(App, { target });
