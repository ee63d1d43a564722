import { readFileSync, writeFileSync } from 'node:fs';
import type { KeyFiles } from './keys.ts';

/** Writes a kubeconfig, JSON being YAML, by which `user` reaches the API server. @returns `file` */
export function writeKubeconfig(file: string, server: string, authority: string, user: KeyFiles): string {
  const base64 = (path: string) => readFileSync(path).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [
      {
        name: 'user',
        user: { 'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key) },
      },
    ],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'user' } }],
    'current-context': 'test',
  };
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
