// How a component gets at the till without every parent handing it down.

import { createContext } from 'svelte';
import type { Till } from './till.svelte';

export const [getTill, setTill] = createContext<Till>();
