/** All figures, in the order they are measured. */
import type { Figure } from './figure.js';
import { figure as engineMemory } from './figures/engine-memory.js';

export const figures: readonly Figure[] = [engineMemory];
