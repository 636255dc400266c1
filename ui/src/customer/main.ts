// Where the customer's window begins. It imports nothing that could ask the till for anything.

import { mount } from 'svelte';
import '../app.css';
import { connect } from '../ipc/display';
import { keepBeating } from './beat';
import CustomerWindow from './CustomerWindow.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('customer.html lost its #app element');
const source = await connect();
mount(CustomerWindow, { target, props: { source } });
keepBeating((visible) => source.beat(visible));
