/** Shapes that more than one file of the contract is made of. */
import { z } from 'zod';

export const at = z.iso.datetime({ precision: 3 });
export const mac = z.string().regex(/^[0-9a-f]{12}$/);
export const params = z.record(z.string(), z.union([z.string(), z.number()]));
export const coded = z.strictObject({ code: z.string(), params });
/** Something the engine keeps for the window under a name nobody can guess; paths never come from the renderer. */
export const handle = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
export const shortText = z.string().max(300);
export const jobId = z.string().regex(/^[0-9a-z-]{1,40}$/);
export const proof = z.strictObject({ at }).nullable();
