/** Work orders for tests: phones, the CSV they stand in, recipes for loopback and for a real segment. */
import { demoRecipe } from '../../engine/phones/demo.js';

export type ListedPhone = { readonly mac: string; readonly model: string };

const models = ['7841', '8851', '6841', '8841', '8865'] as const;

/** So many phones of real prefixes, half of them of models that fetch by TFTP. */
export function phones(count: number, first = 1): readonly ListedPhone[] {
  return Array.from({ length: count }, (_, index) => ({
    mac: `c4c603${(first + index).toString(16).padStart(6, '0')}`,
    model: models[index % models.length] ?? models[0],
  }));
}

/** Their CSV with a password of each kind per phone. */
export function csvOf(listed: readonly ListedPhone[]): string {
  const rows = listed.map(({ mac, model }, index) => `${mac},${model},Desk ${index + 1},${2001 + index},Sip-${mac}-x7,Adm-${mac}-q4`);
  return `${['mac,model,name,extension,sip_password,admin_password', ...rows].join('\n')}\n`;
}

/** For loopback: the phones' web servers listen above 1024. */
export const loopbackRecipe: string = demoRecipe;

/** For a real segment: phones there have port 80 as every phone has. */
export const segmentRecipe: string = demoRecipe
  .replace(/# The virtual phones'[^\n]*\nbootstrap:\n[^\n]*\n/, '')
  .replace(/ {2}Web_Server_Port: [^\n]*\n/, '');

/** Where the recipe leaves a phone. */
export const customersRule = 'https://prov.example.com/$MA.xml';
